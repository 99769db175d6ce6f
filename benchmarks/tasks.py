"""Eight tasks of three readers, done in a real browser: actions, seconds, and whether each came out right.

    python -m benchmarks.tasks --archive DIR

A click, a key and a turn of the wheel is one action each, counted from the start page, whose first example is asked.
The seconds are those that the reader waits, after each action, until what is wanted is on screen, without thinking.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from benchmarks.app import copied, served

_WIDE, _PHONE = (1280, 800), (390, 844)
_SEEN = 15_000  # milliseconds; who waits longer gives up


class Reader:
    """A reader at the start page, who counts."""

    def __init__(self, browser: Browser, base: str, size: tuple[int, int]) -> None:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base)
        self.page: Page = context.new_page()
        self.actions, self.seconds = 0, 0.0
        self.page.goto(base)
        self.page.locator(".home li a").first.wait_for(timeout=_SEEN)
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=_SEEN)

    def click(self, what: Locator, wanted: Locator) -> None:
        """Click, and wait until what is wanted is in the window."""
        began = time.perf_counter()
        what.first.click(timeout=_SEEN)
        expect(wanted.first).to_be_in_viewport(timeout=_SEEN)
        self.actions, self.seconds = self.actions + 1, self.seconds + time.perf_counter() - began

    def ask(self) -> Locator:
        """Ask the first example; give the first quotation."""
        quotation = self.page.locator(".quotations blockquote")
        self.click(self.page.locator(".home li a"), quotation)
        return quotation.first


def resolution(reader: Reader) -> bool:
    """Read the whole resolution on a matter."""
    quotation = reader.ask()
    expect(quotation).to_be_in_viewport(ratio=0.99)
    return bool(reader.page.locator(".headline").first.inner_text())


def marked(reader: Reader) -> bool:
    """See it marked on its page."""
    reader.ask()
    picture = reader.page.locator("img[data-top]:visible")
    reader.click(reader.page.locator("#quotation-1 [data-leaf]"), picture)
    top = float(picture.first.get_attribute("data-top") or -1)
    place = picture.first.bounding_box() or {"y": 0.0, "height": 0.0}
    height = (reader.page.viewport_size or {"height": 0})["height"]
    return 0 <= place["y"] + top * place["height"] <= height


def copied_text(reader: Reader) -> bool:
    """Copy it with its reference."""
    said = " ".join(reader.ask().inner_text().split())
    button = reader.page.locator("#quotation-1 [data-copy]")
    reader.click(button, button)
    text = " ".join(str(reader.page.evaluate("navigator.clipboard.readText()")).split())
    reference = " ".join(reader.page.locator("#quotation-1 .reference").inner_text().split(" (")[0].split())
    return said in text and reference in text


def latest(reader: Reader) -> bool:
    """See what was decided last."""
    expect(reader.page.locator("h2", has_text="Latest decisions")).to_be_in_viewport()
    expect(reader.page.locator("section:has(h2:text('Latest decisions')) li").first).to_be_in_viewport()
    return True


def limited(reader: Reader) -> bool:
    """Limit an answer to the board that it names."""
    reader.ask()
    chip = reader.page.locator(".chips[aria-label^='Limit'] a")
    name = chip.first.inner_text().removeprefix("Only").removesuffix("+").strip()
    reader.click(chip, reader.page.locator(".chips[aria-label='Filters in use'] a"))
    reader.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=_SEEN)
    every = reader.page.locator(".passage .reference").all_inner_texts()
    return bool(every) and all(name.casefold() in one.casefold() for one in every)


def next_page(reader: Reader) -> bool:
    """Read on at the next page."""
    reader.ask()
    named = reader.page.locator(".leaf .turn span").first
    before = named.inner_text()
    reader.click(reader.page.get_by_role("link", name="Next page"), reader.page.locator(".leaf img:not([data-top])"))
    return named.inner_text() != before


def abbreviation(reader: Reader) -> bool:
    """Find what an abbreviation stands for, and where that is said."""
    reader.click(reader.page.get_by_role("link", name="Glossary"), reader.page.locator("dl a"))
    short = reader.page.locator("dl dt").first.inner_text()
    reader.click(reader.page.locator("dl a"), reader.page.locator(".leaf .frame, .leaf .words"))
    return short in reader.page.locator(".leaf .words").first.inner_text(timeout=_SEEN) or (
        short in str(reader.page.locator(".leaf .words").first.text_content())
    )


def evidence(reader: Reader) -> bool:
    """Keep the cited pages as evidence."""
    reader.ask()
    box, button = (reader.page.get_by_text(one).first for one in ("Keep or save this answer", "Cited pages as PDF"))
    box.scroll_into_view_if_needed()
    reader.click(box, reader.page.get_by_text("These files hold quotations only"))
    with reader.page.expect_download(timeout=_SEEN) as download:
        reader.click(button, button)
    return Path(download.value.path()).read_bytes().startswith(b"%PDF")


TASKS: tuple[tuple[str, tuple[int, int], Callable[[Reader], bool]], ...] = (
    ("councillor", _WIDE, resolution),
    ("councillor, on a phone", _PHONE, marked),
    ("councillor", _WIDE, copied_text),
    ("officer", _WIDE, latest),
    ("officer", _WIDE, limited),
    ("officer", _WIDE, next_page),
    ("researcher", _WIDE, abbreviation),
    ("researcher", _WIDE, evidence),
)


def done(browser: Browser, base: str) -> int:
    """Do each task, print its row, and give how many came out wrong."""
    wrong = 0
    print("| reader | task | actions | seconds | right |\n|---|---|---|---|---|")
    for who, size, task in TASKS:
        reader = Reader(browser, base, size)
        try:
            right = task(reader)
        except AssertionError:
            right = False
        wrong += not right
        print(
            f"| {who} | {(task.__doc__ or '').strip('.')} | {reader.actions} | {reader.seconds:.1f} | "
            f"{'yes' if right else 'no'} |",
            flush=True,
        )
        reader.page.context.close()
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a copy of the archive and do the tasks; 1 where one came out wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, default=Path("data/sample-archive"), help="is copied, not changed")
    options = parser.parse_args(arguments)
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    root = Path(__file__).resolve().parents[1]
    with (
        copied(options.archive, "tasks") as archive,
        served(archive, root) as (base, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        wrong = done(browser, base)
        browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
