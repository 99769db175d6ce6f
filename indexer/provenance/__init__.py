"""Who issued a paper, for which meeting, what it is and what it is called."""
