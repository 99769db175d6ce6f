"""How the sample papers are made: `manuscript` reads our plain text, `typeset` prints it, `office` writes Word and web."""
