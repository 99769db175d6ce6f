"""Verbatim quotations chosen from the passages found, resolutions first."""
