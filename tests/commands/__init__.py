"""Tests of the command line of search."""
