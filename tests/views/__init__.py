"""Tests of the app, its API, feeds and exports."""
