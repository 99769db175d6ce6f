"""What readers hand back: whole records come back equal, and enemies' bytes become nothing."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import wire
from indexer.pipeline.discover import Offer
from indexer.pipeline.plan import Job
from indexer.pipeline.reading import Withheld, read_paper
from indexer.pipeline.spool import Spool
from indexer.records import Reading
from tests.makers.archive_maker import rich_reading

KINDS = wire.kinds(read_paper)


class Enemy:
    """Runs a program wherever it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch '{self.mark}'",)


def test_the_types_that_a_reader_may_return_are_those_of_its_annotation() -> None:
    assert dict(KINDS) == {"Reading": Reading, "Withheld": Withheld}


def test_a_reading_that_uses_every_field_comes_back_equal() -> None:
    assert wire.unpacked(wire.packed(rich_reading()), KINDS) == rich_reading()


def test_jobs_and_readings_wait_on_disk_and_come_back_equal_in_order() -> None:
    name = Path(os.fsdecode(b"caf\xe9.pdf"))  # no UTF-8, as names on disk need not be
    jobs = [Job(Offer(f"{n}.pdf", name, 1, n, {"board": "Ferry Board"}), "0" * 64) for n in range(3)]
    with Spool() as spool:
        for job in jobs:
            spool.put(job, rich_reading())
        assert list(spool) == [(job, rich_reading()) for job in jobs]


def test_records_are_made_without_a_search_for_circles_which_goes_on_after_them_even_after_an_error() -> None:
    lists = [[n] for n in range(5_000)]
    data = wire.packed(lists)
    before, searches = gc.get_threshold(), list[str]()
    gc.set_threshold(10)
    gc.callbacks.append(lambda phase, _: searches.append(phase))
    try:
        made = wire.unpacked(data, {"list": list[list[int]]})
    finally:
        gc.callbacks.pop()
        gc.set_threshold(*before)
    assert made == lists
    assert len(searches) < 100
    with pytest.raises(ValueError, match="bytes are not"):
        wire.unpacked(data, {"list": list[int]})
    assert gc.isenabled()


def test_numbers_of_numpy_become_plain_ones() -> None:
    assert wire.unpacked(wire.packed([np.float32(0.5), np.int64(2)]), {"list": list[float]}) == [0.5, 2.0]


def test_pickled_bytes_are_refused_and_run_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    for data in (pickle.dumps(Enemy(mark)), b"Reading\0" + pickle.dumps(Enemy(mark))):
        with pytest.raises(ValueError, match="bytes"):
            wire.unpacked(data, KINDS)
    assert not mark.exists()


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda end: b"Reading\0" + end)))
def test_any_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="bytes"):
        wire.unpacked(data, KINDS)


@given(st.integers(0, 400), st.integers(1, 255))
def test_a_changed_byte_gives_a_reading_or_a_refusal_and_never_anything_else(at: int, flip: int) -> None:
    data = bytearray(wire.packed(rich_reading()))
    data[at % len(data)] ^= flip
    with contextlib.suppress(ValueError):
        assert isinstance(wire.unpacked(bytes(data), KINDS), Reading)
