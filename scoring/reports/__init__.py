"""An assessment -> text, JSON and Markdown."""
