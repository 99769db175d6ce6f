"""A model trained for ranking, or not: candidates, layers trained on them, and what they gain by body."""
