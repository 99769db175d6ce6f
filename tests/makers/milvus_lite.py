"""Milvus Lite, started and waited for."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from pymilvus import MilvusClient, MilvusException

_TRIES, _PAUSE = 40, 0.25  # seconds
_PROBE: Final = "probe"


def started(file: Path) -> str:
    """Start Milvus Lite for a file, wait until it can make a collection, and give the address of it.

    It answers half a second after its start, on a busy machine before its memory is set up: what makes a collection
    first then fails ("Mmap manager has not been init").
    """
    client = MilvusClient(str(file))
    for left in reversed(range(_TRIES)):
        try:
            client.create_collection(_PROBE, dimension=2)
            client.drop_collection(_PROBE)
            break
        except MilvusException:
            if not left:
                raise
            time.sleep(_PAUSE)
    client.close()
    return str(file)
