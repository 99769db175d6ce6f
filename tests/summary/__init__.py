"""Tests of the optional summary."""
