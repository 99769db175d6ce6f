"""What the register of decisions itself answers: lists of what was decided, head lines, and what is not held."""
