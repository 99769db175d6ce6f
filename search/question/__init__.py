"""A question taken apart: its words, what it names, what kind of answer it wants."""
