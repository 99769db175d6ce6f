"""The commands of ``python -m search``, a module for each kind; `search.__main__` puts them together."""
