"""Tests of words, dates, figures and sentences."""
