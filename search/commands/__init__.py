"""The commands of ``python -m search`` that do not answer a question."""
