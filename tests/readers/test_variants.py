"""One paper in several guises reads as one: printed twice, written in another order, encrypted, in another format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from indexer import readers
from indexer.archive import Archive
from indexer.errors import UnreadablePaper
from indexer.pipeline.reading import Withheld, read_paper
from tests.makers.index_maker import TinyEncoder, run
from tests.makers.pdf_maker import HEIGHT, text, write

LINES = [
    "SALTMARSH DISTRICT COUNCIL",
    "HARBOUR COMMITTEE",
    "Minutes of the meeting of the Harbour Committee held on 9 April 2019",
    "PRESENT: Councillors A Brine (Chair), C Dulse and E Fucus",
    "12. THE QUAY",
    "RESOLVED: That the quay be dredged at a cost of £35,000.",
    "13. THE SLIPWAY",
    "RESOLVED: That the slipway be closed.",
]


def said(path: Path) -> list[str]:
    return [line for page in readers.read(path).pages for line in page.text.split("\n")]


def plain(canvas: Canvas) -> None:
    text(canvas, LINES, step=24)


def bold(canvas: Canvas) -> None:
    for shift in (0, 0.3):
        text(canvas, LINES, x=72 + shift, step=24)


def thrice(canvas: Canvas) -> None:
    for shift in (0, 0.2, 0.4):
        text(canvas, LINES, x=72 + shift, top=120 + shift, step=24)


def shadowed(canvas: Canvas) -> None:
    canvas.setFillGray(0.7)
    text(canvas, LINES, x=72.8, top=120.8, step=24)
    canvas.setFillGray(0)
    plain(canvas)


def upwards(canvas: Canvas) -> None:
    for at, line in reversed(list(enumerate(LINES))):
        text(canvas, [line], top=120 + 24 * at)


def from_the_right(canvas: Canvas) -> None:
    """Word by word, each line's last first."""
    canvas.setFont("Helvetica", 11)
    for at, line in enumerate(LINES):
        for place in range(len(line.split()) - 1, -1, -1):
            before = " ".join([*line.split()[:place], ""])
            canvas.drawString(72 + canvas.stringWidth(before), HEIGHT - 120 - 24 * at, line.split()[place])


def odd_lines_first(canvas: Canvas) -> None:
    for first in (1, 0):
        for at in range(first, len(LINES), 2):
            text(canvas, [LINES[at]], top=120 + 24 * at)


@pytest.mark.parametrize("draw", [bold, thrice, shadowed, upwards, from_the_right, odd_lines_first])
def test_a_sheet_reads_alike_however_often_and_in_whatever_order_its_words_are_written(
    tmp_path: Path, draw: Callable[[Canvas], None]
) -> None:
    assert said(write(tmp_path / "a.pdf", draw)) == said(write(tmp_path / "b.pdf", plain)) == LINES


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_an_owners_password_keeps_nothing_from_being_read_and_a_users_is_named(tmp_path: Path, algorithm: str) -> None:
    paper = write(tmp_path / "a.pdf", plain)
    for name, user in (("open.pdf", ""), ("shut.pdf", "secret")):
        writer = PdfWriter(clone_from=PdfReader(paper))
        writer.encrypt(user, "owner", algorithm=algorithm)
        writer.write(tmp_path / name)
    assert said(tmp_path / "open.pdf") == LINES
    with pytest.raises(UnreadablePaper, match="needs a password"):
        said(tmp_path / "shut.pdf")


def made(folder: Path, form: str) -> Path:
    path = folder / f"Minutes.{form}"
    if form == "pdf":
        return write(path, plain)
    if form == "docx":
        paper = docx.Document()
        for line in LINES:
            paper.add_paragraph(line)
        paper.save(str(path))
        return path
    breaks = {"html": "</p><p>", "md": "\n\n", "txt": "\n\n"}[form]
    inner = breaks.join(LINES)
    path.write_text(f"<html><body><p>{inner}</p></body></html>" if form == "html" else inner, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "md", "txt"])
def test_minutes_say_the_same_in_every_format(tmp_path: Path, form: str) -> None:
    path = made(tmp_path, form)
    reading = read_paper(path, str(path), hashlib.sha256(path.read_bytes()).hexdigest(), {})
    assert not isinstance(reading, Withheld)
    meeting = reading.paper.meeting
    assert (meeting.authority, meeting.board, str(meeting.date), reading.paper.kind) == (
        "Saltmarsh District Council",
        "Harbour Committee",
        "2019-04-09",
        "minutes",
    )
    assert [decision.text for decision in reading.decisions] == [line for line in LINES if line.startswith("RESOLVED")]


@pytest.mark.parametrize("forms", [("pdf", "html"), ("docx", "md"), ("txt", "pdf", "docx")])
def test_minutes_that_are_held_in_several_formats_are_one_decision_each(tmp_path: Path, forms: tuple[str, ...]) -> None:
    for form in forms:
        (tmp_path / "papers" / form).mkdir(parents=True)
        made(tmp_path / "papers" / form, form)
    run(tmp_path / "archive", str(tmp_path / "papers"))
    with Archive.open(tmp_path / "archive", TinyEncoder().identity) as archive:
        held = [(one.decision.text, len(one.places)) for one in archive.decisions()]
    assert sorted(held) == sorted((line, len(forms) - 1) for line in LINES if line.startswith("RESOLVED"))
