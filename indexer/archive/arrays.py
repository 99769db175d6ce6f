"""Reading arrays out of the archive's own files, by one thread at a time.

NumPy parses an array's header by ``ast.literal_eval``, which in CPython 3.11 fails at random with a ``SystemError``
where two threads are in it at once (python/cpython#106905). A question of a server's many would fail by it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_one_at_a_time = threading.Lock()


def read_arrays(path: Path, names: Iterable[str]) -> dict[str, NDArray[Any]]:
    """Read those of the wanted arrays that a ``.npz`` file holds, by their names.

    Raises:
        OSError, ValueError, EOFError, zipfile.BadZipFile: if the file is gone or damaged; checksums are verified.
    """
    with _one_at_a_time, np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in names if name in file}
