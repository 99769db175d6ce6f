"""Words of a picture of a page, through Tesseract, where it is installed.

This is the only module that imports pytesseract. Whether a page needs OCR is decided in `indexer.readers.pdf`; where
the program or the package is missing, such a page is reported as without text.
"""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
from collections.abc import Sequence

from indexer.errors import UnreadablePaper
from indexer.layout.clean import words as repaired
from indexer.layout.marks import Word

# Pixels an inch that pages are drawn at for OCR: below 200 accuracy falls, above 300 it no longer rises.
DPI = 300
# Seconds after which Tesseract is stopped on one page.
PATIENCE = 120
# Words read with less confidence (in percent) are specks and lines, not letters.
LEAST = 15
# A type size is about this share of the height of the line that Tesseract measures.
SIZE_OF_LINE = 0.85


def available() -> bool:
    """Whether pages can be read by OCR here: the program and its wrapper are installed."""
    return bool(shutil.which("tesseract") and importlib.util.find_spec("pytesseract"))


def words(picture: bytes, width: float, height: float) -> tuple[tuple[Word, ...], float]:
    """Read the words of a page's picture.

    Args:
        picture: the page as PNG.
        width: the page's width in points, over which boxes are spread.
        height: its height in points.

    Returns:
        The words with boxes in points from the top left corner, and their mean confidence in [0, 1].

    Raises:
        UnreadablePaper: Tesseract failed or took longer than `PATIENCE` seconds.
    """
    import pytesseract
    from PIL import Image

    # Pages are read in several processes at once; Tesseract's own threads would only fight over the cores.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    drawn = Image.open(io.BytesIO(picture))
    try:
        found = pytesseract.image_to_data(
            drawn, config="--psm 3", output_type=pytesseract.Output.DICT, timeout=PATIENCE
        )
    except (RuntimeError, OSError, ValueError, KeyError) as error:
        message = f"OCR failed: {error}"
        raise UnreadablePaper(message) from error
    return _placed(found, width / drawn.width, height / drawn.height)


def _placed(found: dict[str, list[int | float | str]], across: float, down: float) -> tuple[tuple[Word, ...], float]:
    """Words in points from Tesseract's table of pages, blocks, paragraphs, lines (level 4) and words (level 5)."""
    out: list[Word] = []
    sure: list[float] = []
    top = bottom = 0.0
    for level, left, y, wide, high, confidence, text in zip(
        *(found[name] for name in ("level", "left", "top", "width", "height", "conf", "text")), strict=True
    ):
        if int(level) == 4:
            # All words of a line stand on one baseline: the line's own height serves better than each word's ink.
            top, bottom = float(y) * down, (float(y) + float(high)) * down
        elif int(level) == 5 and float(confidence) >= LEAST and str(text).strip():
            size = round(SIZE_OF_LINE * (bottom - top), 1)
            x0, x1 = float(left) * across, (float(left) + float(wide)) * across
            out += [Word(part, x0, top, x1, bottom, size) for part in str(text).split()]
            sure.append(float(confidence) / 100)
    return repaired(out), _mean(sure)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
