"""Takes the pictures of docs/screenshots: every page on the sample papers, wide and as on a phone, light and dark.

``python docs/screenshots.py ADDRESS`` needs Chromium and an app that runs on an archive of data/sample.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(__file__).with_name("screenshots")
SIZES = ((1280, 800), (390, 844))
BOARD = {"authority": "Marlbridge County Council", "board": "Health and Wellbeing Board"}
QUESTION = {"q": "What did the board decide about CSE?"}
TOPIC = {"q": "child sexual exploitation"}
DRAFT = {"q": "Savings in home to school transport by independent travel training and personal travel budgets."}


def views() -> dict[str, tuple[str, str]]:
    """Give the address of each picture, and the button or line that is pressed first, by the picture's name."""
    pack = next((ROOT / "data" / "sample" / "health-and-wellbeing-board" / "2017-02-07").glob("*.pdf"))
    digest = hashlib.sha256(pack.read_bytes()).hexdigest()
    answer, thread = f"?{urlencode(QUESTION)}", {"thread": f"{digest[:16]}:d1"}
    return {
        "home": ("", ""),
        "answer": (answer, ""),
        "sheet": (answer, "text=on its page"),
        "searched": (answer, "text=How this was searched"),
        "keys": (answer, "button.keys"),
        "keep": (answer, "text=Keep or save this answer"),
        "filters": (f"?{urlencode({'board': 'Cabinet'})}", "[data-testid=stPopover] button"),
        "not-found": (f"?{urlencode({'q': 'What was decided about the airport?'})}", ""),
        "decisions": ("decisions", ""),
        "thread": (f"decisions?{urlencode(thread)}", ""),
        "actions": ("actions", ""),
        "timeline": (f"timeline?{urlencode(TOPIC)}", ""),
        "precedents": (f"precedents?{urlencode(DRAFT)}", ""),
        "papers": ("papers", ""),
        "people": ("people", ""),
        "board": (f"body?{urlencode(BOARD)}", ""),
        "meeting": (f"meeting?{urlencode({**BOARD, 'date': '2016-10-19'})}", ""),
        "paper": (f"papers?{urlencode({'paper': digest, 'find': 'bed blocking'})}", ""),
        "coverage": (f"coverage?{urlencode({'year': 2016})}", ""),
        "saved": ("saved", ""),
        "glossary": ("glossary", ""),
        "about": ("about", ""),
    }


def settled(page: Page) -> None:
    """Wait until the app has drawn everything."""
    page.wait_for_selector("h1", state="attached")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=30_000)
    page.wait_for_timeout(1500)


def shoot(browser: Browser, site: str, name: str, size: tuple[int, int], *, dark: bool = False) -> None:
    """Take one picture; of what cannot be pressed at this size, none."""
    address, pressed = views()[name]
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    page = browser.new_page(viewport=viewport, color_scheme="dark" if dark else "light")
    page.goto(f"{site}/{address}")
    settled(page)
    shown = not pressed or page.locator(pressed).first.is_visible()
    if pressed and shown:
        page.locator(pressed).first.click()
        settled(page)
    if shown:
        page.screenshot(path=FOLDER / f"{name}-{size[0]}{'-dark' if dark else ''}.png")
    page.close()


def main(site: str) -> None:
    """Take all pictures; those of views that are no more go."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in views():
            for size in SIZES:
                shoot(browser, site, name, size)
                shoot(browser, site, name, size, dark=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
