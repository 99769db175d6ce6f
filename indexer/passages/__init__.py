"""Sections into passages: what is embedded, found and shown."""
