"""Form fields, notes and stamps over a page are read as every reader sees them; attachments are told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypdf
import pytest
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from indexer import readers
from indexer.records import Document
from tests.makers.pdf_maker import HEIGHT, text, write


def form(canvas: Canvas) -> None:
    text(canvas, ["RECORD OF DECISION", "Subject", "Decision", "Key decision"], step=40)
    fields = canvas.acroForm
    fields.textfield(name="subject", value="Ferry to the skerry", x=160, y=HEIGHT - 166, width=300, height=18)
    lines = "That the fare be £4\nfrom May."
    fields.textfield(name="decision", value=lines, x=160, y=HEIGHT - 220, width=300, height=36, fieldFlags="multiline")
    fields.checkbox(name="key", checked=True, x=160, y=HEIGHT - 246, size=14)


def changed(path: Path, change: Callable[[pypdf.PdfWriter], None]) -> Path:
    writer = pypdf.PdfWriter(clone_from=path)
    change(writer)
    other = path.with_name("changed.pdf")
    writer.write(other)
    return other


def widgets(writer: pypdf.PdfWriter) -> list[DictionaryObject]:
    return [note.get_object() for note in writer.pages[0]["/Annots"]]


def lines(document: Document) -> list[str]:
    return document.pages[0].text.split("\n")


def bare(writer: pypdf.PdfWriter) -> None:
    """Take away what the fields look like: a reader draws them from their values."""
    writer.root_object["/AcroForm"][NameObject("/NeedAppearances")] = BooleanObject(True)
    for widget in widgets(writer)[:2]:
        del widget["/AP"]


def handed_down(writer: pypdf.PdfWriter) -> None:
    """Move the first field's value to a parent, as forms with several views of one field have it."""
    bare(writer)
    widget = widgets(writer)[0]
    parent = DictionaryObject({NameObject(name): widget[name] for name in ("/T", "/V", "/FT")})
    for name in ("/T", "/V", "/FT"):
        del widget[name]
    widget[NameObject("/Parent")] = writer._add_object(parent)


@pytest.mark.parametrize("change", [lambda writer: None, bare, handed_down])
def test_what_was_filled_into_a_form_is_read_beside_its_labels(
    tmp_path: Path, change: Callable[[pypdf.PdfWriter], None]
) -> None:
    said = lines(readers.read(changed(write(tmp_path / "form.pdf", form), change)))
    assert said[:2] == ["RECORD OF DECISION", "Subject\tFerry to the skerry"]
    assert " ".join(said[2:]).replace("\t", " ").startswith("Decision That the fare be £4 from May.")


def test_hidden_and_secret_fields_are_not_read(tmp_path: Path) -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        bare(writer)
        first, second, *_ = widgets(writer)
        first[NameObject("/F")] = NumberObject(2)
        second[NameObject("/Ff")] = NumberObject(1 << 13)

    said = " ".join(lines(readers.read(changed(write(tmp_path / "form.pdf", form), change))))
    assert "skerry" not in said
    assert "fare" not in said


def noted(writer: pypdf.PdfWriter, kind: str, **more: object) -> None:
    note = FreeText(text="Amended: a fare of £5", rect=(72, 500, 400, 520))
    note[NameObject("/Subtype")] = NameObject(kind)
    for name, value in more.items():
        note[NameObject(f"/{name}")] = value
    writer.add_annotation(0, note)


def page(canvas: Canvas) -> None:
    text(canvas, ["RESOLVED: That the fare be £4."])


def test_a_note_typed_over_a_page_is_part_of_it_and_a_comment_is_not(tmp_path: Path) -> None:
    paper = write(tmp_path / "paper.pdf", page)
    for kind, seen in (("/FreeText", True), ("/Text", False)):
        said = lines(readers.read(changed(paper, lambda writer, kind=kind: noted(writer, kind))))
        assert said == ["RESOLVED: That the fare be £4.", *(["Amended: a fare of £5"] if seen else [])]


def test_a_note_that_has_only_rich_text_reads_as_its_words(tmp_path: Path) -> None:
    rich = TextStringObject('<?xml version="1.0"?><body><p>A fare of <b>£5</b> &amp; no less</p></body>')
    noting = partial(noted, kind="/FreeText", RC=rich, Contents=TextStringObject(""))
    said = lines(readers.read(changed(write(tmp_path / "paper.pdf", page), noting)))
    assert said == ["RESOLVED: That the fare be £4.", "A fare of £5 & no less"]


def test_a_stamp_reads_as_it_is_drawn_and_a_hidden_note_does_not(tmp_path: Path) -> None:
    def stamped(writer: pypdf.PdfWriter) -> None:
        drawn = pypdf.generic.StreamObject()
        drawn.set_data(b"BT /F1 12 Tf 72 505 Td (APPROVED 9 April) Tj ET")
        font = DictionaryObject(
            {
                NameObject(f"/{k}"): NameObject(f"/{v}")
                for k, v in (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica"))
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        drawn.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject([NumberObject(n) for n in (72, 500, 400, 520)]),
                NameObject("/Resources"): DictionaryObject({NameObject("/Font"): fonts}),
            }
        )
        looks = DictionaryObject({NameObject("/N"): writer._add_object(drawn)})
        noted(writer, "/Stamp", AP=looks, Contents=TextStringObject("by the clerk"))
        noted(writer, "/FreeText", F=NumberObject(2))

    said = lines(readers.read(changed(write(tmp_path / "paper.pdf", page), stamped)))
    assert said == ["RESOLVED: That the fare be £4.", "APPROVED 9 April"]


def test_attached_files_are_named_as_not_read(tmp_path: Path) -> None:
    def attach(writer: pypdf.PdfWriter) -> None:
        for name in ("Appendix A.pdf", "Appendix B.pdf", "C.xlsx", "D.xlsx"):
            writer.add_attachment(name, b"%PDF-1.4")

    document = readers.read(changed(write(tmp_path / "pack.pdf", page), attach))
    assert [(fault.page, fault.reason) for fault in document.faults] == [
        (0, 'attached files are not read: "Appendix A.pdf", "Appendix B.pdf", "C.xlsx" and 1 more')
    ]
    assert "Appendix B.pdf" in document.margins


def test_a_file_in_the_list_of_its_page_alone_is_named_as_not_read(tmp_path: Path) -> None:
    def listed(writer: pypdf.PdfWriter) -> None:
        held = DictionaryObject({NameObject("/F"): writer._add_object(StreamObject())})
        about = {"/Type": NameObject("/Filespec"), "/UF": TextStringObject("Appendix D.xlsx"), "/EF": held}
        file = writer._add_object(DictionaryObject({NameObject(key): value for key, value in about.items()}))
        beside = DictionaryObject({NameObject("/UF"): TextStringObject("lies elsewhere.xlsx")})
        writer.pages[0][NameObject("/AF")] = ArrayObject([file, beside])

    document = readers.read(changed(write(tmp_path / "pack.pdf", page), listed))
    assert [fault.reason for fault in document.faults] == ['attached files are not read: "Appendix D.xlsx"']
    assert "Appendix D.xlsx" in document.margins


def test_a_file_pinned_to_a_page_is_named_as_not_read(tmp_path: Path) -> None:
    def pin(writer: pypdf.PdfWriter) -> None:
        noted(writer, "/FileAttachment", Contents=TextStringObject("Appendix C"))

    document = readers.read(changed(write(tmp_path / "pack.pdf", page), pin))
    assert [fault.reason for fault in document.faults] == ['attached files are not read: "Appendix C"']
    assert lines(document) == ["RESOLVED: That the fare be £4."]
