"""Disks that fill up, folders that may not be written, clocks that go back, two writers: the archive stays whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from indexer.archive import Archive, Writer
from indexer.errors import ArchiveLocked
from indexer.records import WordQuery
from indexer.upkeep import desk
from tests.conftest import ROOT
from tests.makers.index_maker import minutes, put, run

# The command of the indexer with the tiny encoder, so that no model need be loaded; first its arguments, then a limit
# for every file that it writes, in bytes.
COMMAND = """
    import resource, sys
    sys.path.insert(0, {root!r})
    from tests.makers.index_maker import TinyEncoder
    from indexer import __main__
    from indexer.encoding import encoder
    encoder.load = lambda *_: TinyEncoder()
    if int(sys.argv[1]):
        import indexer.archive.word_writer, faiss
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
    sys.exit(__main__.main(sys.argv[2:]))
"""


def index(*arguments: str, limit: int = 0, before: tuple[str, ...] = ()) -> tuple[int, list[str]]:
    """Run a command of the indexer; return its exit status and what it told on standard error."""
    code = textwrap.dedent(COMMAND.format(root=str(ROOT)))
    where = () if "--archive" in arguments else ("--archive", "archive")
    command = [*before, sys.executable, "-c", code, str(limit), *arguments, *where]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip().splitlines()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an archive of two papers, and forty papers that are new."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "papers", quay=minutes("the quay", 11), weir=minutes("the weir"))
    run(tmp_path / "archive")
    put(tmp_path / "papers", **{f"new{at}": minutes(f"ferry {at} {'and its moorings ' * 40}") for at in range(40)})
    return tmp_path


def whole(archive: Path, least: int, most: int) -> bool:
    """Whether an archive opens, holds so many papers and finds an old one."""
    with Archive.open(archive) as opened:
        count = opened.totals().papers
        assert opened.match_words(WordQuery("quay"), 5)
        broken = [line for line in opened.check() if not line.startswith(("word index: ", "vector index: "))]
    assert broken == []
    return least <= count <= most


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limits there")
@pytest.mark.parametrize("limit", [600, 5_000, 40_000, 200_000])
def test_a_disk_that_fills_up_is_one_line_and_the_next_run_does_the_rest(folder: Path, limit: int) -> None:
    status, told = index("index", "papers", "--workers", "1", limit=limit)
    assert status == 2
    assert len([line for line in told if "papers, " not in line]) == 1, told
    assert "disk" in told[-1]
    assert "Traceback" not in "".join(told)
    assert whole(folder / "archive", 2, 42)
    assert index("index", "papers", "--workers", "1")[0] == 0
    assert whole(folder / "archive", 42, 42)
    assert desk.check(folder / "archive") == []


def test_a_small_file_system_that_is_full_is_one_line_too(folder: Path) -> None:
    own = ("unshare", "--map-root-user", "--mount")
    if not shutil.which("unshare") or subprocess.run([*own, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no file system of our own can be mounted here")
    size = sum(path.stat().st_size for path in (folder / "archive").rglob("*")) + 200_000
    (folder / "small").mkdir()
    script = f"mount -t tmpfs -o size={size} tmpfs small && cp -r archive small/ && exec "
    told_by = [*own, "sh", "-c", script + '"$@"; ', "sh"]
    keep = ("sh", "-c", '"$@"; status=$?; cp -r small/archive after; exit $status', "sh")
    status, told = index("index", "papers", "--archive", "small/archive", before=(*told_by, *keep))
    assert status == 2, told
    assert "cannot be written" in told[-1]
    assert whole(folder / "after", 2, 42)


@pytest.mark.skipif(sys.platform != "linux", reason="takes away the rights of the superuser, where tests run as one")
def test_a_folder_that_may_not_be_written_is_searched_all_the_same(folder: Path) -> None:
    mere = ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if os.geteuid() == 0 else ()
    if mere and not shutil.which("setpriv"):
        pytest.skip("the superuser may write everywhere")
    archive = folder / "archive"
    places = [archive, *(path for path in archive.rglob("*") if path.is_dir())]
    for place in places:
        place.chmod(0o555)
    try:
        status, told = index("index", "papers", before=mere)
        assert (status, "cannot be written" in told[-1]) == (2, True)
        assert index("check", before=mere) == (0, [])
        # Nothing to do needs nothing written.
        shutil.copytree("papers", "same", ignore=shutil.ignore_patterns("new*"))
        assert index("index", "papers/quay.md", "papers/weir.md", before=mere) == (0, [])
    finally:
        for place in places:
            place.chmod(0o755)
    assert desk.check(archive) == []


def test_a_clock_that_goes_back_misses_no_change_and_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = folder / "archive"
    run(archive)
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    monkeypatch.setattr(time, "time", lambda: 1.0)
    put(folder / "papers", quay=minutes("the breakwater", 12))
    os.utime(folder / "papers" / "quay.md", (1, 1))
    assert run(archive).counts == {"indexed": 1}
    assert run(archive).counts == {}
    put(folder / "papers", quay=minutes("the breakwaver", 12))
    os.utime(folder / "papers" / "quay.md", (1, 1))
    assert run(archive).counts == {"indexed": 1}
    assert desk.check(archive) == []


def test_a_second_writer_is_told_who_holds_the_lock_or_waits_for_it(folder: Path) -> None:
    archive = folder / "archive"
    with Archive.open(archive) as opened:
        model = opened.model
    first = Writer.open(archive, model)
    status, told = index("index", "papers")
    assert status == 2
    assert f"Process {os.getpid()} on " in told[-1]
    assert "is writing to the archive" in told[-1]
    with pytest.raises(ArchiveLocked):
        Writer.open(archive, model, wait=0.2)
    first.close()
    Writer.open(archive, model, wait=5).close()
    # A lock that names a process which is dead is no obstacle.
    (archive / "writer.json").write_text('{"pid": 1, "host": "gone", "since": "2001-01-01"}')
    assert index("index", "papers")[0] == 0
