"""Question in, cited passages out. Never writes the archive."""
