"""Tests of what people rule about papers."""
