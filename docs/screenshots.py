"""Takes the pictures of docs/screenshots anew: the app on the sample papers, every page wide and at 400 pixels.

``python docs/screenshots.py ADDRESS`` needs Chromium and an app that runs on an archive of data/sample.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(__file__).with_name("screenshots")
WIDE, NARROW = 1280, 400
BOARD = {"authority": "Marlbridge County Council", "board": "Health and Wellbeing Board"}
QUESTION = {"q": "What did the board decide about CSE?"}
TOPIC = {"q": "child sexual exploitation"}
DRAFT = {"q": "Savings in home to school transport by independent travel training and personal travel budgets."}


def views() -> dict[str, tuple[str, str]]:
    """Give the address and the element at the top of each picture, by the picture's name."""
    pack = next((ROOT / "data" / "sample" / "health-and-wellbeing-board" / "2017-02-07").glob("*.pdf"))
    digest = hashlib.sha256(pack.read_bytes()).hexdigest()
    paper, decision = {"paper": digest}, {"thread": f"{digest[:16]}:d1"}
    return {
        "answer": (f"?{urlencode(QUESTION)}", "h1"),
        "passage": (f"?{urlencode(QUESTION)}", "#passage-1"),
        "page": (f"?{urlencode(QUESTION)}", ".st-key-cited h2"),
        "keep": (f"?{urlencode(QUESTION)}", "h2:has-text('Keep what')"),
        "zoom": (f"?{urlencode({**QUESTION, 'zoom': 200})}", ".st-key-cited h2"),
        "not-found": (f"?{urlencode({'q': 'What was decided about the airport?'})}", "h1"),
        "filters": (f"?{urlencode({'board': 'Cabinet'})}", "h1"),
        "decisions": ("decisions", "h1"),
        "thread": (f"decisions?{urlencode(decision)}", "h1"),
        "timeline": (f"timeline?{urlencode(TOPIC)}", "h1"),
        "precedents": (f"precedents?{urlencode(DRAFT)}", "h1"),
        "precedent": (f"precedents?{urlencode(DRAFT)}", "#precedent-1"),
        "papers": (f"papers?{urlencode(BOARD)}", "h1"),
        "meeting": (f"papers?{urlencode({**BOARD, 'meeting': '2016-10-19'})}", "h1"),
        "paper": (f"papers?{urlencode({**paper, 'find': 'bed blocking'})}", "h1"),
        "coverage": (f"coverage?{urlencode({'year': 2016})}", "h1"),
        "saved": ("saved", "h1"),
        "about": ("about", "h1"),
    }


def settled(page: Page) -> None:
    """Wait until the app has drawn everything."""
    page.wait_for_selector("h1")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=30_000)
    page.wait_for_timeout(1500)


def shoot(browser: Browser, site: str, name: str, width: int, *, dark: bool = False) -> None:
    """Take one picture."""
    address, top = views()[name]
    scheme = "dark" if dark else "light"
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(f"{site}/{address}")
    settled(page)
    if top != "h1":
        page.locator(top).first.evaluate("e => e.scrollIntoView()")
        page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / f"{name}-{width}{'-dark' if dark else ''}.png")
    page.close()


def main(site: str) -> None:
    """Take all pictures; those of views that are no more go."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in views():
            for width in (WIDE, NARROW):
                shoot(browser, site, name, width)
        for name in ("answer", "timeline", "decisions"):
            shoot(browser, site, name, WIDE, dark=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
