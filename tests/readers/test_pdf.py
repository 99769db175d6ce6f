"""A PDF from file to document."""

from __future__ import annotations

import base64 as b64
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import UnreadablePaper
from indexer.layout import clean, running
from indexer.readers import pdf_reader
from indexer.readers.pdf import sheets
from indexer.readers.scan import ocr
from indexer.records import Bookmark, Page
from tests.makers import pdf_maker

REAL = Path(__file__).resolve().parents[3] / "shared" / "papers" / "pdf"


def blocks(page: Page) -> list[str]:
    return [page.text[block.start : block.end] for block in page.blocks]


def minutes(canvas: Canvas) -> None:
    pdf_maker.text(canvas, ["Oakshire Council, 3 May 2021"], top=40, size=9)
    pdf_maker.text(canvas, ["12. ROAD SAFETY"], top=120, size=14)
    pdf_maker.text(
        canvas,
        [
            "The board considered the decision-",
            "making of the officers and their infor-",
            "mation in the making of this decision.",
        ],
        top=150,
    )
    pdf_maker.text(canvas, [f"Page {canvas.getPageNumber() + 6}"], x=280, top=820, size=9)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "minutes.pdf"
    return pdf_maker.write(path, minutes, minutes, minutes, minutes)


def test_a_page_is_blocks_joined_by_line_breaks_with_boxes_for_each_word(paper: Path) -> None:
    page = pdf_reader.read(paper).pages[1]
    assert page.text == (
        "12. ROAD SAFETY\nThe board considered the decision-making of the officers and their information "
        "in the making of this decision."
    )
    assert blocks(page) == page.text.split("\n")
    assert len(page.boxes) == len(page.text.split())
    assert [block.size for block in page.blocks] == [14.0, 11.0]
    assert (page.number, page.label, page.method, page.confidence) == (2, "8", "text", 1.0)


def test_a_joined_word_has_the_boxes_of_both_halves(paper: Path) -> None:
    page = pdf_reader.read(paper).pages[0]
    where = page.text.split().index("information")
    upper, lower = page.boxes[where]
    assert upper.y0 < lower.y0
    assert upper.x0 > lower.x0
    assert [len(places) for places in page.boxes].count(2) == 2


def test_the_first_page_keeps_the_running_title_and_the_others_lose_it(paper: Path) -> None:
    first, *others = pdf_reader.read(paper).pages
    assert first.text.startswith("Oakshire Council, 3 May 2021\n")
    assert not any("Oakshire" in page.text for page in others)


def test_labels_outline_title_and_author_come_from_the_file(paper: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(paper))
    writer.set_page_label(0, 1, style="/r", start=7)
    writer.set_page_label(2, 3, style="/D", prefix="B", start=9)
    item = writer.add_outline_item(title="Item 12", page_number=1)
    writer.add_outline_item(title="Appendix", page_number=3, parent=item)
    writer.add_metadata({"/Title": "Board\x00 minutes", "/Author": "A Clerk"})
    path = tmp_path / "labelled.pdf"
    writer.write(path)
    document = pdf_reader.read(path)
    assert [page.label for page in document.pages] == ["vii", "viii", "B9", "B10"]
    assert document.outline == (Bookmark("Item 12", 2, 0), Bookmark("Appendix", 4, 1))
    assert (document.title, document.author) == ("Board minutes", "A Clerk")


def test_labels_that_only_count_sheets_give_way_to_the_stamped_number(paper: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(paper))
    writer.set_page_label(0, 3, style="/D", start=1)
    path = tmp_path / "counted.pdf"
    writer.write(path)
    assert [page.label for page in pdf_reader.read(path).pages] == ["7", "8", "9", "10"]


def test_labels_that_the_sheets_contradict_give_way_to_the_stamped_number(paper: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(paper))
    writer.set_page_label(0, 3, style="/D", start=100)
    path = tmp_path / "contradicted.pdf"
    writer.write(path)
    assert [page.label for page in pdf_reader.read(path).pages] == ["7", "8", "9", "10"]


@pytest.mark.parametrize(
    ("ranges", "labels"),
    [
        ([(0, 0, "/r", "", 1), (1, 2, "/D", "", 1)], ["i", "1", "2"]),
        ([(0, 0, None, "Cover", None), (1, 2, "/D", "A-", 4)], ["Cover", "A-4", "A-5"]),
        ([(0, 2, None, "Cover", None)], ["", "", ""]),
    ],
)
def test_labels_are_cited_where_they_tell_sheets_apart(
    tmp_path: Path, ranges: list[tuple[int, int, str | None, str, int | None]], labels: list[str]
) -> None:
    bare = pdf_maker.write(tmp_path / "bare.pdf", *[lambda canvas: pdf_maker.text(canvas, ["The board met."])] * 3)
    writer = PdfWriter(clone_from=PdfReader(bare))
    for first, last, style, prefix, start in ranges:
        writer.set_page_label(first, last, style=style, prefix=prefix, start=start)
    path = tmp_path / "labelled.pdf"
    writer.write(path)
    assert [page.label for page in pdf_reader.read(path).pages] == labels


def test_a_broken_outline_and_broken_metadata_cost_nothing_but_themselves(paper: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(paper))
    writer.root_object[NameObject("/Outlines")] = NumberObject(7)
    writer.root_object[NameObject("/PageLabels")] = NumberObject(7)
    path = tmp_path / "broken.pdf"
    writer.write(path)
    document = pdf_reader.read(path)
    assert len(document.pages) == 4
    assert "ROAD SAFETY" in document.pages[0].text
    assert document.outline == ()


def test_a_page_that_fails_alone_is_a_fault_and_an_empty_page(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(file: sheets.Handle, number: int, proven: set[tuple[bytes, int]]) -> sheets.Sheet:
        if number == 2:
            message = "the page is damaged"
            raise UnreadablePaper(message, page=2)
        return sheets.read_sheet(file, number)

    monkeypatch.setattr(pdf_reader, "read_sheet", fails)
    document = pdf_reader.read(paper)
    assert [(fault.page, fault.reason) for fault in document.faults] == [(2, "the page is damaged")]
    assert (document.pages[1].text, document.pages[1].method) == ("", "none")
    assert "ROAD SAFETY" in document.pages[2].text


def test_a_blank_page_is_read_and_has_no_text(tmp_path: Path) -> None:
    page = pdf_reader.read(pdf_maker.write(tmp_path / "blank.pdf", lambda canvas: None)).pages[0]
    assert (page.text, page.method, page.blocks) == ("", "text", ())


def test_a_picture_of_text_without_ocr_is_a_page_without_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    def draw(canvas: Canvas) -> None:
        canvas.drawInlineImage(Image.new("L", (40, 40), 128), 0, 0, pdf_maker.WIDTH, pdf_maker.HEIGHT)
        pdf_maker.text(canvas, ["Page 3"], top=820)

    monkeypatch.setattr(ocr, "available", lambda: False)
    page = pdf_reader.read(pdf_maker.write(tmp_path / "scan.pdf", draw)).pages[0]
    assert (page.text, page.method, page.confidence) == ("", "none", 0.0)


def test_text_that_reads_up_the_sheet_is_read_and_its_boxes_stay_upright(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(200, -100, "Spending on roads in the northern")
        canvas.drawString(200, -114, "parishes of the county")

    page = pdf_reader.read(pdf_maker.write(tmp_path / "up.pdf", draw)).pages[0]
    assert page.text == "Spending on roads in the northern parishes of the county"
    first, last = page.boxes[0][0], page.boxes[-1][0]
    assert 85 < first.x0 < first.x1 < 110
    assert last.x0 > first.x0
    assert first.y1 == pytest.approx(pdf_maker.HEIGHT - 200, abs=2)


def test_a_table_row_is_one_line_with_tabs(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        pdf_maker.text(canvas, ["Gritting in the", "northern parishes"], x=75, top=115)
        pdf_maker.text(canvas, ["£220,000"], x=255, top=115)
        pdf_maker.text(canvas, ["Hedges"], x=75, top=155)
        pdf_maker.text(canvas, ["£4,000"], x=255, top=155)
        pdf_maker.grid(canvas, [72, 250, 400], [100, 140, 170])

    page = pdf_reader.read(pdf_maker.write(tmp_path / "table.pdf", draw)).pages[0]
    assert blocks(page) == ["Gritting in the northern parishes\t£220,000", "Hedges\t£4,000"]
    assert all(block.row for block in page.blocks)


def test_real_papers_lose_no_letter_but_those_of_running_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted(REAL.glob("*.pdf"))
    if not paths:
        pytest.skip("needs the papers in ../shared/papers/pdf")
    monkeypatch.setattr(ocr, "available", lambda: False)
    path = min(paths, key=lambda path: path.stat().st_size)
    cleaned = []
    with sheets.opened(path) as file:
        for number in range(1, len(file) + 1):
            sheet = sheets.read_sheet(file, number)
            cleaned.append(sheets.Sheet(number, sheet.width, sheet.height, clean.words(sheet.words), sheet.rules))
    drop, _ = running.running({sheet.number: running.edge_lines(sheet) for sheet in cleaned})
    for sheet, page in zip(cleaned, pdf_reader.read(path).pages, strict=True):
        kept = (word.text for index, word in enumerate(sheet.words) if index not in drop[sheet.number])
        assert letters("".join(kept)) == letters(page.text), f"page {page.number}"
        assert len(page.boxes) == len(page.text.split())


def letters(text: str) -> Counter[str]:
    return Counter(letter for letter in text if not letter.isspace() and letter not in clean.HYPHENS)


def packed(path: Path, filters: str) -> Path:
    """A page whose catalogue lies in an object stream, packed with filters by these names."""
    inside = b"1 0 2 33 " + b"<</Type/Catalog/Pages 2 0 R>>    " + b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    stream = b64.a85encode(inside) + b"~>"
    text = b"BT /F 12 Tf 72 720 Td (The pier is repaired.) Tj ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    bodies = {
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F " + font + b">>>>>>",
        4: b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        5: b"<</Type/ObjStm/N 2/First 9/Filter%s/Length %d>>stream\n%s\nendstream"
        % (filters.encode(), len(stream), stream),
    }
    made = bytearray(b"%PDF-1.5\n")
    rows = {0: b"\x00\x00\x00\xff", 1: b"\x02\x00\x05\x00", 2: b"\x02\x00\x05\x01"}
    for number, body in bodies.items():
        rows[number] = b"\x01" + len(made).to_bytes(2, "big") + b"\x00"
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    rows[6] = b"\x01" + start.to_bytes(2, "big") + b"\x00"
    table = b"".join(rows.values())
    made += b"6 0 obj\n<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    made += table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start
    path.write_bytes(made)
    return path


@pytest.mark.parametrize("filters", ["/ASCII85Decode", "/A85", "/Nonsense85"])
def test_whatever_pypdf_refuses_the_text_that_pdfium_reads_is_kept(tmp_path: Path, filters: str) -> None:
    path = packed(tmp_path / "packed.pdf", filters)
    try:
        page = pdf_reader.read(path).pages[0]
    except UnreadablePaper:
        assert filters == "/Nonsense85"
    else:
        assert page.text == "The pier is repaired."
