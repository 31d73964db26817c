"""Pure functions of text: characters, folding, escaping, Markdown, URLs, HTML meta tags."""
