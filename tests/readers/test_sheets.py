"""Words, boxes, lines and pictures of sheets."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import UnreadablePaper
from indexer.layout.marks import Sheet
from indexer.readers.pdf import pdfium, sheets, words
from tests.makers import pdf_maker


def minutes(canvas: Canvas) -> None:
    pdf_maker.text(canvas, ["Minutes of the board"], x=100, top=200, size=20)
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(100, pdf_maker.HEIGHT - 240, "RESOLVED")


def first(path: Path) -> Sheet:
    with sheets.opened(path) as file:
        return sheets.read_sheet(file, 1)


def ink(path: Path, box: tuple[float, float, float, float]) -> float:
    """Share of dark pixels of the first sheet inside a box in points."""
    picture = Image.open(io.BytesIO(sheets.image(path, 1, 2.0))).convert("L")
    part = picture.crop(tuple(round(2 * edge) for edge in box))
    dark = part.histogram()[:128]
    return sum(dark) / (part.width * part.height)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return pdf_maker.write(tmp_path / "minutes.pdf", minutes)


def test_a_word_has_its_place_size_and_weight(paper: Path) -> None:
    words = first(paper).words
    assert [word.text for word in words] == ["Minutes", "of", "the", "board", "RESOLVED"]
    head, resolved = words[0], words[-1]
    assert (head.size, head.bold, resolved.size, resolved.bold) == (20.0, False, 12.0, True)
    assert head.x0 == pytest.approx(100, abs=1)
    assert head.y0 < 200 - 10 < head.y1, "the box stands on the baseline, measured from the top"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_lie_on_the_letters_of_a_turned_sheet(paper: Path, tmp_path: Path, turn: int) -> None:
    turned = tmp_path / "turned.pdf"
    writer = PdfWriter(clone_from=paper)
    writer.pages[0].rotate(turn)
    writer.write(turned)
    sheet = first(turned)
    assert (sheet.width > sheet.height) == (turn in (90, 270))
    for word in sheet.words:
        assert ink(turned, word[1:5]) > 0.1
    assert {word.turn for word in sheet.words} == {-turn // 90 % 4}


def test_boxes_lie_on_the_letters_of_a_cropped_sheet(paper: Path, tmp_path: Path) -> None:
    cropped = tmp_path / "cropped.pdf"
    writer = PdfWriter(clone_from=paper)
    writer.pages[0].cropbox.lower_left = (50, 100)
    writer.pages[0].cropbox.upper_right = (500, 700)
    writer.write(cropped)
    sheet = first(cropped)
    assert (sheet.width, sheet.height) == (450, 600)
    assert all(ink(cropped, word[1:5]) > 0.1 for word in sheet.words)


def test_drawn_lines_are_rules(tmp_path: Path) -> None:
    path = pdf_maker.write(tmp_path / "grid.pdf", lambda canvas: pdf_maker.grid(canvas, [100, 200, 300], [100, 150]))
    rules = first(path).rules
    upright = sorted(round((rule.x0 + rule.x1) / 2) for rule in rules if rule.x1 - rule.x0 < 3)
    level = sorted(round((rule.y0 + rule.y1) / 2) for rule in rules if rule.y1 - rule.y0 < 3)
    assert (upright, level) == ([100, 200, 300], [100, 150])


def test_a_stroked_rectangle_is_four_rules(tmp_path: Path) -> None:
    path = pdf_maker.write(tmp_path / "box.pdf", lambda canvas: canvas.rect(100, 100, 200, 300))
    assert len(first(path).rules) == 4


def test_the_share_of_a_picture_is_measured(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        grey = Image.new("L", (40, 40), 128)
        canvas.drawInlineImage(grey, 0, 0, pdf_maker.WIDTH, pdf_maker.HEIGHT / 2)

    assert first(pdf_maker.write(tmp_path / "half.pdf", draw)).pictures == pytest.approx(0.5, abs=0.01)


def test_a_picture_of_a_sheet_is_a_png_of_the_asked_scale_but_never_huge(paper: Path) -> None:
    assert Image.open(io.BytesIO(sheets.image(paper, 1, 2.0))).size == (1191, 1684)
    huge = Image.open(io.BytesIO(sheets.image(paper, 1, 50.0)))
    assert max(huge.size) <= sheets.MAX_PICTURE_SIDE + 1
    assert ImageChops.invert(huge.convert("L")).getbbox() is not None


@pytest.mark.parametrize("page", [0, 2, -1])
def test_a_sheet_that_is_not_there_cannot_be_drawn(paper: Path, page: int) -> None:
    with pytest.raises(UnreadablePaper, match=f"no page {page}"):
        sheets.image(paper, page)


def test_sheets_are_counted(tmp_path: Path) -> None:
    assert sheets.page_count(pdf_maker.write(tmp_path / "three.pdf", minutes, minutes, minutes)) == 3


def test_a_sheet_with_too_many_characters_is_refused(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MAX_CHARACTERS", 10)
    with pytest.raises(UnreadablePaper, match="more than 10") as caught:
        first(paper)
    assert caught.value.page == 1


def test_an_empty_user_password_opens_and_any_other_is_named(paper: Path, tmp_path: Path) -> None:
    for password, name in (("", "open.pdf"), ("secret", "shut.pdf")):
        writer = PdfWriter(clone_from=PdfReader(paper))
        writer.encrypt(password, password + "owner", algorithm="RC4-128")
        writer.write(tmp_path / name)
    assert len(first(tmp_path / "open.pdf").words) == 5
    with pytest.raises(UnreadablePaper, match="needs a password"):
        first(tmp_path / "shut.pdf")


def test_each_kind_of_unreadable_file_has_its_reason(paper: Path, tmp_path: Path) -> None:
    whole = paper.read_bytes()
    cases = {
        b"": "empty",
        b"Dear all, please find enclosed": "not a PDF",
        whole[: len(whole) // 3]: "cut off",
        b"%PDF-1.4\n" + b"\x00" * 200 + b"\n%%EOF\n": "damaged",
    }
    for index, (content, reason) in enumerate(cases.items()):
        path = tmp_path / f"{index}.pdf"
        path.write_bytes(content)
        with pytest.raises(UnreadablePaper, match=reason):
            first(path)
    with pytest.raises(UnreadablePaper, match="cannot be opened"):
        first(tmp_path / "missing.pdf")


def test_the_lock_is_free_after_a_failure(paper: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadablePaper):
        sheets.page_count(tmp_path / "missing.pdf")
    assert pdfium.LOCK.acquire(blocking=False)
    pdfium.LOCK.release()
    assert sheets.page_count(paper) == 1
