"""Tests of the register of decisions."""
