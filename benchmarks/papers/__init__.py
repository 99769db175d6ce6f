"""Fictional papers that are measured on: marked as exempt, with hidden words, and by the ten thousand."""
