"""The app's pages, run without a browser over a small archive in memory."""

from __future__ import annotations

import hashlib
import re
import tomllib
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from indexer.errors import ArchiveMismatch, ArchiveMissing, BadArguments, ModelError
from indexer.records import (
    ArchiveState,
    Decision,
    Facets,
    Filters,
    LedgerEntry,
    Meeting,
    Page,
    PageFault,
    Paper,
    Passage,
    Section,
    Span,
    StoredDecision,
    StoredPassage,
    Totals,
)
from search.contents import Contents
from search.question.follow_up import NOTHING, Earlier, FollowUp, resolve
from search.question.query import parse
from search.register.head import of_decision
from search.results import Answered, AnswerSentence, Hit, Place
from search.views import opened
from tests.conftest import ROOT

FRAME = ROOT / "search" / "views" / "pages" / "frame.py"
HOSTILE = "That :red[the fund] of $5 and $6 be <b>noted</b> ![x](http://198.51.100.1/x.png)."
TEXT = f"41. WINTER BEDS\n{HOSTILE}\nBeds\t12"
BOARDS = ("Health Board", "Cabinet")
DECIDED = Meeting("Ashshire Council", "Health Board", date(2016, 10, 19))
PRINTED = Meeting("Ashshire Council", "Health Board", date(2017, 2, 7))


@dataclass
class Library:
    """What the pages ask of an archive, held in memory."""

    the_paper: Paper
    papers_held: int = 1
    entries: list[LedgerEntry] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    followed: bool = False  # whether a later meeting took the decision's matter up

    def snapshot(self) -> AbstractContextManager[ArchiveState]:
        """Stay as it is."""
        return nullcontext(self.newest())

    def newest(self) -> ArchiveState:
        """Name its state."""
        return ArchiveState("app", 1 + self.followed)

    def totals(self) -> Totals:
        """Count what it holds."""
        return Totals(self.papers_held, 2, 3, 1, date(2016, 10, 19), date(2017, 2, 7))

    def facets(self, filters: Filters = Filters()) -> Facets:  # noqa: B008 - frozen
        """Count passages."""
        return Facets({"Ashshire Council": 3}, {"Health Board": 2, "Cabinet": 1}, {"resolution": 1}, {2016: 3})

    def page(self, paper_id: str, number: int) -> Page:
        """Fetch a page."""
        return Page(number, TEXT if number == 1 else "The next page.", label=str(number + 6), confidence=0.874)

    plain_page = page

    def faults(self, paper_id: str) -> tuple[PageFault, ...]:
        """Fetch what could not be read of it."""
        return ()

    def keeps_back(self, paper_id: str) -> bool:
        """Whether its file must not be given out."""
        return bool(self.closed)

    def papers(self) -> tuple[Paper, ...]:
        """Fetch all papers."""
        return (self.the_paper,) if self.papers_held else ()

    def sections(self, paper_id: str) -> tuple[Section, ...]:
        """Fetch a paper's sections."""
        return (Section(1, None, "item", "41", "WINTER <b>BEDS", DECIDED, (Span(1, 0, len(TEXT)),)),)

    def roots(self) -> dict[str, Path]:
        """Tell which folders were indexed."""
        return {}

    def noted(self) -> dict[str, str]:
        """Fetch when ledger entries changed."""
        return {"a/pack.pdf": "2026-03-04T05:06:07+00:00", "a/locked.pdf": "2026-01-01T00:00:00+00:00"}

    def definitions(self) -> list[tuple[str, str, int, int, int, int]]:
        """Fetch every place that defines an acronym."""
        return [("AHB", "Ashshire <b>Health Board", self.the_paper.key, 1, 4, 16), ("XY", "gone", 99, 1, 0, 1)]

    def paper(self, paper_id: str) -> Paper | None:
        """Fetch a paper."""
        return self.the_paper if paper_id == self.the_paper.id else None

    def decisions(self, filters: Filters = Filters(), *, merge: bool = True) -> list[StoredDecision]:  # noqa: B008 - frozen
        """Fetch the register."""
        spans = (Span(1, 16, 16 + len(HOSTILE)),)
        decision = Decision(1, 1, False, "noted", HOSTILE, spans, (), "41", "WINTER BEDS", DECIDED)
        rows = [StoredDecision(1, self.the_paper, decision, "confirmed", date(2017, 2, 7))]
        if self.followed:
            later = replace(decision, ordinal=2, section=2, meeting=PRINTED)
            rows.append(StoredDecision(2, self.the_paper, later, "draft", date(2017, 2, 7)))
        return [row for row in rows if not filters.boards or row.decision.meeting.board in filters.boards]

    def match_words(self, *_: object) -> list[object]:
        """Find no passage."""
        return []

    def passages(self, _: object) -> dict[int, StoredPassage]:
        """Fetch none."""
        return {}

    def ledger(self) -> list[LedgerEntry]:
        """Fetch the ledger."""
        return self.entries


class Engine:
    """Answers every question with the one passage, or as told."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.answered: Answered | None = None
        self.error: Exception | None = None
        self.asked: list[tuple[str, Filters]] = []

    def put(self, question: str, earlier: Earlier) -> FollowUp:
        """Put a question in full."""
        return resolve(question, earlier, lambda text: parse(text, boards=BOARDS), BOARDS)

    def ask(
        self, question: str, filters: Filters | None = None, limit: int = 10, earlier: Earlier = NOTHING
    ) -> Answered:
        """Answer."""
        self.asked.append((question, filters or Filters()))
        if self.error:
            raise self.error
        if self.answered:
            return self.answered
        contents = Contents(self.library)  # type: ignore[arg-type] - as much of a library as this takes
        head = of_decision(self.library.decisions()[0], self.library, contents)  # type: ignore[arg-type]
        put = self.put(question, earlier)
        told = replace(found(self.library.the_paper, put.question), head=head)
        return replace(told, follow_up=put) if put.carried else told

    def examples(self) -> tuple[str, ...]:
        """Give questions to begin with."""
        return ("What did the <b>Health Board decide about winter beds?",)


def found(paper: Paper, question: str) -> Answered:
    section = Section(1, None, "item", "41", "WINTER BEDS", DECIDED, (Span(1, 0, len(TEXT)),))
    spans = (Span(1, 16, 16 + len(HOSTILE)),)
    passage = Passage(1, 1, "resolution", spans, HOSTILE, ("WINTER BEDS",))
    start = HOSTILE.index("fund")
    reference = "Health Board (Ashshire Council), 19 October 2016, minute 41, pack of 7 February 2017, p. 7 (sheet 1)"
    hit = Hit(
        1,
        0.9,
        StoredPassage(1, paper, section, passage, "t"),
        "7",
        "41",
        "WINTER BEDS",
        reference,
        matched=((start, start + 4),),
        also_in=(Place(replace(paper, path="other/pack.pdf", title="Cabinet papers"), 4),),
    )
    return Answered(question, "answered", (hit, replace(hit, rank=2)), (AnswerSentence(HOSTILE, 1, 1),))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    file = tmp_path / "pack.pdf"
    file.write_bytes(b"%PDF-1.4 not really")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Library(Paper(digest, str(file), "pdf", True, "pack", "Agenda pack", PRINTED, 2))


@pytest.fixture
def engine(library: Library, monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine(library)
    monkeypatch.setattr(opened, "archive", lambda: library)
    monkeypatch.setattr(opened, "engine", lambda: made)
    return made


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(FRAME), default_timeout=20)


def words(app: AppTest) -> str:
    """Everything that the page says in our HTML and Markdown."""
    return "\n".join([*(one.body for one in app.get("html")), *(str(one.value) for one in app.markdown)])


def leaf(app: AppTest) -> str:
    """The page that is shown."""
    return next(one.body for one in app.get("html") if 'class="leaf"' in one.body)


def ask(app: AppTest, question: str) -> AppTest:
    app.run()
    app.text_input(key="question").set_value(question)
    app.form_submit_button[0].click().run()
    assert not app.exception
    return app


def test_a_question_gets_its_count_its_quotation_and_its_reference(app: AppTest, engine: Engine) -> None:
    ask(app, "What about winter beds?")
    assert [said.value for said in app.success] == ["2 passages found, 1 quotation in the answer."]
    assert re.findall(r"<h2[^>]*>([^<]*)<", words(app)) == ["Answer", "Passages", "The cited page"]
    assert "Noted by Health Board (Ashshire Council) on 19 October 2016" in words(app)
    assert engine.asked[-1] == ("What about winter beds?", Filters())
    assert 'minute 41, pack of 7 February 2017, p. 7 (sheet 1)">Copy reference' in leaf(app)


def test_the_words_of_a_paper_are_never_interpreted(app: AppTest, engine: Engine) -> None:
    ask(app, "fund")
    html = [one.body for one in app.get("html")]
    assert any("be &lt;b&gt;noted&lt;/b&gt; ![x](http://198.51.100.1/x.png)." in body for body in html)
    assert not any("<b>noted" in body for body in html)
    assert not any("red[the" in str(one.value) for one in app.markdown)
    assert any(":red[the <mark>fund</mark>] of $5" in body for body in html)


def test_the_view_is_in_the_address_and_the_address_opens_the_view(app: AppTest, engine: Engine) -> None:
    app.run()
    app.text_input(key="question").set_value("beds")
    app.form_submit_button[0].click().run()
    app.multiselect(key="boards").select("Health Board").run()
    assert dict(app.query_params) == {"q": "beds", "board": "Health Board"}
    app.query_params["passage"] = "2"
    mailed = AppTest.from_file(str(FRAME), default_timeout=20)
    for name, value in app.query_params.items():
        mailed.query_params[name] = value
    mailed.run()
    assert mailed.text_input(key="question").value == "beds"
    assert mailed.multiselect(key="boards").value == ["Health Board"]
    assert engine.asked[-1] == ("beds", Filters(boards=("Health Board",)))
    assert 'class="passage stop chosen" id="passage-2"' in words(mailed)
    assert 'href="?q=beds"><span class="heard">Remove the filter </span>Health Board' in words(mailed)


def test_a_follow_up_is_answered_in_full_and_what_it_carries_can_be_left_out(app: AppTest, engine: Engine) -> None:
    ask(app, "What did the Health Board decide about winter beds?")
    assert "after" not in app.query_params
    app.text_input(key="question").set_value("and who seconded it?")
    app.form_submit_button[0].click().run()
    assert not app.exception
    assert app.query_params["after"] == "What did the Health Board decide about winter beds?"
    assert "Taken as: Who seconded winter beds at the Health Board?" in words(app)
    (chips,) = [one.body for one in app.get("html") if "Added to the question" in one.body]
    assert "without=matter" in chips
    assert '<span class="heard">Leave out </span>Health Board' in chips


def test_filters_show_their_counts(app: AppTest, engine: Engine) -> None:
    app.run()
    assert app.multiselect(key="boards").options == ["Health Board (2)", "Cabinet (1)"]


def test_the_next_page_is_turned_to_and_marks_nothing_of_the_passage(app: AppTest, engine: Engine) -> None:
    app.query_params["q"], app.query_params["sheet"] = "beds", "2"
    app.run()
    assert "Page 8 (sheet 2 of 2)" in leaf(app)
    assert "<p>The next page.</p>" in leaf(app)
    assert '<span class="off" aria-disabled="true">Next page</span>' in leaf(app)


def test_not_found_says_so_and_shows_the_nearest_as_such(app: AppTest, engine: Engine) -> None:
    engine.answered = replace(found(engine.library.the_paper, "x"), status="not_found", answer=())
    ask(app, "the moon")
    assert app.info[0].value == (
        "Not found in these papers. The nearest 2 passages are below; none of them answers the question."
    )
    assert re.findall(r"<h2[^>]*>([^<]*)<", words(app)) == ["Nearest passages", "The cited page"]


def test_a_misspelt_question_is_asked_again_in_the_archives_spelling_by_a_link(app: AppTest, engine: Engine) -> None:
    engine.answered = replace(found(engine.library.the_paper, "beddes in winter"), suggested={"beddes": "beds"})
    ask(app, "beddes in winter")
    assert '<a class="chip" href="?q=beds+in+winter">Ask “beds in winter”</a>' in words(app)


def test_no_results_say_what_to_try(app: AppTest, engine: Engine) -> None:
    engine.answered = Answered("x", "not_found", ())
    ask(app, "the moon")
    assert [said.value for said in app.info] == ["Not found in these papers."]
    assert "Try other words" in words(app)


def test_a_deleted_pdf_shows_the_stored_text_and_offers_no_file(app: AppTest, engine: Engine) -> None:
    Path(engine.library.the_paper.path).unlink()
    ask(app, "beds")
    assert "The PDF is no longer where it was." in leaf(app)
    assert f'href="files/{engine.library.the_paper.id}' not in leaf(app)
    assert "<details open><summary>Text of this page</summary>" in leaf(app)
    assert "41. WINTER BEDS" in leaf(app)


def test_a_page_is_shown_as_a_picture_with_its_name_and_its_file(app: AppTest, engine: Engine) -> None:
    ask(app, "beds")
    paper = engine.library.the_paper
    assert f'<img src="files/{paper.id}/sheets/1?spans=1.16.{16 + len(HOSTILE)}"' in leaf(app)
    assert 'alt="Page 7 (sheet 1 of 2) of “Agenda pack”, without marks. Its text follows."' in leaf(app)
    assert f'<a href="files/{paper.id}#page=1" target="_blank">Open the PDF at this page</a>' in leaf(app)


def test_an_empty_archive_says_how_to_fill_it(app: AppTest, engine: Engine) -> None:
    engine.library.papers_held = 0
    app.run()
    assert "archive is empty" in app.info[0].value
    assert app.code[0].value == "python -m indexer index data/papers"
    assert not app.exception


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ArchiveMissing("no archive in data/archive; run python -m indexer index"), "There is no archive yet"),
        (ArchiveMismatch("made by model A, not B"), "another version or another language model"),
        (ModelError("weights missing"), "language model cannot be loaded"),
    ],
)
def test_an_archive_that_cannot_be_opened_says_what_to_do(
    app: AppTest, engine: Engine, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail() -> Any:
        raise error

    monkeypatch.setattr(opened, "engine", fail)
    ask(app, "beds")
    assert said in (app.warning or app.error)[0].value


def test_an_archive_deleted_while_the_app_runs_says_what_to_do_on_every_page(
    app: AppTest, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> Any:
        raise ArchiveMissing("no archive in data/archive any more")

    app.run()
    monkeypatch.setattr(Library, "facets", gone)
    monkeypatch.setattr(Library, "papers", gone)
    for page in ("ask.py", "decisions.py", "papers.py", "coverage.py"):
        app.switch_page(page).run()
        assert not app.exception
        assert "There is no archive yet" in app.warning[0].value


def test_a_question_that_cannot_be_asked_says_why(app: AppTest, engine: Engine) -> None:
    engine.error = BadArguments("the question is too long: 9,999 characters, at most 2,000")
    ask(app, "beds")
    assert "the question is too long" in words(app).replace("\\", "")


def test_an_unknown_board_in_the_address_is_named(app: AppTest, engine: Engine) -> None:
    app.query_params["q"] = "beds"
    app.query_params["board"] = "Moon :red[Board]"
    app.run()
    assert not app.exception
    assert "There is no board called “Moon \\:red\\[Board\\]”" in app.warning[0].value


def test_decisions_are_listed_with_outcome_reference_and_status(app: AppTest, engine: Engine) -> None:
    app.run()
    app.switch_page("decisions.py").run()
    assert not app.exception
    assert app.success[0].value == "1 decision found, the latest first."
    said = words(app)
    assert '<span class="kind">Noted</span> 19 October 2016, Health Board (Ashshire Council)' in said
    assert "Minutes confirmed on 7 February 2017." in said
    assert "&lt;b&gt;noted&lt;/b&gt;" in said


def test_decisions_are_filtered_by_words_and_board_in_the_address(app: AppTest, engine: Engine) -> None:
    app.run()
    app.switch_page("decisions.py").run()
    app.text_input(key="question").set_value("winter fund")
    app.form_submit_button[0].click().run()
    assert dict(app.query_params) == {"q": "winter fund"}
    assert app.success[0].value == "1 decision found, the latest first."
    app.text_input(key="question").set_value("summer")
    app.form_submit_button[0].click().run()
    assert "No decision matches" in app.info[0].value


def test_a_decision_links_to_its_page_where_it_is_marked(app: AppTest, engine: Engine) -> None:
    app.run()
    app.switch_page("decisions.py").run()
    paper = engine.library.the_paper
    assert f'<a href="papers?paper={paper.id}&amp;sheet=1&amp;decision=1">Show it on its page</a>' in words(app)
    app.query_params["paper"], app.query_params["sheet"], app.query_params["decision"] = paper.id, "1", "1"
    app.switch_page("papers.py").run()
    assert not app.exception
    assert f"<mark>{HOSTILE[:8]}" in leaf(app)
    assert 'data-copy="Health Board (Ashshire Council), 19 October 2016, minute 41' in leaf(app)


def test_a_paper_shows_its_pages_decisions_and_contents(app: AppTest, engine: Engine) -> None:
    app.run()
    app.query_params["paper"] = engine.library.the_paper.id
    app.switch_page("papers.py").run()
    assert not app.exception
    assert [header.value for header in app.header] == ["Decisions", "Contents"]
    assert "41 WINTER &lt;b&gt;BEDS</a>, sheet 1</li>" in words(app)
    address = f"files/{engine.library.the_paper.id}/leaf?sheet=2"
    assert f'href="papers?paper={engine.library.the_paper.id}&amp;sheet=2" data-leaf="{address}"' in leaf(app)


def test_a_paper_that_is_withheld_or_unknown_is_not_shown(app: AppTest, engine: Engine) -> None:
    app.run()
    app.query_params["paper"] = "0" * 64
    app.switch_page("papers.py").run()
    assert not app.exception
    assert "unknown, withheld or withdrawn" in app.warning[0].value


def test_a_passage_over_a_page_break_is_shown_on_both_pages(app: AppTest, engine: Engine) -> None:
    answered = found(engine.library.the_paper, "beds")
    hit = answered.hits[0]
    spans = (Span(1, 16, 20), Span(2, 0, 3))
    whole = replace(hit, stored=replace(hit.stored, passage=replace(hit.stored.passage, spans=spans)))
    engine.answered = replace(answered, hits=(whole,), answer=())
    ask(app, "beds")
    assert "Page 7 (sheet 1 of 2), Page 8 (sheet 2 of 2)" in leaf(app)
    assert f"<mark>{HOSTILE[:4]}</mark>" in leaf(app)
    assert "<p><mark>The</mark> next page.</p>" in leaf(app)
    assert '<span class="off" aria-disabled="true">Next page</span>' in leaf(app)
    app.query_params["sheet"] = "2"
    app.run()
    assert f"<mark>{HOSTILE[:4]}</mark>" not in leaf(app)
    assert 'data-at="sheet=1">Begins on sheet 1</a>' in leaf(app)


def test_the_answer_card_says_outcome_body_and_date_in_words_and_leads_to_the_thread(
    app: AppTest, engine: Engine
) -> None:
    ask(app, "beds")
    assert "on 19 October 2016: item 41, WINTER BEDS</p>" in words(app)
    assert "Minutes confirmed on 7 February 2017.</p>" in words(app)  # its thread leads nowhere
    engine.library.followed = True
    app.run()
    link = f'<a href="decisions?thread={engine.library.the_paper.id[:16]}%3Ad1">What led to it and what followed</a>'
    assert f"Minutes confirmed on 7 February 2017. {link}" in words(app)


def test_what_is_on_screen_can_be_kept_in_five_forms(app: AppTest, engine: Engine) -> None:
    ask(app, "beds")
    assert app.get("download_button") == []  # made when the box is opened
    app.session_state["keeping"] = True
    app.run()
    assert [one.label for one in app.get("download_button")] == [
        "Briefing for Word",
        "Briefing in Markdown",
        "Cited pages as PDF",
        "Passages as CSV",
        "Passages as JSON",
    ]


def test_the_start_page_has_examples_decisions_papers_boards_and_what_is_missing(app: AppTest, engine: Engine) -> None:
    engine.library.entries = [LedgerEntry("a/part 2.pdf", "withheld", "says so", "3" * 64, 0)]
    app.run()
    assert not app.exception
    said = words(app)
    headings = [
        "Your recent questions",
        "Latest decisions",
        "Newest papers",
        "Boards and committees",
        "What is missing",
    ]
    assert re.findall(r"<h2[^>]*>([^<]*)<", said) == headings
    assert ">What did the &lt;b&gt;Health Board decide about winter beds?</a>" in said
    assert 'Health Board, Ashshire Council</a><span class="facts">2 meetings, 1 decision, last 7 February 2017' in said
    assert "<li>Withheld (may be exempt): 1</li>" in said


def test_coverage_says_when_it_changed_what_was_guessed_and_what_each_board_decided(
    app: AppTest, engine: Engine
) -> None:
    engine.library.entries = [LedgerEntry("a/<i>scan.pdf", "indexed", "", "2" * 64, 12, (), (7,))]
    app.run()
    app.switch_page("coverage.py").run()
    assert not app.exception
    said = words(app)
    assert "Papers last came in or changed on 4 March 2026 at 05:06 (UTC)." in said
    assert '<th scope="row">a/&lt;i&gt;scan.pdf</th><td>7</td><td>87%</td>' in said
    assert '<th scope="col">2016</th></tr><tr><th scope="row">Health Board (Ashshire Council)</th><td>1</td>' in said


def test_coverage_names_what_is_missing_and_why(app: AppTest, engine: Engine) -> None:
    engine.library.entries = [
        LedgerEntry("a/pack.pdf", "indexed", "", "1" * 64, 9),
        LedgerEntry("a/<i>scan.pdf", "partly read", "pages without text", "2" * 64, 12, (3, 4, 5, 9), (7,)),
        LedgerEntry("a/locked.pdf", "unreadable", "needs a password", "", 0),
        LedgerEntry("a/part 2.pdf", "withheld", "says “Not for publication”", "3" * 64, 0),
    ]
    app.run()
    app.switch_page("coverage.py").run()
    assert not app.exception
    assert [one.value for one in app.subheader][:3] == [
        "Read in part: 1 paper",
        "Withheld (may be exempt): 1 paper",
        "Could not be read: 1 paper",
    ]
    said = words(app)
    assert "a/&lt;i&gt;scan.pdf" in said
    assert "pages without text: 3–5, 9" in said
    assert "needs a password" in said
    assert '<th scope="row">Health Board</th><td>2</td>' in said


def test_about_carries_the_accessibility_statement(app: AppTest, engine: Engine) -> None:
    app.run()
    app.switch_page("about.py").run()
    assert not app.exception
    assert "Accessibility statement" in words(app)


def test_the_glossary_gives_each_meaning_with_the_page_that_says_it(app: AppTest, engine: Engine) -> None:
    app.run()
    app.switch_page("glossary.py").run()
    assert not app.exception
    paper = engine.library.the_paper
    where = f"papers?paper={paper.id}&amp;sheet=1&amp;spans=1.4.16"
    assert "<dt>AHB</dt><dd>Ashshire &lt;b&gt;Health Board " in words(app)
    assert f'<a href="{where}">Agenda pack</a>, and 1 more paper</span>' not in words(app)
    assert f'<a href="{where}">Agenda pack</a></span></dd>' in words(app)


def test_a_quotation_is_added_to_a_collection_and_found_on_the_page_saved(
    app: AppTest, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(opened.VARIABLE, str(tmp_path / "archive"))
    app.session_state["keeping"] = True
    ask(app, "beds")
    app.text_input(key="collect-name").set_value("For Thursday")
    app.text_input(key="collect-note").set_value("Ask why")
    next(one for one in app.button if one.label == "Add").click().run()
    assert not app.exception
    assert any("Added to For Thursday" in said.value for said in app.info)
    app.switch_page("saved.py").run()
    assert not app.exception
    assert [one.value for one in app.subheader] == ["For Thursday\\: 1 quotation"]
    assert '<p class="note">Ask why</p><div class="words"><p>That :red[the fund]' in words(app)
    next(one for one in app.button if one.label.startswith("Remove quotation 1")).click().run()
    assert [one.value for one in app.subheader] == ["For Thursday\\: 0 quotations"]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_the_contrast_that_wcag_asks_for(scheme: str) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][scheme]
    ground, second = theme["backgroundColor"], theme["secondaryBackgroundColor"]
    for over in (ground, second):
        assert contrast(theme["textColor"], over) >= 7
        assert contrast(theme["linkColor"], over) >= 4.5
        assert contrast(theme["borderColor"], over) >= 3
        assert contrast(theme["primaryColor"], over) >= 3
    assert contrast(theme["primaryColor"], "#ffffff") >= 4.5
    assert contrast("#14181f", "#ffe55c") >= 7


def test_the_app_sends_nothing_away_and_shows_no_error_details() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"] == {"toolbarMode": "minimal", "showErrorDetails": "none"}
