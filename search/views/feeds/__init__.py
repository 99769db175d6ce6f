"""Atom feeds of decisions and saved searches."""
