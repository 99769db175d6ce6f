"""PDF files: what stands on each sheet, and which of it can be seen. Only room that calls pdfium."""
