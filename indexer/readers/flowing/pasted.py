"""Pictures pasted into Word files: stamps and watermarks are read, and those that show a text are counted.

Apart from `word`, which reads text: this alone opens pictures.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from PIL import Image

from indexer.readers.scan import marks, ocr, pictures

_MOST: Final = 12  # pictures of one file that are looked at
_WIDE: Final = 430.0  # points that a picture is taken to be laid over: the column of an ordinary page
_LARGEST: Final = 40_000_000  # pixels; larger ones are photographs, or bombs


def pasted(blobs: Iterable[bytes]) -> tuple[frozenset[str], int]:
    """Return what pictures say as marks, and how many of them show lines of text, which is not read.

    Args:
        blobs: the pictures of a file as it holds them.
    """
    said: set[str] = set()
    unread = 0
    for picture in _opened(blobs):
        small = picture.resize(
            (round(_WIDE * pictures.LOOK), round(_WIDE * pictures.LOOK * picture.height / picture.width))
        )
        unread += bool(pictures.written(small))
        said.update(marks.shown(small, _WIDE) if ocr.available() else ())
    return frozenset(said), unread


def _opened(blobs: Iterable[bytes]) -> Iterator[Image.Image]:
    """The pictures, each once, in shades of grey on white."""
    for blob in islice(dict.fromkeys(blobs), _MOST):
        try:
            picture = Image.open(io.BytesIO(blob))
            if picture.width * picture.height > _LARGEST or min(picture.size) < 8:
                continue
            clear = picture.convert("RGBA")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            continue  # drawings in formats that only Windows draws
        paper = Image.new("RGBA", clear.size, "white")
        yield Image.alpha_composite(paper, clear).convert("L")
