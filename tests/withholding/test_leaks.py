"""Exempt papers of every kind are planted, and their words looked for in everything that the product writes or says."""

from __future__ import annotations

import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from reportlab.pdfgen.canvas import Canvas
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from benchmarks.lives import contents
from indexer.__main__ import main
from indexer.archive import Archive, backup
from indexer.records import Filters
from indexer.upkeep import desk, rulings
from search.collections import Collection, Piece
from search.engine import Engine
from search.history import actions, matters
from search.history.thread import thread
from search.history.timeline import timeline
from search.meetings import calendar, meeting
from search.people import profile
from search.saved import Store
from search.views import opened
from search.views.api import files, json_routes
from search.views.exports import bundle, collected
from search.views.exports import word as word_files
from search.views.feeds import feed_routes
from search.views.guard.requests import Rate
from search.views.render import briefing, card, events, leaf, meetings, people, register, steps, tables, undertakings
from tests.conftest import ROOT
from tests.makers import pdf_maker
from tests.makers.index_maker import TinyEncoder, minutes, put, run

MOTION = "RESOLVED: That the press and public be excluded as exempt information under paragraph 3 would be disclosed."
TERMS = "The offer of {} for the depot was the highest that the Board had and it was taken without delay."


def word(plant: str) -> str:
    """The word that only this plant holds."""
    return f"zq{plant.replace('_', '')}holdings"


def text(plant: str) -> str:
    return TERMS.format(word(plant))


def print_pdf(folder: Path, plant: str, mark: Callable[[Canvas], None], title: str = "") -> None:
    def body(canvas: Canvas) -> None:
        canvas.setTitle(title or "Depot")
        pdf_maker.text(canvas, ["Disposal of the depot", text(plant)[:60], text(plant)[60:]], top=160)
        mark(canvas)

    pdf_maker.write(folder / f"{plant}.pdf", body, body, body)


def stamped(folder: Path, plant: str) -> None:
    """A typed note over the page, which is no part of its text."""
    print_pdf(folder, plant, lambda _: None)
    writer = PdfWriter(clone_from=folder / f"{plant}.pdf")
    writer.add_annotation(1, FreeText(text="CONFIDENTIAL", rect=(50, 550, 200, 650)))
    writer.write(folder / f"{plant}.pdf")


def word_paper(folder: Path, plant: str, mark: Callable[[docx.document.Document], None]) -> None:
    opened = docx.Document()
    opened.add_heading("Disposal of the depot", 1)
    opened.add_paragraph(text(plant))
    mark(opened)
    opened.save(str(folder / f"{plant}.docx"))


def footed(opened: docx.document.Document) -> None:
    opened.sections[0].footer.paragraphs[0].text = "Not for publication"


def watermarked(opened: docx.document.Document) -> None:
    header = opened.sections[0].header
    header.is_linked_to_previous = False
    names = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
    shape = f'<w:r {names}><w:pict><v:shape><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r>'
    header.paragraphs[0]._p.append(parse_xml(shape))


def keyword(opened: docx.document.Document) -> None:
    opened.core_properties.keywords = "Exempt"


def plant_everything(folder: Path) -> list[str]:
    """Write a paper for each sign; return what each is called."""
    plain = "# Depot\n\n{}\n"
    put(
        folder,
        **{
            "Exempt_Appendix_name": plain.format(text("name")),
            "Part_II__folder": plain.format(text("folder")),
            "sidecar": plain.format(text("sidecar")),
            "head": f"NOT FOR PUBLICATION\n\n{plain.format(text('head'))}",
            "act": f"{plain.format(text('act'))}\nThis report is exempt by virtue of paragraph 3 of Schedule 12A.\n",
            "Exempt_Minutes_present": minutes("the weir", 12).replace("A. Pike", f"A. {word('present').capitalize()}"),
            "part": f"{minutes('the pier')}\n## 13. Exclusion\n\n{MOTION}\n\n## EXEMPT MINUTES\n\n{text('part')}\n",
        },
    )
    (folder / "papers.csv").write_text("path,exempt\nsidecar.md,yes\n", encoding="utf-8")
    print_pdf(folder, "title", lambda _: None, "Confidential: depot")
    print_pdf(folder, "foot", lambda canvas: pdf_maker.text(canvas, ["RESTRICTED"], top=820))
    stamped(folder, "stamp")
    word_paper(folder, "wordfoot", footed)
    word_paper(folder, "watermark", watermarked)
    word_paper(folder, "keyword", keyword)
    web = f"<html><body><h1>Depot</h1><p>{text('web')}</p><footer>Not for publication</footer></body></html>"
    (folder / "web.html").write_text(web, encoding="utf-8")
    signs = ["name", "present", "folder", "sidecar", "head", "act", "part", "title", "foot", "stamp"]
    return [*signs, "wordfoot", "watermark", "keyword", "web"]


def files_with(folder: Path, words: list[str]) -> dict[str, list[str]]:
    """Which words any file below ``folder`` holds, in whatever case, in UTF-8 or UTF-16."""
    found = {}
    for name, data in contents(folder):
        raw = data.lower()
        held = [one for one in words if one.encode() in raw or one.encode("utf-16-le") in raw]
        found |= {name: held} if held else {}
    return found


def places_of(held: Archive) -> list[tuple[str, dict[str, str]]]:
    """The addresses of every meeting, board and person of an archive, as the pages and the server take them."""
    found: list[tuple[str, dict[str, str]]] = []
    for (authority, board), days in calendar.held(held.papers(), held.decisions()).items():
        body = {"authority": authority, "board": board}
        found += [("body", body), *(("meeting", {**body, "date": str(day)}) for day in days if day)]
    people = profile.everybody(held)
    return [*found, *(("person", {"authority": one.authority, "name": one.name}) for one in people)]


def in_word(document: bytes) -> str:
    """Every part of a Word file, as the XML that it is."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def kept(held: Archive) -> list[bytes]:
    """What the pages of decisions, actions, meetings and people give as files."""
    out = [tables.csv_of(list(map(register.decision_row, tables.matching(held.decisions()))))]
    out.append(tables.csv_of(undertakings.rows(actions.actions(held, Filters()))))
    for (authority, board), days in calendar.held(held.papers(), held.decisions()).items():
        sheets = (meeting.sheet(held, (authority, board), day) for day in days)
        out += [tables.csv_of(meetings.rows(one)) for one in sheets if one]
    every = profile.everybody(held)
    return [*out, *(tables.csv_of(people.rows(profile.profile(held, every, one))) for one in every)]


def briefings(held: Archive, engine: Engine, topic: str) -> Iterator[str]:
    """The Word files of a timeline, of every thread, and of a collection of all that a question finds."""
    yield in_word(word_files.word(events.briefing(timeline(engine, topic))))
    for row in held.decisions():
        yield in_word(word_files.word(steps.briefing(thread(held, matters.decision_handle(row)))))
    hits = engine.ask(topic).hits
    pieces = tuple(Piece(hit.stored.paper.id, "minute", leaf.spans_text(hit.cited)) for hit in hits)
    quoted = collected.held(held, Collection("", topic, pieces))
    yield in_word(word_files.word(collected.briefing(topic, quoted)))


def said(archive: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Everything that commands, the API, files and exports say, when they are asked for these very words."""
    for command in (["status"], ["status", "--json"], ["review"], ["review", "--json"], ["check"]):
        main([*command, "--archive", str(archive)])
    printed = capsys.readouterr()
    out = [printed.out, printed.err, desk.status_json(archive), rulings.review_text(archive)]
    encoder = TinyEncoder()
    with Archive.open(archive, encoder.identity) as held:
        engine = Engine(held, encoder)
        library = json_routes.Handles(lambda: held, lambda: engine)
        routes = [*json_routes.routes(library, Rate(9_999, 9_999)), files.route(lambda: held)]
        client = TestClient(Starlette(routes=routes))
        for one in words:
            # The question comes back with every answer, so it is not asked for by its own word in one piece.
            answered = engine.ask(f"What was the offer of {one[:4]} {one[4:]} for the depot?", limit=100)
            made = briefing.briefing(answered, held.page, card.card(answered))
            pages = PdfReader(io.BytesIO(bundle.bundle("x", bundle.sheets(answered), held.page, held.keeps_back))).pages
            out += [
                json.dumps(answered.to_json()),
                briefing.markdown(made),
                in_word(word_files.word(made)),
                *(page.extract_text() for page in pages),
            ]
        for entry in held.ledger():
            for number in range(1, 4):
                out.append(client.get(f"/api/papers/{entry.paper_id}/pages/{number}").text)
            if entry.status != "indexed":
                refused = client.get(f"/files/{entry.paper_id}")
                out.append(refused.text)
                assert refused.status_code == 404
        out += [client.get(f"/api/{what}").text for what in ("decisions", "actions", "people")]
        out += [client.get(f"/api/{what}", params=place).text for what, place in places_of(held)]
        desk_ = feed_routes.Desk(lambda: held, lambda: engine, lambda: Store(archive.parent / "saved.sqlite"))
        feeds = TestClient(Starlette(routes=feed_routes.routes(desk_, Rate(9_999, 9_999))))
        out += [feeds.get(f"/feeds/{what}").text for what in ("decisions", "actions")]
        out += [text.decode() for text in kept(held)]
        out += briefings(held, engine, "lease of the depot and the quay")
    return "\n".join(out).casefold()


def shown(archive: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the app's pages say of the whole archive."""
    own = sys.modules["__main__"]
    with Archive.open(archive) as held:
        monkeypatch.setattr(opened, "archive", lambda: held)
        monkeypatch.setattr(opened, "engine", lambda: Engine(held, TinyEncoder()))
        app = AppTest.from_file(str(ROOT / "search" / "views" / "pages" / "frame.py"), default_timeout=30).run()
        out = []
        every: list[tuple[str, dict[str, str]]] = [
            (page, {}) for page in ("coverage", "papers", "decisions", "actions", "people")
        ]
        for page, query in [*every, *places_of(held)]:
            for name in list(app.query_params):
                del app.query_params[name]
            for name, value in query.items():
                app.query_params[name] = value
            app.switch_page(f"{page.replace('person', 'people')}.py").run()
            assert not app.exception
            out += [*(one.body for one in app.get("html")), *(str(one.value) for one in app.markdown)]
    # The app puts its own module in the place of this; reading processes start from it.
    sys.modules["__main__"] = own
    return "\n".join(out).casefold()


def kept_in_backup(archive: Path, target: Path, words: list[str]) -> list[str]:
    backup(archive, target)
    with tarfile.open(target) as tar:
        raw = b"".join(file.read() for member in tar if (file := tar.extractfile(member)))
    return [one for one in words if one.encode() in raw.lower()]


def test_no_word_of_an_exempt_paper_is_in_any_file_or_answer_before_and_after_a_changed_mind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    papers, archive = tmp_path / "papers", tmp_path / "archive"
    put(papers, quay=minutes("the quay", 11), public=f"# Depot\n\n{text('public')}\n")
    planted = [word(sign) for sign in plant_everything(papers)]
    assert len({*planted}) == 14
    run(archive)
    with Archive.open(archive) as held:
        entries = {Path(entry.path).stem: entry for entry in held.ledger()}
    outcome = {name: entry.status for name, entry in entries.items()}
    assert {name for name, status in outcome.items() if status == "indexed"} == {"quay", "public"}
    assert {name for name, status in outcome.items() if status == "partly read"} == {"part"}
    assert set(outcome.values()) == {"indexed", "partly read", "withheld"}
    assert files_with(archive, planted) == {}
    assert files_with(tmp_path / "temporary", planted) == {}
    assert kept_in_backup(archive, tmp_path / "kept.tar", planted) == []
    told = said(archive, planted, capsys)
    assert [one for one in planted if one in told] == []
    drawn = shown(archive, monkeypatch)
    assert "the quay" in drawn
    assert [one for one in planted if one in drawn] == []
    # The motion that closed the meeting, and what is public, are found.
    assert "press and public be excluded" in told
    assert word("public") in told
    assert files_with(archive, [word("public")]) != {}
    # A person changes a mind about four papers, once each way.
    planted.append(word("public"))
    rulings.withhold(archive, "papers/public.md", "names a bidder")
    rulings.release(archive, "papers/head.md", "published since")
    rulings.release(archive, "papers/part.md", "published since")
    run(archive)
    assert files_with(archive, [word("head"), word("part")]) != {}
    rulings.withhold(archive, "papers/head.md", "not published after all")
    rulings.withdraw(archive, "papers/part.md", "court order")
    run(archive)
    assert files_with(archive, planted) == {}
    told = said(archive, planted, capsys)
    assert [one for one in planted if one in told] == []
    assert kept_in_backup(archive, tmp_path / "later.tar", planted) == []


def test_no_path_of_the_server_is_in_any_page_answer_or_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    papers, archive = tmp_path / "papers", tmp_path / "archive"
    put(papers, quay=minutes("the quay", 11), board__pier=minutes("the pier", 4))
    monkeypatch.chdir("/")
    run(archive, str(papers))
    capsys.readouterr()
    told = said(archive, ["quayside"], capsys).replace(str(archive).casefold(), "")
    drawn = shown(archive, monkeypatch)
    assert "papers/board/pier.md" in told
    assert "the quay" in drawn
    assert str(tmp_path).casefold() not in told
    assert str(tmp_path).casefold() not in drawn


def test_a_part_that_is_found_exempt_only_later_leaves_no_byte_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    archive = tmp_path / "archive"
    open_part = f"{minutes('the pier')}\n## 13. Exclusion\n\n{MOTION}\n\n## 14. Lease\n\n{text('part')}\n"
    put(tmp_path / "papers", pier=open_part, quay=minutes("the quay"))
    run(archive)
    assert files_with(archive, [word("part")]) != {}
    put(tmp_path / "papers", pier=open_part.replace("14. Lease", "14. Lease (exempt)"))
    run(archive)
    assert files_with(archive, [word("part")]) == {}
    with Archive.open(archive) as held:
        assert held.check() == []
        (paper,) = [paper for paper in held.papers() if paper.path.endswith("pier.md")]
        assert "public be excluded" in "".join(held.page_texts(paper.id).values())


@pytest.mark.ocr
def test_a_running_line_of_a_scan_withholds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    from indexer.readers.pdf import sheets

    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").mkdir()
    print_pdf(tmp_path, "scan", lambda canvas: pdf_maker.text(canvas, ["NOT FOR PUBLICATION"], top=810))
    pictures = [Image.open(io.BytesIO(sheets.image(tmp_path / "scan.pdf", n, 200 / 72))).convert("L") for n in (1, 2)]

    def bind(picture: Image.Image) -> Callable[[Canvas], None]:
        return lambda canvas: canvas.drawInlineImage(picture, 0, 0, pdf_maker.WIDTH, pdf_maker.HEIGHT)

    pdf_maker.write(tmp_path / "papers" / "scan.pdf", *map(bind, pictures))
    assert not PdfReader(tmp_path / "papers" / "scan.pdf").pages[0].extract_text()
    assert run(tmp_path / "archive").counts == {"withheld": 1}
    assert files_with(tmp_path / "archive", [word("scan")]) == {}
