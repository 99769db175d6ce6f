"""Papers without sheets: Word files, web pages and text, whose lines flow."""
