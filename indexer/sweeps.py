"""Python's search for objects that hold each other in circles, and when there is nothing for it to find."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Do without that search: words and records hold each other in no circles, and it looks at them all.

    It is looked for as before once they are made.
    """
    sweeps = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sweeps:
            gc.enable()
