"""Fictional minutes as web pages, printed by Chromium in as many ways of setting as clerks have.

A page's body says whose minutes they are (``data-authority``, ``data-board``, ``data-date``). ``data-d`` holds the item
of a decision and is on what says it, with ``data-mover``, ``data-seconder`` and ``data-votes`` ("4/1/0", for, against,
abstaining) where they are printed; ``data-q`` is on what some clerks would enter and others not.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.printed_minutes import entered

# What each decision says, the paragraph or cell that it stands in, and what is told of it.
_DECIDED = """[...document.querySelectorAll('[data-d], [data-q]')].map(one => ({...one.dataset,
    quote: one.textContent, line: one.closest('p, td, li, div').textContent}))"""


def printed(folder: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Print every web page of a folder, by name, with its truth in the terms of the register's scorer.

    Nothing is printed where there is no Chromium.
    """
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for path in sorted(folder.glob("*.html")):
            page.set_content(path.read_text(encoding="utf-8"))
            about = page.evaluate("({...document.body.dataset})")
            truth = {"file": f"{path.stem}.pdf", "authority": about["authority"], "board": about["board"]}
            decided = [_decision(one) for one in page.evaluate(_DECIDED)]
            yield page.pdf(), {**truth, "meeting_date": about["date"], "items": [], "decisions": decided, "traps": []}
        browser.close()


def _decision(told: dict[str, str]) -> dict[str, Any]:
    item = told.get("d", "")
    sides = zip(("for", "against", "abstain"), told.get("votes", "").split("/"), strict=False)
    votes = {side: int(count) for side, count in sides if count} or None
    made = {"page": 1, "item": item, "title": item, "outcome": "agreed", "votes": votes}
    made |= {"mover": told.get("mover", ""), "seconder": told.get("seconder", "")}
    made |= {"quote": " ".join(told["quote"].split()), "certainty": "debatable" if "q" in told else "sure"}
    return entered(made, " ".join(told["line"].split()))
