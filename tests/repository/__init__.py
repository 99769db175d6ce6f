"""Tests of the repository itself: its rules, documents, sample and supply chain."""
