"""Tests of answerability."""
