"""A model trained for ranking, or not: candidates kept once, layers trained on them, and what they gain by body."""
