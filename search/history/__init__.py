"""Matters over time: what led to a decision, what followed, and earlier reports like a draft."""
