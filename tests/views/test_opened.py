"""The model and the archive are opened once for all readers of a process, and anew when another takes their place."""

from __future__ import annotations

import gc
import re
import shutil
import socket
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from indexer import defaults
from indexer.archive import Archive, Writer
from indexer.encoding import encoder
from indexer.records import ModelIdentity
from search.views import opened
from tests.conftest import ROOT
from tests.makers.app_runner import running
from tests.makers.archive_maker import MODEL, entry, fill, reading, vectors

PAPER = reading("ferry", ["The ferry sails.", "Fire exits are marked."])


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "archive"
    fill(folder, PAPER)
    monkeypatch.setenv(opened.VARIABLE, str(folder))
    return folder


def test_the_model_and_the_archive_are_opened_once_for_all_readers_at_once(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Model:
        identity, dimension, token_limit = MODEL, MODEL.dimension, 256

    loaded: list[str] = []
    archives: list[Path] = []
    original = Archive.open.__func__  # type: ignore[attr-defined]
    monkeypatch.setattr(encoder, "load", lambda name: loaded.append(name) or Model())
    monkeypatch.setattr(
        Archive, "open", classmethod(lambda cls, *given: archives.append(given[0]) or original(cls, *given))
    )
    with ThreadPoolExecutor(10) as readers:
        engines = [one.result() for one in [readers.submit(opened.engine) for _ in range(10)]]
        held = [one.result() for one in [readers.submit(opened.archive) for _ in range(10)]]
    assert (loaded, archives) == ([MODEL.name], [archive])
    assert {id(engine) for engine in engines} == {id(engines[0])}
    assert {id(one) for one in held} == {id(engines[0].library)}


def test_what_is_loaded_for_good_is_not_looked_through_for_garbage_after_each_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(opened.VARIABLE, str(tmp_path / "none"))
    usual = gc.get_threshold()
    assert gc.get_freeze_count() == 0
    try:
        opened._warm()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] > usual[0]
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def test_an_archive_built_again_by_another_model_is_opened_at_the_next_view(archive: Path) -> None:
    app = AppTest.from_file(str(ROOT / "search" / "views" / "pages" / "frame.py"), default_timeout=20)
    app.run()
    app.switch_page("coverage.py").run()
    assert "This archive holds 1 paper" in app.info[0].value
    shutil.rmtree(archive)
    with Writer.open(archive, ModelIdentity("other", "cd" * 32, MODEL.dimension)) as writer:
        writer.add(PAPER, vectors(PAPER), [entry(PAPER)])
    app.run()
    assert "This archive holds 1 paper" in app.info[0].value
    assert not app.exception


def test_the_sample_is_shown_only_while_there_is_no_archive_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(defaults, "ROOT", tmp_path)
    monkeypatch.delenv(opened.VARIABLE, raising=False)
    assert (opened.folder(), opened.is_sample()) == (Path("data/archive"), False)
    Path("data/sample-archive").mkdir(parents=True)
    assert (opened.folder(), opened.is_sample()) == (Path("data/sample-archive"), True)
    Path("data/archive").mkdir()
    assert (opened.folder(), opened.is_sample()) == (Path("data/archive"), False)
    monkeypatch.chdir(tmp_path / "data")
    assert opened.folder() == tmp_path / "data" / "archive"


def test_the_server_ends_though_a_browser_stops_reading(sample_archive: Path, tmp_path: Path) -> None:
    with closing(socket.socket()) as stalled:
        with running(sample_archive, tmp_path) as address:
            with urllib.request.urlopen(address, timeout=30) as got:  # noqa: S310 - our own
                program = re.search(r"static/js/[^\"]+", got.read().decode())
            assert program
            stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            stalled.connect(("127.0.0.1", urlsplit(address).port))
            stalled.sendall(f"GET /{program[0]} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 20)
            told = time.monotonic()
        assert time.monotonic() - told < 25
