"""Results as plain text and JSON for a terminal."""
