"""WCAG 2.2 AA, as far as a machine can judge it: every rule of axe-core on every page and state, light and dark.

What a machine cannot judge is in the accessibility statement of the About page, and so is every exception below.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT
from tests.makers.app_runner import running

# Words and controls that reach beyond a screen of 320 pixels without a box of their own that scrolls.
CUT_OFF = (
    "[...document.querySelectorAll('main p, main h1, main h2, main h3, main button, main input')].filter(e => {"
    "const box = e.getBoundingClientRect(); return box.width > 2 && box.right > 321 && "
    "!e.closest('.cells, .stCode, .frame, .chips'); }).map(e => e.outerHTML.slice(0, 200))"
)
PICTURE = ".st-key-cited img"
QUESTION = "q=What+did+the+board+decide+about+CSE%3F"

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class State:
    """A state of a page: its address, what shows that it is there, and what a reader then does."""

    address: str
    sign: str
    then: Callable[[Page], None] = lambda page: None


def press(name: str, sign: str) -> Callable[[Page], None]:
    """Press a button, and wait for what it brings."""

    def do(page: Page) -> None:
        page.get_by_role("button", name=name).first.click()
        expect(page.locator(sign).first).to_be_visible()

    return do


def opened(words: str, sign: str) -> Callable[[Page], None]:
    """Open a box that is closed."""

    def do(page: Page) -> None:
        page.locator("summary").filter(has_text=words).first.click()
        expect(page.locator(sign).first).to_be_visible()

    return do


def choices(page: Page) -> None:
    """Open the list of boards."""
    press("Filter", "[data-testid=stMultiSelect]")(page)
    box = page.get_by_role("combobox", name="Board or committee")
    # A click while the box is still opening closes the list again.
    page.wait_for_timeout(500)
    box.focus()
    box.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()


def years(page: Page) -> None:
    """Open the list of years."""
    page.get_by_role("combobox", name="Year").press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()


def calendar(page: Page) -> None:
    """Open the calendar of a date."""
    press("Filter", "[data-testid=stDateInput]")(page)
    page.get_by_label("Meetings from").first.click()
    expect(page.get_by_role("grid")).to_be_visible()


def follow(words: str, sign: str) -> Callable[[Page], None]:
    """Follow the first link with these words."""

    def do(page: Page) -> None:
        page.get_by_role("link", name=words).first.click()
        expect(page.locator(sign).first).to_be_visible()

    return do


def searched(page: Page) -> None:
    """Open a meeting's first paper and look for something inside it."""
    follow("Agenda pack", PICTURE)(page)
    page.get_by_label("Search inside this paper").fill("child exploitation")
    page.keyboard.press("Enter")
    expect(page.get_by_text("found in this paper")).to_be_visible()


def saved(page: Page) -> None:
    """Open what can be kept, and save the search."""
    opened("Keep or save", "[data-testid=stDownloadButton]")(page)
    press("Save this search", "[role=status] >> text=Saved.")(page)


def sheet(page: Page) -> None:
    """Show a page as a phone does."""
    page.set_viewport_size({"width": 390, "height": 844})
    press("Show quotation 1", "dialog.sheet .frame img")(page)


MEETING = "authority=Marlbridge+County+Council&board=Health+and+Wellbeing+Board&date=2016-10-19"

STATES = {
    "ask": State("", "[data-testid=stTextInput]"),
    "ask: boards": State("", "[data-testid=stTextInput]", choices),
    "ask: calendar": State("", "[data-testid=stTextInput]", calendar),
    "answer": State(f"?{QUESTION}", PICTURE),
    "answer: text of the page": State(f"?{QUESTION}", ".st-key-cited img", opened("Text of", ".st-key-cited .words")),
    "answer: kept and saved": State(f"?{QUESTION}", ".st-key-cited img", saved),
    "answer: keys": State(f"?{QUESTION}", ".st-key-cited img", press("Keys", "dialog.keys")),
    "answer: page in a sheet": State(f"?{QUESTION}", ".st-key-cited img", sheet),
    "answer: how it was searched": State(
        f"?{QUESTION}", ".st-key-cited img", opened("How this was searched", ".made[open]")
    ),
    "not found": State("?q=Where+do+penguins+nest%3F", "[role=status] >> text=Not found"),
    "no such board": State("?q=beds&board=Moon+Board", "[data-testid=stAlert] >> text=Moon Board"),
    "decisions": State("decisions", ".passage"),
    "decisions: searched": State("decisions?q=exploitation&voted=yes", ".chips"),
    "decisions: by year": State("decisions", ".passage", opened("Decisions by year", "main details[open] table")),
    "actions": State("actions", "[role=status]"),
    "people": State("people", "main h2"),
    "people: one": State("people", "main h2", follow("Amery", "main h2 >> text=Attendance")),
    "timeline": State("timeline?q=better+care+fund", "table"),
    "precedents": State("precedents", "textarea"),
    "precedents: found": State("precedents?q=home+to+school+transport+policy+for+pupils", "main h2 >> nth=0"),
    "thread": State("decisions?q=exploitation", ".passage", follow("What led to it", ".passage.chosen")),
    "papers": State("papers", "main a"),
    "board": State("body?authority=Marlbridge+County+Council&board=Cabinet", "main h2"),
    "meeting": State(f"meeting?{MEETING}", "main h2"),
    "meeting: attendance": State(f"meeting?{MEETING}", "main h2", opened("Who was there", "main details[open] p")),
    "paper: searched": State(f"meeting?{MEETING}", "main h2", searched),
    "answer: zoomed": State(f"?{QUESTION}", ".st-key-cited img", press("Larger picture", ".frame[data-zoom]")),
    "coverage": State("coverage", "main table"),
    "coverage: years": State("coverage", "[data-testid=stSelectbox]", years),
    "coverage: ledger": State("coverage", "main table", opened("Every paper", "main details[open] li")),
    "saved": State("saved", "main h2"),
    "glossary": State("glossary", "main dt"),
    "about": State("about", "main h2"),
}


def violations(page: Page, **options: Any) -> list[str]:
    """Run axe-core; give what it finds wrong, one line for each element."""
    found = Axe().run(page, options=options).response
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{fault['id']} ({fault['help']}): {node['target'][0]}: {node['html'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def settled(page: Page) -> None:
    """Wait until the app has drawn everything: what is still coming in is pale."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    page.wait_for_timeout(300)


def check(page: Page) -> None:
    """Hold a page that is drawn against every rule, in light, in dark, and at 400 per cent."""
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    expect(page.locator("[data-testid=stApp]")).to_have_css("background-color", "rgb(18, 22, 28)")
    settled(page)
    assert violations(page, runOnly={"type": "rule", "values": ["color-contrast"]}) == []
    # 1,280 pixels at 400%.
    page.set_viewport_size({"width": 320, "height": 640})
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_wrong_in_light_and_dark_and_nothing_is_cut_off_at_400_per_cent(
    page: Page, site: str, name: str
) -> None:
    state = STATES[name]
    page.goto(f"{site}/{state.address}")
    expect(page.locator(state.sign).first).to_be_visible()
    state.then(page)
    settled(page)
    check(page)


@pytest.mark.parametrize("held", ["missing", "empty"])
def test_a_missing_and_an_empty_archive_are_told_without_a_fault(page: Page, tmp_path: Path, held: str) -> None:
    archive, papers = tmp_path / "archive", tmp_path / "papers"
    papers.mkdir()
    if held == "empty":
        (papers / "torn.pdf").write_bytes(b"%PDF-1.7 torn off")
        command = [sys.executable, "-m", "indexer", "index", str(papers), "--archive", str(archive)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with running(archive, papers) as address:
        for place in ("", "decisions", "timeline", "precedents", "papers", "coverage", "saved"):
            page.set_viewport_size({"width": 1280, "height": 900})
            page.emulate_media(color_scheme="light")
            page.goto(f"{address}/{place}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            settled(page)
            check(page)


def test_nothing_moves_for_a_reader_who_asked_for_that(page: Page, site: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/?{QUESTION}")
    expect(page.locator(PICTURE).first).to_be_visible()
    longest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].flatMap(e => { const s = getComputedStyle(e);"
        "return [s.transitionDuration, s.animationDuration].flatMap(d => d.split(',').map(parseFloat)); }))"
    )
    assert longest <= 0.001


def test_what_streamlit_cannot_meet_is_in_the_statement_by_its_issue_number_as_long_as_it_is_so(
    page: Page, site: str, browser: Browser
) -> None:
    statement = (ROOT / "search" / "views" / "pages" / "about.md").read_text(encoding="utf-8")
    assert set(re.findall(r"Streamlit issue (\d+)", statement)) == {"15726", "11141", "8999"}
    page.goto(site)
    expect(page.get_by_label("Your question")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"  # 15726
    page.get_by_label("Your question").fill("beds")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()
    assert page.evaluate("document.activeElement.innerText") == "Ask"  # 11141: the focus is not moved to what came
    plain = browser.new_context(java_script_enabled=False)
    bare = plain.new_page()
    bare.goto(site)
    assert "question" not in bare.locator("body").inner_text()  # 8999
    plain.close()


def test_a_screen_reader_goes_from_question_to_quotation_to_page_by_names_that_say_what_they_are(
    page: Page, site: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/?{QUESTION}")
    expect(page.locator("#quotation-1")).to_be_visible()
    settled(page)
    seen = page.locator("main").aria_snapshot()
    walk = (
        '- navigation "Pages"',
        '- heading "Ask the board papers" [level=1]',
        '- textbox "Your question"',
        '- button "Ask"',
        "- status",
        '- region "Answer"',
        '- heading "Answer" [level=2]',
        "- blockquote",
        '- button "Show quotation 1 on its page"',
        '- button "Copy quotation 1 with its reference"',
        '- region "Passages"',
        '- heading "Passages" [level=2]',
        '- button "Show passage 1 on page',
    )
    places = [seen.find(one) for one in walk]
    assert -1 not in places, [one for one, place in zip(walk, places, strict=True) if place < 0]
    assert places == sorted(places)
    sheet_of = page.get_by_role("button", name="Show quotation 1 on its page")
    sheet_of.click()
    shown = page.get_by_role("dialog", name="The cited page")
    expect(shown.get_by_role("img", name=re.compile(r"^Page .* with the passage marked"))).to_be_visible()
    read = shown.aria_snapshot()
    for one in (
        '- button "Back to the answer"',
        "- navigation",
        # A name with a colon stands in quotation marks.
        "- 'region \"Picture: Page",
        '- button "Copy reference"',
    ):
        assert one in read
