"""Import: many Markdown files in one ZIP archive become documents, with a report for each file."""
