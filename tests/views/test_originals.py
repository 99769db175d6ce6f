"""A file that holds more than its pages show is given out by no route and in no export; its pages' pictures are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PdfReadError
from reportlab.pdfgen.canvas import Canvas
from starlette.applications import Starlette
from starlette.testclient import TestClient

from indexer.archive import Archive
from indexer.upkeep import desk
from search.engine import Engine
from search.results import Answered
from search.saved import Store
from search.views import opened
from search.views.api import files, json_routes, leaves
from search.views.exports import bundle, word
from search.views.feeds import feed_routes
from search.views.guard.requests import Rate
from search.views.render import briefing, card
from tests.makers import pdf_maker
from tests.makers.index_maker import TinyEncoder, run
from tests.readers import test_beneath

HIDDEN = "Quillfeather"
SEEN = "RESOLVED: That the complaint about the ferry be settled for the sum that was asked."


def concealing(folder: Path) -> None:
    """A PDF with a name under a box, one with an attached file, a Word file with hidden words, a web page too."""

    def boxed(canvas: Canvas) -> None:
        pdf_maker.text(canvas, ["SALTMARSH DISTRICT COUNCIL", SEEN, f"The complainant was {HIDDEN} of Sprat Row."])
        canvas.rect(70, pdf_maker.HEIGHT - 150, 300, 14, fill=1)

    pdf_maker.write(
        folder / "boxed.pdf", boxed, lambda canvas: pdf_maker.text(canvas, ["The next sheet hides nothing."])
    )
    paper = docx.Document()
    paper.add_paragraph(SEEN.replace("ferry", "quay"))
    run_of = paper.add_paragraph("Words: ").add_run(HIDDEN)
    run_of.font.hidden, run_of.font.size = True, Pt(9)
    paper.save(str(folder / "typed.docx"))
    page = (
        f"<html><body><h1>Ferry</h1><p>{SEEN.replace('ferry', 'slip')}</p><p style='display:none'>{HIDDEN}</p></body>"
    )
    (folder / "page.html").write_text(page, encoding="utf-8")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    place = tmp_path_factory.mktemp("originals")
    (place / "papers").mkdir()
    concealing(place / "papers")
    run(place / "archive", str(place / "papers"))
    with Archive.open(place / "archive", TinyEncoder().identity) as archive, pytest.MonkeyPatch.context() as patched:
        patched.setattr(opened, "archive", lambda: archive)
        yield archive


def contents(data: bytes) -> Iterator[str]:
    """What bytes say, and what is packed in them as a PDF or a Word file."""
    yield data.decode("latin-1")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from (packed.read(name).decode("latin-1") for name in packed.namelist())
    if data.startswith(b"%PDF"):
        try:
            document = PdfReader(io.BytesIO(data))
            yield from (page.extract_text() for page in document.pages)
            yield from (
                stream.get_data().decode("latin-1") for page in document.pages if (stream := page.get_contents())
            )
        except PdfReadError:
            return


def asked(archive: Archive) -> tuple[Engine, Answered]:
    engine = Engine(archive, TinyEncoder())
    return engine, engine.ask("What was settled about the ferry, the quay and the slip?", limit=50)


def test_no_route_gives_out_a_file_that_conceals_words_or_the_words(held: Archive, tmp_path: Path) -> None:
    engine, _ = asked(held)
    rate = Rate(9_999, 9_999)
    desk_of = feed_routes.Desk(lambda: held, lambda: engine, lambda: Store(tmp_path / "saved.sqlite"))
    routes = [
        files.route(lambda: held),
        *leaves.routes(lambda: held),
        *json_routes.routes(json_routes.Handles(lambda: held, lambda: engine), rate),
        *feed_routes.routes(desk_of, rate),
    ]
    client = TestClient(Starlette(routes=routes), raise_server_exceptions=False)
    entries = held.ledger()
    assert sorted(Path(entry.path).name for entry in entries) == ["boxed.pdf", "page.html", "typed.docx"]
    for entry in entries:
        paper = held.paper(entry.paper_id)
        assert paper is not None
        assert files.present(paper)
        assert client.get(f"/files/{entry.paper_id}").status_code == 404
        assert f'href="files/{entry.paper_id}"' not in client.get(f"/files/{entry.paper_id}/leaf?sheet=1").text
        for route in routes:
            address = re.sub(r"\{number[^}]*\}", "1", route.path).replace("{paper_id}", entry.paper_id)
            for query in ("", "?q=Quillfeather&sheet=1&limit=50"):
                got = client.get(re.sub(r"\{[^}]*\}", "1", address) + query)
                # What was asked for comes back with the answer.
                said = [text.replace("q=Quillfeather", "") for text in contents(got.content)]
                assert (got.status_code == 200 and "question" in said[0]) or not any(HIDDEN in text for text in said), (
                    address
                )


def test_the_bundle_of_cited_pages_holds_pictures_of_such_a_file_in_their_size(held: Archive) -> None:
    _, answered = asked(held)
    made = bundle.bundle("Ferries", bundle.sheets(answered), held.page, held.keeps_back)
    assert not any(HIDDEN in text for text in contents(made))
    document = PdfReader(io.BytesIO(made))
    sheet = document.pages[-1]
    assert (sheet.mediabox.width, sheet.mediabox.height) == pytest.approx(pdf_maker.A4, abs=1)
    assert sheet.extract_text() == ""
    drawn = Image.open(io.BytesIO(sheet.images[0].data))
    assert drawn.width > 1100
    assert any(text for text in contents(made) if "Evidence for" in text)


def test_no_other_export_holds_the_words_and_the_ledger_says_why_the_file_is_not_offered(held: Archive) -> None:
    _, answered = asked(held)
    made = briefing.briefing(answered, held.page, card.card(answered))
    for data in (briefing.markdown(made).encode(), word.word(made), str(answered.to_json()).encode()):
        assert not any(HIDDEN in text for text in contents(data))
    assert desk.status_text(held.folder).count("its file is not given out; tell the publisher") == 3


@pytest.mark.ocr
def test_a_scan_with_a_box_over_a_name_is_shown_with_the_box_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    test_beneath.scanned(papers / "scan.pdf", test_beneath.black)
    run(tmp_path / "archive", str(papers))
    left, bottom, wide, high = test_beneath.BOX

    def covered(picture: Image.Image) -> bool:
        """Whether the middle of the box is black all over, whatever the picture's scale."""
        x, y = picture.width / pdf_maker.WIDTH, picture.height / pdf_maker.HEIGHT
        top = pdf_maker.HEIGHT - bottom - high
        box = ((left + 4) * x, (top + 4) * y, (left + wide - 4) * x, (top + high - 4) * y)
        return bool(picture.convert("L").crop(tuple(map(round, box))).getextrema()[1] < 60)

    with Archive.open(tmp_path / "archive", TinyEncoder().identity) as archive:
        monkeypatch.setattr(opened, "archive", lambda: archive)
        (entry,) = archive.ledger()
        (paper,) = archive.papers()
        page = archive.page(paper.id, 1)
        assert page is not None
        assert "complaint was made by" in page.text
        assert "Quillfeather" not in page.text
        assert (entry.status, entry.reason) == (
            "indexed",
            "1 sheet holds text that cannot be seen, so its file is not given out; tell the publisher",
        )
        client = TestClient(Starlette(routes=[files.route(lambda: archive), *leaves.routes(lambda: archive)]))
        assert client.get(f"/files/{paper.id}").status_code == 404
        assert f'href="files/{paper.id}' not in client.get(f"/files/{paper.id}/leaf?sheet=1").text
        assert covered(Image.open(io.BytesIO(client.get(f"/files/{paper.id}/sheets/1").content)))
        engine = Engine(archive, TinyEncoder())
        answered = engine.ask("Who made the complaint?", limit=5)
        made = bundle.bundle("Complaint", bundle.sheets(answered), archive.page, archive.keeps_back)
        images = [image for sheet in PdfReader(io.BytesIO(made)).pages for image in sheet.images]
        assert [covered(Image.open(io.BytesIO(image.data))) for image in images] == [True]
        brief = briefing.briefing(answered, archive.page, card.card(answered))
        for data in (briefing.markdown(brief).encode(), word.word(brief), str(answered.to_json()).encode()):
            assert not any("Quillfeather" in text for text in contents(data))
