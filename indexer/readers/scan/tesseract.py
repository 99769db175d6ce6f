"""Tesseract as a library in this process: started as a program, it would read its models anew for every picture.

It is the library of the program that is installed. Its calls are those of its own interface in C (capi.h); they are
made one at a time.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import os
import shutil
import threading
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from PIL import Image

from indexer.errors import UnreadablePaper

Handle: TypeAlias = Any
_PROGRAM: Final = "tesseract"
_PAGE, _BLOCK, _SIDES = 3, 6, 0  # how a picture is split: as a page, as one block of text, not at all
LINE, WORD = 4, 5  # levels of rows
_LOCK: Final = threading.Lock()

_address, _whole, _text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p


class Row(NamedTuple):
    """A line or a word of a page, by its level, or what holds them, in pixels; ``sure`` is in whole percent."""

    level: int
    left: int
    top: int
    wide: int
    high: int
    sure: int
    text: str


def available() -> bool:
    """Whether the program is installed, and its library can be used."""
    return bool(shutil.which(_PROGRAM)) and _library() is not None


def table(picture: Image.Image, seconds: float) -> list[Row]:
    """Read a page in shades of grey, from the top.

    Raises:
        UnreadablePaper: Tesseract failed, or took longer than this many seconds.
    """
    return list(map(_row, _read(picture, _PAGE, seconds, "TessBaseAPIGetTsvText", 0).splitlines()))


def _row(line: str) -> Row:
    level, *_, left, top, wide, high, sure, said = line.split("\t", 11)
    return Row(int(level), int(left), int(top), int(wide), int(high), int(float(sure)), said)


def text(picture: Image.Image, seconds: float) -> str:
    """Read a picture of a few lines in shades of grey; raises as `table`."""
    return _read(picture, _BLOCK, seconds, "TessBaseAPIGetUTF8Text")


def sides(picture: Image.Image) -> tuple[int, float]:
    """By how many quarters a page must be turned clockwise, and how surely.

    Raises:
        UnreadablePaper: Tesseract failed, as it does where too few letters show it.
    """
    with _LOCK:
        library, engine = _engine("osd")
        _show(library, engine, picture, _SIDES)
        degrees, sure = ctypes.c_int(), ctypes.c_float()
        script, script_sure = ctypes.c_char_p(), ctypes.c_float()
        out = [ctypes.addressof(value) for value in (degrees, sure, script, script_sure)]
        told = _call(library, "TessBaseAPIDetectOrientationScript", _whole, *[_address] * 5)(engine, *out)
        _call(library, "TessBaseAPIClear", None, _address)(engine)
    if not told:
        message = "OCR failed: too few letters to show which side is up"
        raise UnreadablePaper(message)
    return -degrees.value // 90 % 4, sure.value


def _read(picture: Image.Image, way: int, seconds: float, asked: str, *about: int) -> str:
    with _LOCK:
        library, engine = _engine("eng")
        _show(library, engine, picture, way)
        monitor = _call(library, "TessMonitorCreate", _address)()
        _call(library, "TessMonitorSetDeadlineMSecs", None, _address, _whole)(monitor, max(int(1000 * seconds), 1))
        failed = _call(library, "TessBaseAPIRecognize", _whole, _address, _address)(engine, monitor)
        _call(library, "TessMonitorDelete", None, _address)(monitor)
        said = None if failed else _call(library, asked, _address, _address, *[_whole] * len(about))(engine, *about)
        out = ctypes.string_at(said).decode("utf-8", "replace") if said else ""
        _call(library, "TessDeleteText", None, _address)(said)
        _call(library, "TessBaseAPIClear", None, _address)(engine)
    if failed:
        message = f"OCR failed, or took longer than {seconds:g} s"
        raise UnreadablePaper(message)
    return out


def _show(library: Handle, engine: int, picture: Image.Image, way: int) -> None:
    wide, high = picture.size
    _call(library, "TessBaseAPISetPageSegMode", None, _address, _whole)(engine, way)
    show = _call(library, "TessBaseAPISetImage", None, _address, _text, *[_whole] * 4)
    show(engine, picture.convert("L").tobytes(), wide, high, 1, wide)


@functools.cache
def _engine(model: str) -> tuple[Handle, int]:
    """The library, and one of its engines with a model loaded, which takes some 0.1 s; the caller holds the lock."""
    library = _library()
    engine: int = _call(library, "TessBaseAPICreate", _address)() if library else 0
    if not engine or _call(library, "TessBaseAPIInit3", _whole, _address, _text, _text)(
        engine, _models(), model.encode()
    ):
        message = f'OCR failed: Tesseract has no model "{model}" here'
        raise UnreadablePaper(message)
    # What it notices on the way is nobody's concern.
    quiet = _call(library, "TessBaseAPISetVariable", _whole, _address, _text, _text)
    quiet(engine, b"debug_file", os.devnull.encode())
    return library, engine


def _models() -> bytes | None:
    """The folder of models beside the program; None where the library knows it."""
    beside = Path(shutil.which(_PROGRAM) or "").resolve().parent / "tessdata"
    return os.fsencode(beside) if beside.is_dir() and "TESSDATA_PREFIX" not in os.environ else None


@functools.cache
def _library() -> Handle | None:
    """The library where the system finds it, or beside the program."""
    # Pages are read in several processes at once: threads of its own would only fight over the cores.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    folder = Path(shutil.which(_PROGRAM) or "").resolve().parent
    beside = (*folder.glob("*tesseract*.dll"), *folder.parent.glob("lib/libtesseract*.dylib"))
    for name in (ctypes.util.find_library(_PROGRAM), *map(str, sorted(beside))):
        try:
            if name:
                return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def _call(library: Handle, name: str, result: Handle, *arguments: Handle) -> Handle:
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments
    return function
