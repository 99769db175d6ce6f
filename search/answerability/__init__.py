"""Whether the archive holds an answer at all."""
