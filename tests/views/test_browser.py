"""The app as a reader meets it: the real server on the sample papers, in a real browser."""

from __future__ import annotations

import hashlib
import itertools
import re
from urllib.parse import urljoin

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT

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
    expect(page.locator(".st-key-cited img").first).to_be_attached()
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
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.evaluate("document.activeElement.blur()")
    for _ in range(len(page.locator(".quotations > li").all()) + 3):
        page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator("#passage-3.chosen")).to_be_visible()
    expect(page).to_have_url(re.compile("passage=3"))
    expect(page.locator(".st-key-cited .cite")).to_contain_text(
        page.locator("#passage-3 .reference").inner_text().partition(" ")[2][-12:]
    )
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Your question"


def test_the_passage_is_marked_on_the_picture_and_the_picture_has_words(page: Page, site: str) -> None:
    picture = asked(page, site).locator(".st-key-cited img").first
    assert re.search(r"Page \d+ .* with the passage marked", picture.get_attribute("alt") or "")
    # The mark stands in the middle of the frame, as far as the page allows.
    frame, box = (page.locator(what).first.bounding_box() for what in (".frame", ".frame img"))
    assert frame is not None
    assert box is not None
    places = (float(picture.get_attribute(f"data-{end}") or 0) for end in ("top", "bottom"))
    top, bottom = (box["y"] + box["height"] * place for place in places)
    assert frame["y"] <= top < bottom <= min(frame["y"] + frame["height"], 800)


def test_a_mailed_address_opens_the_same_view_and_back_leads_to_the_question_before(page: Page, site: str) -> None:
    asked(page, site, "&board=Health+and+Wellbeing+Board&passage=2")
    expect(page.get_by_label("Your question")).to_have_value(QUESTION)
    expect(page.locator("#passage-2.chosen")).to_be_visible()
    page.get_by_role("button", name="Show passage 4").click()
    expect(page.locator("#passage-4.chosen")).to_be_visible()
    page.get_by_role("link", name="Remove the filter Health and Wellbeing Board").click()
    expect(page.get_by_role("link", name="Remove the filter")).to_have_count(0)
    page.go_back()
    expect(page.locator("#passage-4.chosen")).to_be_visible()
    expect(page.get_by_role("link", name="Remove the filter Health and Wellbeing Board")).to_be_visible()


def test_a_page_is_turned_and_enlarged_without_the_rest_being_drawn_anew(page: Page, site: str) -> None:
    asked(page, site).evaluate("document.querySelector('.answer').dataset.kept = 'yes'")
    name = page.locator(".turn span").first.inner_text()
    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".turn span").first).not_to_have_text(name)
    expect(page).to_have_url(re.compile("sheet="))
    page.get_by_role("button", name="Larger picture").click()
    expect(page.locator(".frame[data-zoom='150']")).to_be_visible()
    assert page.locator(".answer[data-kept=yes]").count() == 1


def test_a_link_to_another_page_loads_nothing_anew_and_its_heading_has_the_focus(page: Page, site: str) -> None:
    asked(page, site).evaluate("window.kept = true")
    page.locator("nav.site").get_by_role("link", name="Coverage").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.evaluate("window.kept")
    page.go_back()
    expect(page.locator("#passage-1")).to_be_visible()


def test_a_heading_has_the_focus_also_where_its_page_was_drawn_at_once(page: Page, site: str) -> None:
    # A quick script is said to have run, and never to run.
    page.add_init_script("""
        const set = Element.prototype.setAttribute;
        Element.prototype.setAttribute = function (name, value) {
            set.call(this, name, name === "data-test-script-state" ? "notRunning" : value);
        };""")
    asked(page, site).locator("nav.site").get_by_role("link", name="Coverage").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_field_that_has_the_focus_is_not_left_for_the_heading_when_the_page_is_drawn(page: Page, site: str) -> None:
    asked(page, site).locator("nav.site").get_by_role("link", name="Decisions").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    # Without a key or a pointer: a screen reader moves the focus by itself.
    page.get_by_role("main").get_by_role("textbox").first.focus()
    page.evaluate("document.body.append(document.createElement('i'))")
    page.wait_for_timeout(500)
    expect(page.get_by_role("main").get_by_role("textbox").first).to_be_focused()


def test_a_quotation_is_copied_with_its_reference_by_one_click_and_by_one_key(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    asked(page, site).get_by_role("button", name="Copy quotation 1").click()
    first = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"“.+” \(.+, minute \d+, .+\)", first, re.DOTALL)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_timeout(300)
    second = page.evaluate("navigator.clipboard.readText()")
    assert second != first
    assert page.locator("#quotation-2 .reference, #passage-1 .reference").first.inner_text().split(",")[0] in second


def test_the_keys_are_listed_and_can_be_turned_off(page: Page, site: str) -> None:
    asked(page, site)
    page.keyboard.press("?")
    page.get_by_role("button", name="Turn these keys off").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    # Streamlit's own keys are stopped: R draws nothing anew.
    page.evaluate(
        "new MutationObserver(() => { window.drawn = true; }).observe(document.querySelector('.stApp'),"
        "{ attributeFilter: ['data-test-script-state'] })"
    )
    page.keyboard.press("r")
    page.wait_for_timeout(500)
    assert page.evaluate("window.drawn") is None


def test_what_was_asked_before_is_on_the_start_page_of_this_browser_until_it_is_forgotten(
    page: Page, site: str
) -> None:
    asked(page, site)
    page.locator("nav.site").get_by_role("link", name="Ask").click()
    expect(page.get_by_label("Your question")).to_have_value("")
    page.locator(".recent").get_by_role("link", name=QUESTION).click()
    expect(page.locator("#passage-1")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Forget these").click()
    expect(page.locator(".recent")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("heading", name="Latest decisions")).to_be_visible()
    expect(page.locator(".recent")).to_be_hidden()


def test_the_box_of_the_start_page_has_the_focus_and_each_example_is_answered(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.get_by_label("Your question")).to_be_focused()
    examples = page.locator(".home").get_by_role("link")
    expect(examples).to_have_count(3)
    for question in examples.all_inner_texts():
        page.goto(site)
        page.get_by_role("link", name=question).click()
        expect(page.locator("#quotation-1")).to_be_visible()


def test_an_answer_prints_on_two_pages_without_its_buttons(page: Page, site: str) -> None:
    asked(page, site)
    printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
    texts = [sheet.get_textpage().get_text_bounded() for sheet in printed]
    assert len(texts) == 2
    assert QUESTION in texts[0]
    assert not any(word in text for text in texts for word in ("Copy", "Filter", "Next page", "Keys"))


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_head_line_and_first_quotation_stand_on_the_first_screen(
    page: Page, site: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{site}/?q={QUESTION.replace(' ', '+').replace('?', '%3F')}")
    expect(page.locator("#quotation-1")).to_be_visible()
    ends = page.evaluate(
        "['.headline', '#quotation-1 blockquote'].map(e => document.querySelector(e).getBoundingClientRect().bottom)"
    )
    assert max(ends) <= height


def test_on_a_phone_the_cited_page_opens_over_the_answer_and_back_closes_it(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/?q={QUESTION.replace(' ', '+').replace('?', '%3F')}")
    page.get_by_role("button", name="Show quotation 1").click()
    sheet = page.get_by_role("dialog", name="The cited page")
    expect(sheet.locator(".frame img").first).to_be_visible()
    page.go_back()
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("button", name="Show quotation 1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Show quotation 1")).to_be_focused()


def test_the_pdf_opens_at_the_page_that_is_shown(page: Page, site: str) -> None:
    link = asked(page, site).get_by_role("link", name="Open the PDF at").first.get_attribute("href") or ""
    address, _, fragment = link.partition("#")
    sheet = re.search(r"sheet (\d+)", page.locator(".st-key-cited .turn").inner_text())
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
    expect(page.get_by_role("dialog", name="The cited page")).to_be_in_viewport()
    assert page.evaluate(f"({CUT_OFF})({width})") == []


def test_a_topic_becomes_an_address_and_back_leads_to_the_one_before(page: Page, site: str) -> None:
    page.goto(f"{site}/timeline?q=care+leavers")
    expect(page.locator("h2.year").first).to_be_visible()
    expect(page).to_have_title("Timeline – Board papers")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.get_by_label("Topic").fill("child sexual exploitation")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=child\+sexual\+exploitation"))
    page.go_back()
    expect(page.get_by_label("Topic")).to_have_value("care leavers")
    expect(page).to_have_url(re.compile(r"q=care\+leavers"))


def test_from_a_decision_to_its_thread_to_its_page_and_back(page: Page, site: str) -> None:
    page.goto(f"{site}/decisions?q=exploitation")
    page.locator(".passage", has_text="19 October 2016").get_by_role("link", name="What led to it").click()
    expect(page.locator(".passage.chosen")).to_contain_text("This is what you asked for.")
    page.locator(".passage.chosen").get_by_role("link", name="Show it on its page").click()
    expect(page.locator(".st-key-cited img").first).to_be_visible()
    page.go_back()
    expect(page.locator(".passage.chosen")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Words, a reference")).to_have_value("exploitation")


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
    page.get_by_role("button", name="Copy reference").click()
    expect(page.locator("button.done")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith(page.locator(".cite").inner_text())


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
