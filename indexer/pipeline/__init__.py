"""A run over a folder: find the papers, read them in worker processes, embed and archive them."""
