"""How the sample papers are made.

`manuscript` reads our plain text, `typeset` prints it as PDF, `office` writes Word files and web pages.
"""
