"""Tests of people in public roles."""
