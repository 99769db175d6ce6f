"""Tests, in a folder for each room of the product; `makers/` has what several of them use."""
