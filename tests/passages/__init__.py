"""Tests of passages."""
