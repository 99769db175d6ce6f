"""Exports hold what is on screen, word for word, with references; nothing in a paper is interpreted in any of them."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import docx
import pypdf
import pytest
from PIL import Image

from indexer.readers.pdf import sheets
from indexer.records import Box, Meeting, Page, Paper, Passage, Section, Span, StoredPassage
from search.bounds import BOUNDS
from search.results import Answered, AnswerSentence, Hit
from search.views.exports import bundle, cover, word
from search.views.render import briefing, tables
from search.views.render.card import Card
from tests.makers.pdf_maker import text, write

WORDS = "RESOLVED: That the *pilot* at www.example.org of $5 & <b>more</b> be [noted](x).\n1. Beds\t=12\x07"
DECIDED = Meeting("Ashshire Council", "Health Board", date(2016, 10, 19))
HEAD = Card("Decided by Health Board (Ashshire Council) on 19 October 2016")
REFERENCE = "Health Board, 19 October 2016, minute 41, p. 2"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def bundled(found: Answered, fetch: Callable[[str, int], Page | None]) -> bytes:
    return bundle.bundle(found.question, bundle.sheets(found), fetch, lambda _: False)


def answered(*papers: Paper, words: str = WORDS, page: int = 2) -> Answered:
    hits = []
    for rank, paper in enumerate(papers, 1):
        spans = (Span(page, 0, len(words)),)
        section = Section(1, None, "item", "41", "WINTER BEDS", DECIDED, spans)
        passage = Passage(rank, 1, "resolution", spans, words, ())
        stored = StoredPassage(rank, paper, section, passage, str(rank))
        hits.append(Hit(rank, 0.5, stored, "", "41", "WINTER BEDS", REFERENCE))
    quoted = AnswerSentence(words.split("\n")[0], 1, page)
    return Answered("What of *beds*?", "answered", tuple(hits), (quoted,), searched="2 papers")


def paper(path: Path, form: str = "pdf", pages: int = 3) -> Paper:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Paper(digest, str(path), form, form == "pdf", "minutes", "Minutes", DECIDED, pages)


@pytest.fixture
def pack(tmp_path: Path) -> Paper:
    drawn = [lambda canvas, n=number: text(canvas, [f"sheet number {n}", "a secret neighbour"]) for number in (1, 2, 3)]
    return paper(write(tmp_path / "pack.pdf", *drawn))


def test_the_markdown_briefing_quotes_with_footnotes_and_interprets_nothing(pack: Paper) -> None:
    assert briefing.markdown(briefing.briefing(answered(pack), lambda _id, _sheet: None, HEAD)).split("\n\n") == [
        "# What of \\*beds\\*?",
        "1 passage found, 1 quotation in the answer.",
        "Decided by Health Board (Ashshire Council) on 19 October 2016",
        "Searched 2 papers.",
        "## Answer",
        "> RESOLVED: That the \\*pilot\\* at www\\.example.org of \\$5 \\& \\<b\\>more\\</b\\> be \\[noted\\](x).[^1]",
        "## Passages",
        "### 1\\. WINTER BEDS (decision)",
        (
            "> RESOLVED: That the \\*pilot\\* at www\\.example.org "
            "of \\$5 \\& \\<b\\>more\\</b\\> be \\[noted\\](x).\n>\n"
            "> 1\\. Beds \\| \\=12[^2]"
        ),
        f"[^1]: {REFERENCE}, more of it follows. File: {briefing.escaped(pack.path)}",
        f"[^2]: {REFERENCE}. File: {briefing.escaped(pack.path)}\n",
    ]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("- that", "\\- that"),
        ("+ that", "\\+ that"),
        ("12) that", "12\\) that"),
        ("see https://example.org", "see https\\://example.org"),
        ("a@example.org", "a\\@example.org"),
        ("The board: noted 12.5", "The board: noted 12.5"),
    ],
)
def test_no_line_of_a_paper_becomes_a_list_or_a_link(line: str, shown: str) -> None:
    assert briefing.escaped(line) == shown


def test_the_word_briefing_has_the_words_and_a_real_footnote_for_each_quotation(pack: Paper) -> None:
    made = word.word(briefing.briefing(answered(pack), lambda _id, _sheet: None, HEAD))
    opened = docx.Document(io.BytesIO(made))
    lines = [paragraph.text for paragraph in opened.paragraphs]
    assert lines[0] == "What of *beds*?"
    assert lines[4:] == [
        "Answer",
        "RESOLVED: That the *pilot* at www.example.org of $5 & <b>more</b> be [noted](x).",
        "Passages",
        "1. WINTER BEDS (decision)",
        "RESOLVED: That the *pilot* at www.example.org of $5 & <b>more</b> be [noted](x).",
        "1. Beds\t=12 ",
    ]
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        notes = ElementTree.fromstring(packed.read("word/footnotes.xml"))  # noqa: S314 - our own file
        body = ElementTree.fromstring(packed.read("word/document.xml"))  # noqa: S314
    said = {note.get(f"{W}id"): "".join(note.itertext()).strip() for note in notes}
    # The answer quotes the first of two lines.
    first = f"{REFERENCE}, more of it follows. File: {pack.path}"
    assert said == {"-1": "", "0": "", "1": first, "2": f"{REFERENCE}. File: {pack.path}"}
    assert [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")] == ["1", "2"]


def test_the_csv_of_hits_has_the_fields_of_the_json_and_no_formula(pack: Paper) -> None:
    found = answered(pack, words="=SUM(A1)")
    rows = list(csv.DictReader(io.StringIO(tables.csv_of(briefing.hit_rows(found)).decode("utf-8-sig"))))
    assert list(rows[0]) == list(found.hits[0].to_json())
    assert (rows[0]["text"], rows[0]["pages"], rows[0]["meeting_date"]) == ("'=SUM(A1)", "2", "2016-10-19")


def fetched(paper_id: str, number: int) -> Page:
    """The stored page: its first line, with the places of its three words."""
    boxes = ((Box(72, 109, 100, 123),), (Box(103, 109, 144, 123),), (Box(147, 109, 155, 123),))
    return Page(number, f"sheet number {number}", width=595, height=842, boxes=boxes)


def test_the_bundle_holds_the_cited_page_highlighted_behind_its_list_and_nothing_else_of_the_pack(pack: Paper) -> None:
    made = pypdf.PdfReader(io.BytesIO(bundled(answered(pack, words="sheet number 2"), fetched)))
    assert len(made.pages) == 2
    said = " ".join(made.pages[0].extract_text().split())
    assert f"Evidence for: What of *beds*? {REFERENCE} Page 2 of this file From " in said
    assert "sheet number 2" in made.pages[1].extract_text()
    marks = [one.get_object() for one in made.pages[1]["/Annots"]]  # type: ignore[attr-defined]
    assert [[round(float(edge)) for edge in mark["/Rect"]] for mark in marks] == [[72, 719, 155, 733]]
    assert [one["/Title"] for one in made.outline] == ["What is cited", REFERENCE]  # type: ignore[call-overload, index]
    assert [made.get_destination_page_number(one) for one in made.outline] == [0, 1]  # type: ignore[arg-type]


def test_each_entry_of_the_list_leads_to_its_page(pack: Paper) -> None:
    made = pypdf.PdfReader(io.BytesIO(bundled(answered(pack, words="sheet number 2"), fetched)))
    (link,) = [one.get_object() for one in made.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    target = link["/Dest"][0]
    found = made.pages[target].indirect_reference if isinstance(target, int) else target
    assert found == made.pages[1].indirect_reference


@pytest.mark.parametrize("words", ["WWW MMM " * 30, "m" * 300, "Health and Wellbeing Board, p. 13 " * 9, "£@%—" * 60])
def test_no_line_of_the_list_runs_off_the_paper(words: str, tmp_path: Path) -> None:
    made = cover.front(words, [cover.Entry([words], f"{words}.pdf")] * 20)
    (tmp_path / "list.pdf").write_bytes(made.pdf)
    with sheets.opened(tmp_path / "list.pdf") as file:
        read = [sheets.read_sheet(file, number) for number in range(1, made.pages + 1)]
    (width, height), edge = BOUNDS.sheet, BOUNDS.margin - 1
    inside = Box(edge, edge, width - edge, height - edge)
    assert made.pages > 1
    for one in (found for sheet in read for found in sheet.words):
        assert inside.x0 < one.x0 < one.x1 < inside.x1
        assert inside.y0 < one.y0 < one.y1 < inside.y1
    assert [entry for _, _, entry in made.links] == list(range(20))


def test_the_list_prints_each_letter_of_a_name_and_a_question_mark_for_what_is_none() -> None:
    made = cover.front("Tŷ Ŵyn & <b>Łódź</b>", [cover.Entry(["Dŵr, £1½ – 好"], "papers/ŷ.pdf")])
    said = pypdf.PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text().splitlines()
    assert said == ["Tŷ Ŵyn & <b>Łódź</b>", "Dŵr, £1½ – ?", "Page 2 of this file", "From papers/ŷ.pdf"]


def test_neighbouring_pages_do_not_come_along_through_links(tmp_path: Path) -> None:
    path = write(
        tmp_path / "linked.pdf",
        lambda canvas: (text(canvas, ["sheet number 1"]), canvas.linkAbsolute("", "next", (0, 0, 99, 99))),
        lambda canvas: (canvas.bookmarkPage("next"), text(canvas, ["a secret neighbour"])),
    )
    made = bundled(answered(paper(path), words="sheet number 1", page=1), fetched)
    out = pypdf.PdfReader(io.BytesIO(made))
    streams = [
        one.get_data()
        for number in range(1, 60)
        if isinstance(one := out.get_object(number), pypdf.generic.StreamObject)
    ]
    assert any(b"sheet number 1" in stream for stream in streams)
    assert not any(b"secret neighbour" in stream for stream in streams)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_highlight_lies_where_the_words_are_shown_on_turned_and_cropped_sheets(tmp_path: Path, turn: int) -> None:
    path = write(tmp_path / "plain.pdf", lambda canvas: text(canvas, ["words"], x=200, top=300, size=20))
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].cropbox = pypdf.generic.RectangleObject((30, 50, 560, 800))
    writer.pages[0].rotate(turn)
    writer.write(path)
    with sheets.opened(path) as file:
        sheet = sheets.read_sheet(file, 1)
    shown = sheet.words[0]
    box = Box(shown.x0, shown.y0, shown.x1, shown.y1)
    stored = Page(1, "words", width=sheet.width, height=sheet.height, boxes=((box,),))
    out = tmp_path / "bundle.pdf"
    out.write_bytes(bundled(answered(paper(path, pages=1), words="words", page=1), lambda *_: stored))
    picture = Image.open(io.BytesIO(sheets.image(out, 2, 1.0))).convert("RGB")
    yellow = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if isinstance(colour := picture.getpixel((x, y)), tuple) and colour[0] > 200 and colour[2] < 150
    ]
    edges = (min(x for x, _ in yellow), min(y for _, y in yellow), max(x for x, _ in yellow), max(y for _, y in yellow))
    assert edges == pytest.approx((box.x0, box.y0, box.x1, box.y1), abs=2)


def test_what_cannot_be_copied_stands_in_the_list_with_the_reason(pack: Paper, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("note", encoding="utf-8")
    gone = tmp_path / "gone.pdf"
    gone.write_bytes(b"%PDF-1.4 gone")
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.4 not really")
    papers = (paper(note, "text"), paper(gone), paper(damaged), pack)
    gone.unlink()
    made = pypdf.PdfReader(io.BytesIO(bundled(answered(*papers, words="sheet number 2"), fetched)))
    said = " ".join(made.pages[0].extract_text().split())
    assert [
        reason in said
        for reason in (
            "the paper is not a PDF",
            "the PDF is no longer where it was indexed",
            "the page cannot be copied",
        )
    ] == [True, True, True]
    assert (len(made.pages), "Page 2 of this file" in said) == (2, True)


def test_a_page_cited_twice_stands_in_the_bundle_once(pack: Paper) -> None:
    made = pypdf.PdfReader(io.BytesIO(bundled(answered(pack, pack, words="sheet number 2"), fetched)))
    assert len(made.pages) == 2
