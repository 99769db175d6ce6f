"""Trains the cross-encoder (`indexer.encoding.cross_encoder`): a large teacher, then the packaged model from it.

What it is trained on and how, what it gained and what did not: ``docs/cross-encoder.md``.
"""
