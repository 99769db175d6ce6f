"""Tesseract in this process: started as a program, it would read its models again for every picture.

This is the only module that imports tesserocr, which brings the engine. The models are those of the program that is
installed.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any, Final, NamedTuple

from PIL import Image

from indexer.errors import UnreadablePaper

_PROGRAM: Final = "tesseract"
LINE, WORD = 4, 5  # levels of rows
_LOCK: Final = threading.Lock()  # an engine reads one picture at a time


class Row(NamedTuple):
    """A line or a word of a page, by its level, or what holds them, in pixels; ``sure`` is in percent."""

    level: int
    left: int
    top: int
    wide: int
    high: int
    sure: float
    text: str


def available() -> bool:
    """Whether pages can be read by OCR here: the program is installed, and with it its models."""
    return bool(shutil.which(_PROGRAM)) and _models() is not None


def table(picture: Image.Image, seconds: float) -> list[Row]:
    """Read a page in shades of grey, from the top.

    Raises:
        UnreadablePaper: Tesseract failed, or took longer than this many seconds.
    """
    with _LOCK:
        engine = _recognised(picture, "AUTO", seconds)
        return list(map(_row, engine.GetTSVText(0).splitlines()))


def text(picture: Image.Image, seconds: float) -> str:
    """Read a picture of a few lines in shades of grey; raises as `table`."""
    with _LOCK:
        return str(_recognised(picture, "SINGLE_BLOCK", seconds).GetUTF8Text())


def sides(picture: Image.Image) -> tuple[int, float]:
    """By how many quarters a page must be turned clockwise, and how surely.

    Raises:
        UnreadablePaper: Tesseract failed, as it does where too few letters show it.
    """
    with _LOCK:
        engine = _engine("osd")
        engine.SetImage(picture.convert("L"))
        found = engine.DetectOrientationScript()
    if not found:
        message = "OCR failed: too few letters to show which side is up"
        raise UnreadablePaper(message)
    return -int(found["orient_deg"]) // 90 % 4, float(found["orient_conf"])


def _row(line: str) -> Row:
    level, *_, left, top, wide, high, sure, said = line.split("\t", 11)
    return Row(int(level), int(left), int(top), int(wide), int(high), float(sure), said)


def _recognised(picture: Image.Image, parting: str, seconds: float) -> Any:  # noqa: ANN401 - tesserocr ships no types
    """Give the engine when it has read a picture that is parted in this way; the caller holds the lock."""
    import tesserocr

    engine = _engine("eng")
    engine.SetPageSegMode(getattr(tesserocr.PSM, parting))
    engine.SetImage(picture.convert("L"))
    if not engine.Recognize(max(int(1000 * seconds), 1)):
        message = f"OCR failed, or took longer than {seconds:g} s"
        raise UnreadablePaper(message)
    return engine


@functools.cache
def _engine(model: str) -> Any:  # noqa: ANN401 - tesserocr ships no types
    """An engine with a model loaded, which takes some 0.1 s; the caller holds the lock."""
    import tesserocr

    try:
        return tesserocr.PyTessBaseAPI(path=f"{_models()}/", lang=model, variables={"debug_file": os.devnull})
    except RuntimeError as error:
        message = f'OCR failed: Tesseract has no model "{model}" here'
        raise UnreadablePaper(message) from error


@functools.cache
def _models() -> Path | None:
    """The folder of the models that the program uses, as it lists them; None where it lists none."""
    # Pages are read in several processes at once: threads of Tesseract's own would only fight over the cores.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    listed = subprocess.run([_PROGRAM, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    _, *quoted = (listed.stdout + listed.stderr).split('"')
    return Path(quoted[0]) if quoted else None
