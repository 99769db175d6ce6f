"""Where the language model answers, by environment variables. Without an address there is no summary."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from indexer.errors import BadArguments
from search.bounds import BOUNDS

_NAME = "BOARD_PAPERS_SUMMARY_"
URL, MODEL, KEY = f"{_NAME}URL", f"{_NAME}MODEL", f"{_NAME}KEY"
AZURE, SECONDS = f"{_NAME}AZURE_VERSION", f"{_NAME}SECONDS"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to reach it.

    ``url`` is what ``/chat/completions`` is put behind; ``azure_version`` is Azure's ``api-version``, "" elsewhere;
    ``seconds`` is what one summary may take, from connecting to the last byte.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    azure_version: str = ""
    seconds: float = BOUNDS.summary_wait


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings | None:
    """Read the settings; None where none are given.

    Raises:
        BadArguments: they are incomplete or cannot be used.
    """
    url = environment.get(URL, "").rstrip("/")
    if not url:
        return None
    there = urlsplit(url)
    if there.scheme not in ("http", "https") or not there.hostname or there.query or there.fragment or there.username:
        message = f"{URL} is {url!r}: give an address such as http://127.0.0.1:11434/v1, without ? and #"
        raise BadArguments(message, expected="http:// or https://", found=url)
    model = environment.get(MODEL, "")
    if not model:
        message = f"{URL} is set but {MODEL} is not: name the model to use"
        raise BadArguments(message, expected=MODEL)
    seconds = environment.get(SECONDS, str(BOUNDS.summary_wait))
    if not (seconds.isascii() and seconds.isdecimal() and 1 <= int(seconds) <= BOUNDS.summary_seconds):
        message = f"{SECONDS} is {seconds!r}: give a number of seconds from 1 to {BOUNDS.summary_seconds}"
        raise BadArguments(message, expected=f"1 to {BOUNDS.summary_seconds}", found=seconds)
    return Settings(url, model, environment.get(KEY, ""), environment.get(AZURE, ""), float(seconds))


def required() -> Settings:
    """Read the settings where a summary was asked for.

    Raises:
        BadArguments: there are none, or they cannot be used.
    """
    settings = from_environment()
    if settings is None:
        message = f"No language model is set up to summarise: set {URL} and {MODEL} (docs/summary.md says how)"
        raise BadArguments(message, expected=URL)
    return settings
