"""Blocks into the section tree of a paper: front sheet, minutes and their items, reports, appendices."""
