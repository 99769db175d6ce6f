"""The app as a reader meets it: the real server on the sample papers, in a real browser."""

from __future__ import annotations

import hashlib
import io
import itertools
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "What did the board decide about CSE?"
# A view of every other page, with something on it.
PAGES = (
    "decisions",
    "timeline?q=child+sexual+exploitation",
    "precedents?q=home+to+school+transport+and+travel+training",
    "body?authority=Marlbridge+County+Council&board=Cabinet",
    "coverage",
    "about",
)
# What of the text and buttons sticks out on the right; tables scroll in frames of their own.
CUT_OFF = """width => [...document.querySelectorAll('main :is(p, h1, h2, h3, button, li, label)')]
    .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.cells')).map(e => e.innerText)"""

pytestmark = pytest.mark.browser


def asked(page: Page, site: str, query: str = "") -> Page:
    page.goto(f"{site}/?q={QUESTION.replace(' ', '+').replace('?', '%3F')}{query}")
    expect(page.locator("#passage-1")).to_be_visible()
    expect(page.locator(".st-key-cited img").first).to_be_visible()
    return page


def tab_to(page: Page, element: str, name: str) -> None:
    """Press Tab until an element of this kind whose name begins with ``name`` has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "(e => [e.tagName, e.getAttribute('aria-label') || e.innerText || ''])(document.activeElement)"
        )
        if here[0] == element and here[1].startswith(name):
            return
    pytest.fail(f"{name!r} cannot be reached by the Tab key")


def test_a_councillor_gets_from_question_to_page_and_reference_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.get_by_label("Your question")).to_be_visible()
    tab_to(page, "INPUT", "Your question")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="passages found")).to_be_visible()
    expect(page.locator(".quotations").first).to_contain_text(re.compile("exploitation|return interviews"))
    expect(page.get_by_role("button", name="Show passage 3 ")).to_be_visible()
    tab_to(page, "BUTTON", "Show passage 3 ")
    page.keyboard.press("Enter")
    expect(page.locator("#passage-3.chosen")).to_be_visible()
    expect(page).to_have_url(re.compile("passage=3"))
    reference = page.locator("#passage-3 .reference").inner_text()
    expect(page.locator(".st-key-cited code")).to_have_text(re.compile(f".*{re.escape(reference[-12:])}"))
    # The copy has the paper's own address at its council besides.
    assert page.locator(".st-key-cited code").inner_text().partition(", https://")[0] in reference


def test_the_passage_is_marked_on_the_picture_and_the_picture_has_words(page: Page, site: str) -> None:
    picture = asked(page, site).locator(".st-key-cited img").first
    assert re.search(r"Page \d+ .* with the passage marked", picture.get_attribute("alt") or "")
    source = picture.get_attribute("src") or ""
    shown = Image.open(io.BytesIO(page.request.get(f"{site}{source}" if source.startswith("/") else source).body()))
    colours = {colour for _, colour in shown.convert("RGB").getcolors(1 << 24)}
    yellow = (255, 229, 92)
    assert any(max(abs(a - b) for a, b in zip(colour, yellow, strict=True)) <= 2 for colour in colours)


def test_a_mailed_address_opens_the_same_view_and_back_and_forward_work(page: Page, site: str) -> None:
    asked(page, site, "&board=Health+and+Wellbeing+Board&passage=2")
    expect(page.get_by_label("Your question")).to_have_value(QUESTION)
    expect(page.locator("#passage-2.chosen")).to_be_visible()
    page.get_by_role("button", name="Show passage 4").click()
    expect(page.locator("#passage-4.chosen")).to_be_visible()
    page.go_back()
    expect(page.locator("#passage-2.chosen")).to_be_visible()
    page.go_forward()
    expect(page.locator("#passage-4.chosen")).to_be_visible()


def test_the_pdf_opens_at_the_page_that_is_shown(page: Page, site: str) -> None:
    link = asked(page, site).get_by_role("link", name="Open the PDF at").first.get_attribute("href") or ""
    address, _, fragment = link.partition("#")
    sheet = re.search(r"sheet (\d+)", page.locator(".st-key-cited").inner_text())
    assert sheet is not None
    assert fragment == f"page={sheet.group(1)}"
    got = page.request.get(urljoin(page.url, address))
    assert (got.status, got.headers["content-type"], got.body()[:5]) == (200, "application/pdf", b"%PDF-")


def test_a_withheld_paper_is_in_the_ledger_and_cannot_be_had(page: Page, site: str) -> None:
    page.goto(f"{site}/coverage")
    expect(page.get_by_role("heading", name="Withheld (may be exempt): 1 paper")).to_be_visible()
    withheld = next((ROOT / "data" / "sample").rglob("*Part 2.pdf"))
    digest = hashlib.sha256(withheld.read_bytes()).hexdigest()
    assert page.request.get(f"{site}/files/{digest}").status == 404


def test_headings_go_down_one_step_at_a_time_and_inputs_have_names(page: Page, site: str) -> None:
    for path in ("", *PAGES):
        asked(page, site) if not path else page.goto(f"{site}/{path}")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
        levels = [
            int(name[1]) for name in page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(e=>e.tagName)")
        ]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (path, levels)
        nameless = page.evaluate(
            "[...document.querySelectorAll('main input, main select, main textarea')]"
            ".filter(e => e.tabIndex >= 0 && !e.labels?.length && !e.getAttribute('aria-label'))"
            ".map(e => e.outerHTML)"
        )
        assert nameless == []


@pytest.mark.parametrize("width", [320, 400])
def test_nothing_is_cut_off_on_a_narrow_screen_or_at_400_per_cent(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    asked(page, site)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(f"({CUT_OFF})({width})") == []
    page.get_by_role("button", name="Show passage 3").click()
    expect(page.locator("#passage-3.chosen")).to_be_attached()
    expect(page.get_by_role("heading", name="The cited page")).to_be_in_viewport()


def test_a_topic_becomes_an_address_and_back_leads_to_the_one_before(page: Page, site: str) -> None:
    page.goto(f"{site}/timeline?q=care+leavers")
    expect(page.locator("h2.year").first).to_be_visible()
    expect(page).to_have_title("Timeline – Board papers")
    page.get_by_label("Topic").fill("child sexual exploitation")
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="1 decision, 2 reports or discussions")).to_be_visible()
    assert "q=child+sexual+exploitation" in page.url
    page.go_back()
    expect(page.get_by_label("Topic")).to_have_value("care leavers")
    expect(page.get_by_role("cell", name="1 decision, 2 reports or discussions")).to_have_count(0)


def test_from_a_decision_to_its_thread_to_its_page_and_back(page: Page, site: str) -> None:
    page.goto(f"{site}/decisions?q=exploitation")
    page.locator(".passage", has_text="19 October 2016").get_by_role("link", name="What led to it").click()
    expect(page.locator(".passage.chosen")).to_contain_text("This is what you asked for.")
    page.locator(".passage.chosen").get_by_role("link", name="Show it on its page").click()
    expect(page.locator(".st-key-cited img").first).to_be_visible()
    page.go_back()
    expect(page.locator(".passage.chosen")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Words in the decision or its heading")).to_have_value("exploitation")


def test_a_draft_that_is_sent_finds_its_precedents_and_changes_no_address(page: Page, site: str) -> None:
    page.goto(f"{site}/precedents")
    sent = {"name": "draft.txt", "mimeType": "text/plain", "buffer": b"Home to school transport and travel training."}
    page.locator("input[type=file]").set_input_files(sent)  # type: ignore[arg-type]
    expect(page.get_by_text("draft.txt")).to_be_visible()
    page.get_by_role("button", name="Find precedents").click()
    expect(page.get_by_role("heading", name="Proposed changes to home to school transport")).to_be_visible()
    assert page.url == f"{site}/precedents"


def test_both_pages_of_a_decision_over_a_page_break_are_shown_and_the_reference_is_copied(
    page: Page, site: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/decisions?q=update+on+child+sexual+exploitation")
    page.get_by_role("link", name="Show it on its page").first.click()
    pictures = page.locator(".st-key-cited img")
    expect(pictures).to_have_count(2)
    assert all("with the passage marked" in (picture.get_attribute("alt") or "") for picture in pictures.all())
    page.get_by_role("button", name="Copy to clipboard").click()
    reference = page.locator(".st-key-reference code").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == reference


def test_no_reader_sees_an_error_or_sends_a_word_elsewhere(page: Page, site: str) -> None:
    foreign: list[str] = []
    page.on(
        "request", lambda sent: foreign.append(sent.url) if not sent.url.startswith((site, "data:", "blob:")) else None
    )
    for path in PAGES:
        page.goto(f"{site}/{path}")
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
    asked(page, site)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    assert foreign == []
