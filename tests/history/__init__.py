"""Tests of matters over time."""
