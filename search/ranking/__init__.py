"""Candidates for a question, found by words and by meaning, and put in order."""
