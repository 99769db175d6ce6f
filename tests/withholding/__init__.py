"""Tests of withholding."""
