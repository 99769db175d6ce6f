"""Tests of readers of papers."""
