"""Whether a paper, or which part of it, must not be shown."""
