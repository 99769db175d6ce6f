"""Tests of following councils' sites."""
