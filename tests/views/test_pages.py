"""Timeline, Precedents and threads, run without a browser over an archive whose papers try to be interpreted."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from indexer.archive import Archive
from indexer.errors import ArchiveMismatch, ArchiveMissing, ModelError
from indexer.records import Filters
from search.engine import Engine
from search.history import draft, matters
from search.history.precedents import similar
from search.history.thread import thread
from search.history.timeline import timeline
from search.views import opened
from search.views.exports import word
from search.views.render import briefing, events, precedents, steps, tables
from tests.conftest import ROOT
from tests.makers.matters_maker import archive, meeting, minutes, report

FRAME = ROOT / "search" / "views" / "pages" / "frame.py"
HOSTILE = "RESOLVED that :red[ferry] <b>fares</b> rise by $5 and $6 ![x](http://198.51.100.1/x.png)."
PURPOSE = "To agree <i>new</i> ferry fares across the :red[Teazel] estuary from next April."
ASKED = "That ferry <u>fares</u> rise by five per cent."
DRAFT = "We propose new ferry fares across the Teazel estuary from April."
APRIL, JULY = meeting("2014-04-22"), meeting("2016-07-09")


@pytest.fixture(scope="module")
def opened_archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, Engine]:
    folder = tmp_path_factory.mktemp("pages") / "archive"
    library, encoder = archive(
        folder,
        minutes("<i>april.pdf", APRIL, [("46", "Ferry fares", HOSTILE)]),
        report(
            "july.pdf", "Ferry fares", JULY, purpose=PURPOSE, asked="That ferry <u>fares</u> rise by five per cent."
        ),
        minutes("minutes.pdf", JULY, [("61", "Ferry fares", "RESOLVED that *ferry* fares stay.")]),
    )
    return library, Engine(library, encoder)  # type: ignore[arg-type]


@pytest.fixture
def app(opened_archive: tuple[Archive, Engine], monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(opened, "archive", lambda: opened_archive[0])
    monkeypatch.setattr(opened, "engine", lambda: opened_archive[1])
    return AppTest.from_file(str(FRAME), default_timeout=30).run()


def opened_at(app: AppTest, page: str, **query: str) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(page).run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(one.body for one in app.get("html"))


def words(app: AppTest) -> str:
    return html(app) + "\n".join(str(one.value) for one in app.markdown)


def handle(library: Archive, text: str) -> str:
    return next(matters.decision_handle(one) for one in library.decisions() if text in one.decision.text)


def test_a_topic_has_a_chart_and_the_same_as_a_list(app: AppTest) -> None:
    opened_at(app, "timeline.py", q="ferry fares")
    assert app.success[0].value == "2 decisions and 1 report or discussion, 2014 to 2016, the oldest first."
    said = html(app)
    assert "<caption>Items by board and year</caption>" in said
    row = said.split('<th scope="row">Cabinet (Ashshire County Council)</th>')[1].split("</tr>")[0]
    assert [cell.split("</span>")[0] for cell in row.split('class="heard">')[1:]] == [
        "1 decision",
        "none",
        "1 decision, 1 report or discussion",
    ]
    assert said.index('<h2 class="year">2014</h2>') < said.index('<h2 class="year">2016</h2>')
    assert "Show it on its page" in said


def test_the_address_of_a_timeline_opens_it_and_the_form_writes_it(app: AppTest) -> None:
    opened_at(app, "timeline.py")
    app.text_input(key="question").set_value("ferry fares")
    app.multiselect(key="boards").select("Cabinet")
    app.form_submit_button[0].click().run()
    assert dict(app.query_params) == {"q": "ferry fares", "board": "Cabinet"}
    assert len(app.success) == 1


def test_a_topic_without_papers_says_what_to_try(app: AppTest) -> None:
    opened_at(app, "timeline.py", q="airport runway")
    assert "Nothing was found on this topic" in app.info[0].value
    assert "(coverage)" in words(app)


def test_words_of_papers_are_never_interpreted_on_these_pages(
    app: AppTest, opened_archive: tuple[Archive, Engine]
) -> None:
    for page, query in (
        ("timeline.py", {"q": "ferry fares"}),
        ("precedents.py", {"q": DRAFT}),
        ("decisions.py", {"q": "", "thread": handle(opened_archive[0], ":red[ferry]")}),
    ):
        said = html(opened_at(app, page, **query))
        assert "<b>fares" not in said
        assert "<i>" not in said
        assert "<u>" not in said
        assert not any(":red[ferry]" in str(one.value) for one in app.markdown)
    assert ":red[ferry] &lt;b&gt;fares&lt;/b&gt; rise by $5 and $6 ![x](http://198.51.100.1/x.png)." in said


def test_a_pasted_draft_finds_the_report_what_it_asked_and_what_was_resolved(app: AppTest) -> None:
    opened_at(app, "precedents.py")
    app.text_area(key="question").set_value(DRAFT)
    app.form_submit_button[0].click().run()
    assert app.success[0].value == "1 earlier report found, the best match first."
    assert app.query_params["q"] == DRAFT
    said = html(app)
    assert "To agree &lt;i&gt;new&lt;/i&gt; ferry fares" in said
    assert "That ferry &lt;u&gt;fares&lt;/u&gt; rise by five per cent." in said
    assert "RESOLVED that *ferry* fares stay." in said


def test_a_long_text_and_a_file_are_no_part_of_the_address(app: AppTest) -> None:
    opened_at(app, "precedents.py")
    app.text_area(key="question").set_value(f"{DRAFT} " * 40)
    app.form_submit_button[0].click().run()
    assert not app.exception
    assert "q" not in app.query_params
    assert len(app.success) == 1
    app.text_area(key="question").set_value("")
    app.file_uploader(key="draft-file").set_value(("draft.txt", DRAFT.encode(), "text/plain"))
    app.form_submit_button[0].click().run()
    assert not app.exception
    assert "q" not in app.query_params
    assert "Teazel estuary from April" in html(app)
    assert app.success[0].value == "1 earlier report found, the best match first."


def test_a_draft_that_is_sent_changes_nothing_in_the_archive(
    app: AppTest, opened_archive: tuple[Archive, Engine]
) -> None:
    folder = opened_archive[0].folder

    def stored() -> dict[str, bytes]:
        # Readers of a database leave their marks in these two; neither holds words.
        files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal")))
        return {str(path): path.read_bytes() for path in files}

    before = stored()
    opened_at(app, "precedents.py")
    app.file_uploader(key="draft-file").set_value(("draft.txt", f"{DRAFT} Xylographer.".encode(), "text/plain"))
    app.form_submit_button[0].click().run()
    assert len(app.success) == 1
    assert stored() == before
    assert not any(b"Xylographer" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_draft_that_cannot_be_read_says_why(app: AppTest) -> None:
    opened_at(app, "precedents.py")
    app.file_uploader(key="draft-file").set_value(("draft.pdf", b"%PDF-1.7 broken", "application/pdf"))
    app.form_submit_button[0].click().run()
    assert not app.exception
    assert "The file cannot be read" in app.warning[0].value


def test_a_draft_like_nothing_says_so(app: AppTest) -> None:
    opened_at(app, "precedents.py", q="Medieval tea ceremonies of Japan, a history in twelve volumes.")
    assert "No earlier report on this matter was found" in app.info[0].value


def test_an_empty_list_says_whether_the_papers_hold_none_or_only_none_that_is_asked_for(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, _ = archive(tmp_path / "archive", report("other.pdf", "Roads", meeting("2015-01-02"), purpose="Of roads."))
    monkeypatch.setattr(opened, "archive", lambda: library)
    for name, what in (("actions.py", "action"), ("decisions.py", "decision")):
        opened_at(app, name)
        assert app.info[0].value == f"No {what} was found in these papers."
    opened_at(app, "actions.py", q="roads")
    assert app.info[0].value == "No action matches. Try other words, a wider span of dates, or fewer filters."


def test_the_register_leads_to_threads_and_has_a_chart_by_year(
    app: AppTest, opened_archive: tuple[Archive, Engine]
) -> None:
    opened_at(app, "decisions.py")
    said = html(app)
    assert f'<a href="decisions?thread={handle(opened_archive[0], ":red[ferry]").replace(":", "%3A")}">' in said
    assert "<caption>Decisions by year of the meeting</caption>" in said
    assert '<a href="decisions?from=2014-01-01&amp;to=2014-12-31">2014</a>' in said
    assert '<th scope="row">2015</th>' not in said


def test_a_thread_shows_each_step_with_its_reason_and_leads_on(
    app: AppTest, opened_archive: tuple[Archive, Engine]
) -> None:
    opened_at(app, "decisions.py", thread=handle(opened_archive[0], "*ferry*"))
    assert [said.value for said in app.info] == ["2 linked decisions and recommendations found."]
    said = html(app)
    assert "This is what you asked for." in said
    assert "Why it is here: same item title." in said
    assert "Follow it from here" in said


@pytest.mark.parametrize("name", ["0000000000000000:d1", "nonsense", "<b>"])
def test_a_thread_that_is_not_there_says_so_and_shows_the_register(app: AppTest, name: str) -> None:
    opened_at(app, "decisions.py", thread=name)
    assert "not in the archive" in app.warning[0].value
    assert len(app.success) == 1


COUNCIL, BOARD = "Ashshire County Council", "Cabinet"


def test_papers_are_browsed_from_authority_to_board_to_meeting(
    app: AppTest, opened_archive: tuple[Archive, Engine]
) -> None:
    opened_at(app, "papers.py")
    assert app.title[0].value == "Papers\\: Ashshire County Council"
    body = "authority=Ashshire+County+Council&amp;board=Cabinet"
    assert (
        f'<a href="body?{body}">Cabinet</a><span class="facts">2 meetings, 3 papers, 2 decisions, 2014 to 2016</span>'
        in html(app)
    )
    opened_at(app, "body.py", authority=COUNCIL, board=BOARD)
    said = html(app)
    assert said.index("<h3>2016</h3>") < said.index("<h3>2014</h3>")
    assert f'<li><a href="meeting?{body}&amp;date=2014-04-22">22 April 2014</a>: 1 paper, 1 decision</li>' in said
    opened_at(app, "meeting.py", authority=COUNCIL, board=BOARD, date="2014-04-22")
    assert app.title[0].value == "Cabinet\\, 22 April 2014"
    assert "<h2>Ferry fares</h2>" in html(app)


def test_the_minutes_of_a_meeting_are_found_in_the_pack_of_another(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = minutes("pack.pdf", APRIL, [("46", "Ferry fares", "RESOLVED so.")], printed=JULY)
    other = report("other.pdf", "Roads", meeting("2015-01-02", "Roads", "Oakshire Council"), purpose="Of the roads.")
    library, _ = archive(tmp_path / "archive", pack, other)
    monkeypatch.setattr(opened, "archive", lambda: library)
    opened_at(app, "papers.py")
    assert app.title[0].value == "Papers"
    assert 'Ashshire County Council</a><span class="facts">1 board, 1 paper, 1 decision</span>' in html(app)
    assert 'Oakshire Council</a><span class="facts">1 board, 1 paper</span>' in html(app)
    opened_at(app, "body.py", authority=COUNCIL, board=BOARD)
    assert "22 April 2014</a>: 1 decision, printed in another meeting’s papers</li>" in html(app)
    opened_at(app, "meeting.py", authority=COUNCIL, board=BOARD, date="2014-04-22")
    assert "Minute 46</a>, p. 1" in html(app)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"authority": "Moon :red[Council]"}, "no authority called “Moon \\:red\\[Council\\]”"),
        ({"paper": "0" * 64}, "unknown, withheld or withdrawn"),
    ],
)
def test_an_address_of_what_is_not_held_says_so_and_shows_what_is(
    app: AppTest, query: dict[str, str], said: str
) -> None:
    opened_at(app, "papers.py", **query)
    assert said in app.warning[0].value
    assert "<li><a href=" in html(app)


def test_a_search_inside_a_paper_finds_its_passages_only_and_marks_one(
    app: AppTest, opened_archive: tuple[Archive, Engine]
) -> None:
    paper = next(paper for paper in opened_archive[0].papers() if paper.path == "july.pdf")
    opened_at(app, "papers.py", paper=paper.id)
    app.text_input(key="find").set_value("ferry fares estuary")
    app.button[0].click().run()
    assert not app.exception
    assert app.query_params["find"] == "ferry fares estuary"
    said = html(app)
    assert said.count('<div class="passage"><p class="reference">') == 3
    assert "april" not in said
    assert f'<a href="papers?paper={paper.id}&amp;find=ferry+fares+estuary&amp;sheet=1&amp;passage=1">' in said
    app.query_params["passage"] = "1"
    app.run()
    assert "<mark>Purpose</mark>" in html(app)
    assert 'data-copy="Cabinet (Ashshire County Council), 9 July 2016, Ferry fares, p. 1"' in html(app)
    app.query_params["passage"] = "999999999"
    app.run()
    assert not app.exception
    assert "<mark>Purpose" not in html(app)


def test_a_search_inside_a_paper_without_a_model_says_so_and_shows_the_paper(
    app: AppTest, opened_archive: tuple[Archive, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Any:
        message = "weights missing"
        raise ModelError(message)

    monkeypatch.setattr(opened, "engine", fail)
    opened_at(app, "papers.py", paper=opened_archive[0].papers()[0].id, find="ferry")
    assert "language model cannot be loaded" in app.error[0].value
    assert [header.value for header in app.header] == ["Decisions", "Contents"]
    assert '<h2 id="leaf">The page</h2>' in html(app)


@pytest.mark.parametrize(
    ("query", "heading"), [({}, "Cabinet"), ({"meeting": "2014-04-22"}, "Cabinet\\, 22 April 2014")]
)
def test_addresses_of_boards_and_meetings_below_papers_still_lead_there(
    app: AppTest, query: dict[str, str], heading: str
) -> None:
    opened_at(app, "papers.py", authority=COUNCIL, board=BOARD, **query)
    assert [one.value for one in app.title] == [heading]


def test_coverage_shows_board_by_month_for_the_year_that_the_address_says(app: AppTest) -> None:
    opened_at(app, "coverage.py", year="2014")
    row = html(app).split("<caption>Meetings by board and month, 2014</caption>")[1].split("</table>")[0]
    cells = [cell.split("</span>")[0] for cell in row.split('class="heard">')[1:]]
    assert cells == ["none"] * 3 + ["1 meeting whose decisions are held"] + ["none"] * 8
    app.selectbox(key="year").select(2016).run()
    assert app.query_params["year"] == "2016"
    assert "Meetings by board and month, 2016" in html(app)


def test_timelines_precedents_and_threads_can_be_kept(opened_archive: tuple[Archive, Engine]) -> None:
    library, engine = opened_archive
    told = timeline(engine, "ferry fares")
    nearest = similar(library, engine.encoder, draft.chunks_of_text(DRAFT), Filters())
    followed = thread(library, handle(library, "*ferry*"))
    made: list[tuple[Any, Any, str]] = [
        (events.briefing(told), events.rows(told), "text"),
        (precedents.briefing(nearest), precedents.rows(nearest), "resolved"),
        (steps.briefing(followed), steps.rows(followed), "text"),
    ]
    for written, rows, column in made:
        markdown = briefing.markdown(written)
        assert "\\*ferry\\* fares stay" in markdown
        assert "[^1]: Cabinet (Ashshire County Council)" in markdown
        assert word.word(written)[:2] == b"PK"
        kept = list(csv.DictReader(io.StringIO(tables.csv_of(rows).decode("utf-8-sig"))))
        assert "RESOLVED that *ferry* fares stay." in [row[column] for row in kept]


@pytest.mark.parametrize("page", ["timeline.py", "precedents.py"])
@pytest.mark.parametrize(
    ("error", "said"),
    [(ArchiveMissing("no archive"), "There is no archive yet"), (ArchiveMismatch("made by A"), "another version")],
)
def test_an_archive_that_is_missing_or_of_another_model_says_what_to_do(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, page: str, error: Exception, said: str
) -> None:
    def fail() -> Any:
        raise error

    monkeypatch.setattr(opened, "engine", fail)
    opened_at(app, page, q=DRAFT)
    assert said in (app.warning or app.error)[0].value


def test_an_archive_that_is_made_anew_underneath_is_shown_as_it_is_now(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "archive"
    library, encoder = archive(folder, minutes("april.pdf", APRIL, [("46", "Ferry fares", "RESOLVED once.")]))
    engine = Engine(library, encoder)  # type: ignore[arg-type]
    monkeypatch.setattr(opened, "archive", lambda: library)
    monkeypatch.setattr(opened, "engine", lambda: engine)
    assert "RESOLVED once." in html(opened_at(app, "timeline.py", q="ferry fares"))
    shutil.rmtree(folder)
    archive(folder, minutes("july.pdf", JULY, [("61", "Ferry fares", "RESOLVED anew.")]))
    for page, query in (
        ("timeline.py", {"q": "ferry fares"}),
        ("decisions.py", {"q": ""}),
        ("papers.py", {}),
    ):
        said = html(opened_at(app, page, **query))
        assert "april.pdf" not in said
        assert "RESOLVED once." not in said
        assert "2016" in said


@pytest.mark.parametrize("page", ["timeline.py", "precedents.py"])
def test_an_empty_archive_says_how_to_fill_it(
    app: AppTest, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty, _ = archive(tmp_path / "archive")
    monkeypatch.setattr(opened, "archive", lambda: empty)
    opened_at(app, page)
    assert "archive is empty" in app.info[0].value
