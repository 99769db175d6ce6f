"""PDF files: what is on each sheet, and how much of it can be seen. The only room that calls pdfium."""
