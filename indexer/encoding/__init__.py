"""Texts to vectors: one a passage, and one a token."""
