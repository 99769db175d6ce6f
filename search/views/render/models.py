"""What the pages show, worked out from what the engine gives: text and safe HTML, without Streamlit.

Our words stand around the papers' words here; the papers' words pass through `search.views.render.markup` only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.records import LedgerEntry, Page, Totals
from indexer.text import dates
from search import cite
from search.results import MORE, Answered, Hit
from search.views.render import wording
from search.views.render.markup import paragraphs, plain


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation of the answer, ready to show: its number from 1, its hit, page and reference, and its HTML.

    ``note`` says in words what a reader must know of it besides: that it was only recommended, that it goes on, or that
    a machine read it.
    """

    number: int
    hit: int
    page: int | None
    reference: str
    html: str
    note: str = ""

    @property
    def label(self) -> str:
        """Label the button that shows its page; each label on a page is different."""
        return (
            f"Show quotation {self.number} on its page"
            if self.page
            else f"Show the text around quotation {self.number}"
        )


def quotations(answered: Answered, labels: Mapping[tuple[str, int], str]) -> tuple[Quotation, ...]:
    """Give the answer's quotations, each with its reference: its hit's, moved to the sentence's own page.

    Args:
        answered: what the engine gave.
        labels: printed page numbers by paper id and sheet, for sentences that stand on a later page than their hit.
    """
    by_rank = {hit.rank: hit for hit in answered.hits}
    shown: list[Quotation] = []
    for number, sentence in enumerate(answered.answer, 1):
        hit = by_rank[sentence.hit]
        reference = hit.reference
        if sentence.page is not None and hit.page is not None and sentence.page != hit.page:
            label = labels.get((hit.stored.paper.id, sentence.page), "")
            reference = reference.removesuffix(cite.leaf(hit.page, hit.page_label)) + cite.leaf(sentence.page, label)
        recommended = "a recommendation" if hit.stored.passage.kind == "recommendation" else ""
        more = MORE if number - 1 in answered.cut_short else ""
        note = ", ".join(filter(None, (recommended, more, hit.caution)))
        html = (
            f'<ol class="quotations" start="{number}"><li><blockquote>{paragraphs(sentence.shown)}</blockquote>'
            f'<p class="reference">{plain(reference)}{_strong(note)}</p></li></ol>'
        )
        shown.append(Quotation(number, sentence.hit, sentence.page, reference, html, note))
    return tuple(shown)


def chosen(answered: Answered, rank: int | None) -> Hit:
    """Choose the hit whose page is shown: the one asked for, else the answer's first, else the first.

    Args:
        answered: with at least one hit.
        rank: from the address, perhaps of an answer that has changed since.
    """
    wanted = [rank, *(sentence.hit for sentence in answered.answer[:1])]
    by_rank = {hit.rank: hit for hit in answered.hits}
    return next((by_rank[one] for one in wanted if one in by_rank), answered.hits[0])


def count_line(answered: Answered) -> str:
    """Say how much was found; this line is announced to screen readers."""
    found = wording.counted(len(answered.hits), "passage")
    if answered.status == "not_found":
        nearest = f" The nearest {found} are below; none of them answers the question." if answered.hits else ""
        if len(answered.hits) == 1:
            nearest = " The nearest passage is below; it does not answer the question."
        return f"{wording.NOT_FOUND}{nearest}"
    quoted = wording.counted(len(answered.answer), "quotation")
    return f"{found} found" + (f", {quoted} in the answer." if answered.answer else ".")


def notes(answered: Answered) -> list[str]:
    """Say what was made of the question: whether a decision was found, which acronyms and dates were understood."""
    said = [answered.ruling_note] if answered.ruling_note else []
    said += [f"Also searched for {short} as “{long}”." for short, long in answered.expanded.items()]
    said += [f"No paper holds “{word}”; did you mean “{likest}”?" for word, likest in answered.suggested.items()]
    if answered.noticed:
        said.append(f"Preferred, though nothing else was left out: {', '.join(answered.noticed)}.")
    if answered.searched:
        said.append(f"Searched {answered.searched}.")
    return said


def corrected(answered: Answered) -> str:
    """Give the question with each word that the archive does not hold in the spelling of its likest own."""
    question = answered.question
    for word, likest in answered.suggested.items():
        question = re.sub(rf"\b{re.escape(word)}\b", likest, question, flags=re.IGNORECASE)  # letters only
    return question


def hit_html(hit: Hit, *, shown: bool) -> str:
    """Give one passage: its number, kind and heading, its reference, and its text with the matched words marked.

    Args:
        hit: the passage.
        shown: whether its page is the one shown beside the list.
    """
    kind = wording.KIND[hit.stored.passage.kind]
    heading = cite.shortened(hit.title.strip() or hit.stored.paper.title.strip()) or "Untitled"
    state = '<p class="shown">Its page is shown under “The cited page”.</p>' if shown else ""
    also = "".join(f"<li>{plain(place.file)}{_sheet(place.page)}</li>" for place in hit.also_in)
    also = f"<p>The same words also stand in:</p><ul>{also}</ul>" if also else ""
    return (
        f'<div class="passage{" chosen" if shown else ""}" id="passage-{hit.rank}">'
        f'<h3>{hit.rank}. {plain(heading)}</h3><p class="reference"><span class="kind">{kind}</span> '
        f"{plain(hit.reference)}{_strong(hit.caution)}</p>{state}"
        f'<div class="words">{paragraphs(hit.text, hit.matched, hit.headers, hit.core)}</div>{also}</div>'
    )


def _strong(note: str) -> str:
    return f" <strong>({plain(note)})</strong>" if note else ""


def page_html(page: Page, ranges: tuple[tuple[int, int], ...]) -> str:
    """Give a page's text, with the passage marked."""
    words = paragraphs(page.text, sorted(ranges)) or "<p>This page has no text.</p>"
    return f'<div class="words">{words}</div>'


def page_name(page: Page, pages: int) -> str:
    """Name a page among its paper's: ``Page 10 (sheet 12 of 120)``."""
    own = page.label if page.label and page.label != str(page.number) else ""
    return f"Page {own} (sheet {page.number} of {pages:,})" if own else f"Page {page.number:,} of {pages:,}"


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


def _sheet(page: int | None) -> str:
    return f", p. {page}" if page else ""


def show_label(hit: Hit) -> str:
    """Label the button that shows a passage's page; each label on a page is different."""
    if hit.page is None:
        return f"Show the text around passage {hit.rank}"
    label = hit.page_label or str(hit.page)
    return f"Show passage {hit.rank} on page {label}"
