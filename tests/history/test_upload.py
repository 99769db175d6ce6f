"""A draft that is sent as a file: any format is read, nothing of it stays anywhere, and a bad one costs nobody else."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import BadArguments
from search.bounds import BOUNDS
from search.history import draft, upload
from search.history.upload import chunks_of_upload
from tests.conftest import ROOT
from tests.makers import pdf_maker

WORDS = "To agree new ferry fares across the Teazel estuary from next April for all passengers and vehicles."


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have every temporary file made in one folder that can be looked at."""
    monkeypatch.setattr(upload, "_MEMORY", tmp_path / "memory")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "memory").mkdir()
    return tmp_path


def pdf(folder: Path) -> bytes:
    lines = ["Purpose", WORDS[:60], WORDS[60:]]
    return pdf_maker.write(folder / "made.pdf", lambda canvas: pdf_maker.text(canvas, lines)).read_bytes()


def word(_: Path) -> bytes:
    import docx

    made: Any = docx.Document()
    made.add_paragraph(WORDS)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("Draft.PDF", pdf), ("draft.docx", word), ("draft.txt", lambda _: WORDS.encode())],
    ids=["pdf", "word", "text"],
)
def test_a_draft_is_read_in_any_format_and_nothing_of_it_stays(
    name: str, content: Callable[[Path], bytes], places: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sent = content(tmp_path_factory.mktemp("sent"))
    assert "ferry fares across the Teazel" in " ".join(chunks_of_upload(name, sent))
    assert [path for path in places.rglob("*") if path.is_file() or path.name.startswith("draft-")] == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("draft.pdf", b"%PDF-1.7 broken", "The file cannot be read: "),
        ("sheet.xlsx", b"PK\x03\x04rubbish", "The file cannot be read: not a paper format"),
        ("empty.txt", b"", "The file cannot be read: empty file"),
        ("../../sly.txt", b"  \n \n.", "The draft holds no words"),
    ],
)
def test_a_draft_that_cannot_be_read_says_why_and_stays_nowhere(
    name: str, content: bytes, said: str, places: Path
) -> None:
    with pytest.raises(BadArguments, match=said) as caught:
        chunks_of_upload(name, content)
    assert str(places) not in str(caught.value)
    assert [path for path in places.rglob("*") if path.is_file() or path.name.startswith("draft-")] == []


def test_a_reader_that_takes_too_much_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(f"{WORDS}\n\n" * 100, encoding="utf-8")
    program = (
        "import sys; from search.history import upload; from indexer.readers.worker import Limits; "
        "print(upload.main(sys.argv[1], Limits(answer=1000))['fault'])"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "draft.txt")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "more than the 0 MB allowed" in done.stdout


@pytest.mark.parametrize(
    ("seconds", "program", "said"),
    [(0.1, "import time; time.sleep(60)", "not read within"), (60.0, "raise SystemExit(3)", "exit status 3")],
)
def test_a_reader_that_hangs_or_dies_leaves_nothing(
    places: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, program: str, said: str
) -> None:
    run = subprocess.run
    monkeypatch.setattr(upload, "BOUNDS", replace(BOUNDS, upload_seconds=seconds, start_seconds=0.0))
    monkeypatch.setattr(subprocess, "run", lambda _, **how: run([sys.executable, "-c", program], **how))
    with pytest.raises(BadArguments, match=said):
        chunks_of_upload("draft.txt", WORDS.encode())
    assert [path for path in places.rglob("*") if path.is_file() or path.name.startswith("draft-")] == []


def test_a_pasted_text_is_never_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(WORDS, encoding="utf-8")
    assert draft.chunks_of(str(secret)) == [WORDS]
    assert draft.chunks_of_text(str(secret)) == [str(secret)]
