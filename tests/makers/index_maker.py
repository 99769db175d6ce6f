"""Small folders of fictional papers and a tiny encoder, for the tests of indexing."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.encoding.protocol import TokenVectors, Vectors
from indexer.pipeline.build import Report, index
from indexer.pipeline.intake import Options
from indexer.pipeline.progress import Lines
from indexer.records import ModelIdentity


class TinyEncoder:
    """Vectors by hash: the same text, the same vector. ``texts`` are all that it was ever asked to embed."""

    def __init__(self, name: str = "tiny") -> None:
        self.identity = ModelIdentity(name, hashlib.sha256(name.encode()).hexdigest(), 8)
        self.dimension = 8
        self.token_limit = 256
        self.texts: list[str] = []

    def count_tokens(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder.encode`."""
        self.texts += texts
        return self._rows(texts)

    def _rows(self, texts: Sequence[str]) -> Vectors:
        return _rows(texts)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """See `Encoder.encode_tokens`: a word is a token."""
        words = [list(re.finditer(r"\S+", text)) for text in texts]
        return [
            TokenVectors(
                tuple(m.group() for m in each), tuple(m.span() for m in each), _rows([m.group() for m in each])
            )
            for each in words
        ]

    def encode_whole(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        """See `Encoder.encode_whole`."""
        return self.encode(texts), self.encode_tokens(texts)


def _rows(texts: Sequence[str]) -> Vectors:
    rows = [np.frombuffer(hashlib.sha256(text.encode()).digest(), np.uint8)[:8] + 1.0 for text in texts]
    made = np.array(rows, np.float32).reshape(-1, 8)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def minutes(about: str, day: int = 4, authority: str = "Saltmarsh Council") -> str:
    """Minutes of one meeting, in Markdown."""
    return (
        f"# {authority}\n\nMinutes of the meeting of the Harbour Board held on Tuesday {day} May 2021\n\n"
        "PRESENT: Councillor A. Pike (Chair) and Councillor B. Roach\n\n"
        f"## 12. {about.upper()}\n\nThe Board considered the report of the Harbour Master on {about} and its cost.\n\n"
        f"RESOLVED: That {about} be repaired before the winter.\n"
    )


def put(folder: Path, **texts: str) -> None:
    """Write texts as Markdown files; ``a__b`` is the file b.md in the folder a."""
    for name, text in texts.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(
    archive: Path, *paths: str, encoder: TinyEncoder | None = None, prune: bool = False, retry: bool = False
) -> Report:
    """Index with one worker and the tiny encoder."""
    tiny = encoder or TinyEncoder()
    with Lines() as lines:
        return index(paths or ("papers",), archive, lambda: tiny, lines, Options(1, prune=prune, retry=retry))


def unlisted(monkeypatch: pytest.MonkeyPatch, name: str) -> Callable[..., Any]:
    """Let no folder of a name be listed; give what lists them all."""
    listing = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    return listing
