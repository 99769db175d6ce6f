"""The command line: exit statuses, one clear line for every bad input, JSON, and a fast ``--help``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.__main__ import main
from indexer.archive import Archive
from indexer.encoding import encoder
from indexer.pipeline.progress import Bar, Lines
from tests.conftest import ROOT
from tests.makers.index_maker import TinyEncoder, minutes, put, run


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder ``papers`` with two papers in the current folder; indexing uses the tiny encoder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(encoder, "load_for_indexing", TinyEncoder)
    put(tmp_path / "papers", pier=minutes("the pier"), quay=minutes("the quay", 11))
    return tmp_path / "papers"


def command(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    whole = [sys.executable, "-m", "indexer", *arguments]
    return subprocess.run(whole, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_help_imports_nothing_heavy() -> None:
    heavy = "'numpy', 'torch', 'openvino', 'faiss', 'tantivy', 'rich', 'lxml', 'pypdfium2', 'sqlite3'"
    program = (
        "import sys; from indexer.__main__ import _parser; _parser().format_help();"
        f"print([name for name in ({heavy}) if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_indexing_prints_a_summary_on_standard_output(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "papers", "--archive", "archive"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("2 files offered: 2 indexed; 0 unchanged. 2 pages, ")
    assert main(["index", "papers", "--archive", "archive"]) == 0
    assert capsys.readouterr().out.startswith("2 files offered: nothing to do; 2 unchanged.")


def test_index_json_is_one_object_and_unreadable_papers_are_one_line_each(
    papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (papers / "torn.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (papers / "chart.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert main(["index", "papers", "--archive", "archive", "--json"]) == 0
    printed = capsys.readouterr()
    report = json.loads(printed.out)
    assert report["counts"] == {"indexed": 2, "unreadable": 2}
    assert {entry["path"] for entry in report["unreadable"]} == {"papers/torn.pdf", "papers/chart.png"}
    lines = printed.err.splitlines()
    assert "papers/chart.png: not a paper format: found a picture (PNG)" in lines
    assert sum(line.startswith("papers/torn.pdf: ") for line in lines) == 1
    assert "Traceback" not in printed.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["index", "nowhere"], "nowhere: no such file or folder; give the folder that holds the papers"),
        (["index", "empty"], "empty: no files in it; put PDF, Word, HTML or text papers there"),
        (["index", "papers", "--workers", "-1"], "--workers -1: give 1 or more, 0 for one a core, or ray"),
        (["index", "papers", "--archive", "papers/pier.md"], "papers/pier.md"),
        (["status"], "There is no archive in"),
        (["check"], "There is no archive in"),
        (["withdraw", "a.pdf", "--reason", "court order"], "There is no archive in"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_status_2(
    papers: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    (papers.parent / "empty").mkdir()
    archive = [] if "--archive" in arguments else ["--archive", "archive"]
    assert main([*arguments, *archive]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert said in printed.err


def test_unusable_arguments_are_exit_status_2() -> None:
    for arguments in ([], ["index"], ["withdraw", "a.pdf"], ["burn"]):
        done = command(*arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_status_shows_totals_and_the_ledger(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (papers / "chart.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    run(Path("archive"))
    assert main(["status", "--archive", "archive"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2 papers, 2 pages, ")
    assert lines[0].endswith("2021-05-04 to 2021-05-11")
    assert lines[1:] == [
        "2 indexed, 1 unreadable",
        "unreadable   papers/chart.png  (not a paper format: found a picture (PNG))",
        "indexed      papers/pier.md",
        "indexed      papers/quay.md",
    ]
    assert main(["status", "--archive", "archive", "--json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert (held["totals"]["papers"], held["totals"]["earliest"]) == (2, "2021-05-04")
    assert [entry["status"] for entry in held["ledger"]] == ["indexed", "indexed", "unreadable"]


def test_check_finds_a_sound_archive_sound_and_lists_what_is_broken(
    papers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(Path("archive"))
    assert main(["check", "--archive", "archive"]) == 0
    assert capsys.readouterr().out == "The archive is sound.\n"
    monkeypatch.setattr(Archive, "check", lambda _: ["passage 7 is not the text of its place", "page 2 is missing"])
    assert main(["check", "--archive", "archive"]) == 1
    assert capsys.readouterr().out == "passage 7 is not the text of its place\npage 2 is missing\n"


def test_a_paper_is_withdrawn_by_path_or_by_the_beginning_of_its_id(
    papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(Path("archive"))
    with Archive.open(Path("archive")) as opened:
        quay = next(paper.id for paper in opened.papers() if paper.path == "papers/quay.md")
    assert main(["withdraw", "papers/pier.md", "--reason", "court order", "--archive", "archive"]) == 0
    assert main(["withdraw", quay[:8], "--reason", "GDPR", "--archive", "archive"]) == 0
    with Archive.open(Path("archive")) as opened:
        assert opened.papers() == ()
        assert {entry.status for entry in opened.ledger()} == {"withdrawn"}
    capsys.readouterr()
    for name, reason, said in (
        ("papers/dock.md", "GDPR", "no paper of the ledger goes by that"),
        (quay[:7], "GDPR", "no paper of the ledger goes by that"),
        ("papers/pier.md", " \n", "--reason is empty"),
    ):
        assert main(["withdraw", name, "--reason", reason, "--archive", "archive"]) == 2
        assert said in capsys.readouterr().err


def test_a_second_writer_is_told_who_holds_the_archive(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from indexer.archive import Writer

    with Writer.open(Path("archive"), TinyEncoder().identity):
        assert main(["index", "papers", "--archive", "archive"]) == 2
    assert f"Process {os.getpid()} on" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_archive_folder_is_one_clear_line(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path("archive")
    folder.mkdir()
    folder.chmod(0o500)
    assert main(["index", "papers", "--archive", "archive"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_run_ended_by_a_signal_exits_with_3_and_leaves_a_sound_archive(papers: Path) -> None:
    put(papers, **{f"n{number}": minutes(f"buoy {number}", number % 28 + 1) for number in range(300)})
    program = (
        "import sys; from tests.makers.index_maker import TinyEncoder; from indexer.encoding import encoder;"
        " from indexer.pipeline import intake; from indexer.__main__ import main;"
        " encoder.load_for_indexing = TinyEncoder; intake._PAPERS_TOGETHER = 1\n"
        "if __name__ == '__main__': sys.exit(main(['index', 'papers', '--archive', 'archive', '--workers', '1']))"
    )
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    process = subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE, text=True)
    seen = papers.parent / "archive" / "seen.jsonl"
    for _ in range(600):
        if seen.exists() and seen.read_text().count("\n") > 2:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 3
    assert errors.splitlines()[-1].startswith("Interrupted. The papers finished so far are kept")
    assert "Traceback" not in errors
    with Archive.open(papers.parent / "archive") as opened:
        assert 2 <= len(opened.papers()) < 302
        assert opened.check() == []


def test_plain_lines_tell_papers_pages_and_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter((0.0, 11.0, 11.0, 22.0, 22.0, 25.0, 40.0))
    monkeypatch.setattr("indexer.pipeline.progress.time.monotonic", lambda: next(clock))
    with Lines() as lines:
        lines.start(4, 430)
        lines.advance("notice.pdf", 1, 30)  # too little to tell from
        lines.advance("a.pdf", 60, 100)
        lines.advance("b.pdf", 40, 200)
    assert capsys.readouterr().err == (
        "1 of 4 papers, 1 page\n2 of 4 papers, 61 pages, about 51 s left\n3 of 4 papers, 101 pages, about 12 s left\n"
    )


def test_the_bar_tells_papers_and_pages_and_lets_warnings_through(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    with Bar() as bar:
        bar.start(2, 400)
        bar.advance("papers/[bold]pier.pdf", 60, 100)
        bar.warn("papers.csv: no column [path]")
    shown = capsys.readouterr().err
    assert "1 of 2 papers, 60 pages" in shown
    assert "papers.csv: no column [path]" in shown
