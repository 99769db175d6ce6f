"""Tests of indexing runs."""
