"""Who runs this service, for the accessibility statement: one file of a few lines, and a plain default without it.

The file is TOML; docs/deployment.md has an example. Nothing of Streamlit here. Apart from the About page: the only
module that knows the file's format.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from indexer.errors import BadArguments

VARIABLE = "BOARD_PAPERS_SERVICE"
DEFAULT_FILE = "data/service.toml"


@dataclass(frozen=True, slots=True)
class Service:
    """What the statement says of who runs the service: each a phrase or sentence as a reader sees it."""

    organisation: str = "the organisation that gave you this address"
    address: str = "the address in your browser"
    contact: str = "the person who gave you this address"
    reply: str = "We will reply as soon as we can."
    phone: str = "Whoever gave you this address can tell you how to phone, visit, or have a sign language interpreter."
    prepared: str = "This statement came with the program and has no date."


def read() -> Service:
    """Read the file that the environment names, or the one beside the archive; the default where there is none.

    Raises:
        BadArguments: the file cannot be read, or says something else than the fields of `Service` in words.
    """
    named = os.environ.get(VARIABLE)
    file = Path(named or DEFAULT_FILE)
    if not named and not file.is_file():
        return Service()
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{file} cannot be read ({error}): correct it, or set {VARIABLE} to another file"
        raise BadArguments(message, expected="a TOML file", found=str(error)) from error
    known = [field.name for field in fields(Service)]
    if wrong := [name for name, value in given.items() if name not in known or not isinstance(value, str)]:
        message = f"{file} says {', '.join(wrong)}: only {', '.join(known)} are known, each in quotation marks"
        raise BadArguments(message, expected=", ".join(known), found=", ".join(wrong))
    return Service(**given)
