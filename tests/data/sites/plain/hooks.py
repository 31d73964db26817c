"""The owner's hook: puts the number of words at the end of each page of docs/."""


def on_page_markdown(markdown, page, config, files):
    if page.file.generated_by is None and page.meta.get("words", True):
        return f"{markdown}\n\n*{len(markdown.split())} words.*\n"
    return markdown
