"""Other formats, read into drafts of records."""
