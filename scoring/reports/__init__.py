"""An assessment -> text, JSON, Markdown and SARIF."""
