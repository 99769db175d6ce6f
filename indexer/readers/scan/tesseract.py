"""Tesseract, in a process that stays: pictures go to it one by one, and it is started anew after it crashed.

The models are those of the program that is installed.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final, NamedTuple

from PIL import Image

from indexer.errors import UnreadablePaper

_PROGRAM: Final = "tesseract"
_ENGINE: Final = Path(__file__).with_name("engine.py")
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
        UnreadablePaper: Tesseract failed or crashed, or took longer than this many seconds.
    """
    return list(map(_row, _asked("eng", "table", picture, seconds).splitlines()))


def text(picture: Image.Image, seconds: float) -> str:
    """Read a picture of a few lines in shades of grey; raises as `table`."""
    return str(_asked("eng", "text", picture, seconds))


def sides(picture: Image.Image) -> tuple[int, float]:
    """By how many quarters a page must be turned clockwise, and how surely.

    Raises:
        UnreadablePaper: Tesseract failed, as it does where too few letters show it.
    """
    orientation = _asked("osd", "sides", picture, 0.0)
    if not orientation:
        message = "OCR failed: too few letters to show which side is up"
        raise UnreadablePaper(message)
    degrees, sure = orientation
    return -int(degrees) // 90 % 4, float(sure)


def _row(line: str) -> Row:
    level, *_, left, top, wide, high, sure, said = line.split("\t", 11)
    return Row(int(level), int(left), int(top), int(wide), int(high), float(sure), said)


def _asked(model: str, how: str, picture: Image.Image, seconds: float) -> Any:  # noqa: ANN401 - text, or two numbers
    """What the engine makes of a picture with a model."""
    shades = picture.convert("L")
    head = json.dumps([str(_models()), model, how, seconds, *shades.size]).encode()
    with _LOCK:
        engine = _started(os.getpid())
        try:
            engine.stdin.write(head + b"\n" + shades.tobytes())
            engine.stdin.flush()
            line = engine.stdout.readline()
        except OSError:
            line = b""
        if not line:
            _started.cache_clear()
            engine.communicate()
            message = f"OCR failed: Tesseract crashed (exit status {engine.returncode})"
            raise UnreadablePaper(message)
    answer = json.loads(line)
    if "failed" in answer:
        message = f"OCR failed: {answer['failed']}"
        raise UnreadablePaper(message)
    return answer["read"]


@functools.cache
def _started(_: int) -> Any:  # noqa: ANN401 - a process whose pipes are never None
    """The engine's process of a process, which ends when that one does; the caller holds the lock."""
    # Its folder must not stand before the library's own modules; pages are read in several processes at once, and
    # threads of Tesseract's own would only fight over the cores.
    command = [sys.executable, "-P", str(_ENGINE)]
    environment = {"OMP_THREAD_LIMIT": "1"} | os.environ
    return subprocess.Popen(  # noqa: S603 - a file of ours
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )


@functools.cache
def _models() -> Path | None:
    """The folder of the models that the program uses, as it lists them; None where it lists none."""
    listed = subprocess.run([_PROGRAM, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    _, *quoted = (listed.stdout + listed.stderr).split('"')
    return Path(quoted[0]) if quoted else None
