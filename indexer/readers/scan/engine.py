"""Tesseract in a process of its own, which reads one picture after another; run by `indexer.readers.scan.tesseract`.

A crash of the engine, which C++ libraries have, then costs one picture and no paper; and started as a program for each
picture it would read its models again. This is the only module that imports tesserocr, and it imports nothing of this
program, so that it starts quickly. What comes in is a line of JSON and a picture in shades of grey, a byte a pixel;
what goes out is a line of JSON: what was read, or why nothing was.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from typing import Any, Final

SIDES: Final = "sides"


@functools.cache
def _engine(folder: str, model: str) -> Any:  # noqa: ANN401 - tesserocr ships no types
    """An engine with a model loaded, which takes some 0.1 s."""
    import tesserocr

    return tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=model, variables={"debug_file": os.devnull})


def _read(folder: str, model: str, how: str, picture: Any, seconds: float) -> Any:  # noqa: ANN401 - as above
    """What Tesseract makes of a picture: its table, its text or its sides, by ``how``; raises RuntimeError."""
    import tesserocr

    try:
        engine = _engine(folder, model)
    except RuntimeError:
        message = f'Tesseract has no model "{model}" here'
        raise RuntimeError(message) from None
    if how == SIDES:
        engine.SetImage(picture)
        orientation = engine.DetectOrientationScript()
        return [orientation["orient_deg"], orientation["orient_conf"]] if orientation else None
    engine.SetPageSegMode(tesserocr.PSM.AUTO if how == "table" else tesserocr.PSM.SINGLE_BLOCK)
    engine.SetImage(picture)
    if not engine.Recognize(max(int(1000 * seconds), 1)):
        message = f"it failed, or took longer than {seconds:g} s"
        raise RuntimeError(message)
    return engine.GetTSVText(0) if how == "table" else engine.GetUTF8Text()


def main() -> None:
    """Read pictures until no more come."""
    from PIL import Image

    for line in sys.stdin.buffer:
        folder, model, how, seconds, wide, high = json.loads(line)
        picture = Image.frombytes("L", (wide, high), sys.stdin.buffer.read(wide * high))
        try:
            answer = {"read": _read(folder, model, how, picture, seconds)}
        except RuntimeError as error:
            answer = {"failed": str(error)}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
