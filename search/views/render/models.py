"""What the pages show, worked out from what the engine gives: text and safe HTML, without Streamlit.

Our words stand around the papers' words here; the papers' words pass through `search.views.render.markup` only.
"""

from __future__ import annotations

from collections.abc import Mapping

from indexer.records import LedgerEntry, Totals
from indexer.text import dates
from search.views.render import wording
from search.views.render.markup import plain


def option(name: str, count: int) -> str:
    """Label a filter's value with how many passages it leaves."""
    return f"{name} ({count:,})"


def holdings(totals: Totals) -> str:
    """Say what the archive holds in one sentence."""
    held = (
        f"{wording.counted(totals.papers, 'paper')} with {wording.counted(totals.pages, 'page')} and "
        f"{wording.counted(totals.decisions, 'decision')}"
    )
    if totals.earliest and totals.latest:
        return f"This archive holds {held}, from {dates.written(totals.earliest)} to {dates.written(totals.latest)}."
    return f"This archive holds {held}."


def ledger_html(entries: list[LedgerEntry]) -> str:
    """Give ledger entries as a list: the file, what became of it and why, and its pages without text or read by OCR."""
    return "<ul>" + "".join(f"<li>{_entry(entry)}</li>" for entry in entries) + "</ul>"


def counts_html(of: str, counts: Mapping[str, int] | Mapping[int, int]) -> str:
    """Give counts as a table with a caption: how many passages each value has."""
    rows = "".join(
        f'<tr><th scope="row">{plain(str(value) or "Not known")}</th><td>{count:,}</td></tr>'
        for value, count in counts.items()
    )
    return (
        f'<div class="cells"><table><caption>Passages by {plain(of)}</caption>'
        f'<tr><th scope="col">{plain(of.capitalize())}</th><th scope="col">Passages</th></tr>{rows}</table></div>'
    )


def _entry(entry: LedgerEntry) -> str:
    parts = [f"<strong>{plain(entry.path)}</strong>", plain(entry.reason) if entry.reason else ""]
    if entry.pages_without_text:
        parts.append(f"pages without text: {wording.listed(entry.pages_without_text)}")
    if entry.ocr_pages:
        parts.append(f"read by OCR, so with likely mistakes: pages {wording.listed(entry.ocr_pages)}")
    return "; ".join(part for part in parts if part)
