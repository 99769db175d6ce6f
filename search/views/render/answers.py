"""An answer as it is shown: what was decided, the quotations, the passages. Nothing of Streamlit here.

Our words are put around the papers’ words here; the papers' words pass through `search.views.render.markup` only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.records import Meeting, Page, Span
from indexer.text.dates import written
from search import cite
from search.results import Answered, AnswerSentence, Hit
from search.views.render import browse, card, leaf, phrasing
from search.views.render.markup import paragraphs, plain


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation of the answer: its number from 1, its hit, page and reference, its own spans, and what it says.

    A sentence over a page's end is one, of the page that it begins on.
    ``note`` says in words what a reader must know of it besides: that it was only recommended, that it goes on, or that
    a machine read it.
    """

    number: int
    hit: Hit
    page: int | None
    reference: str
    spans: tuple[Span, ...]
    text: str
    note: str = ""

    @property
    def copied(self) -> str:
        """What is copied: the words in quotation marks, and the reference."""
        return f"“{self.text.strip()}” ({cite.copyable(self.reference, self.hit.stored.paper, self.page)})"


def quotations(answered: Answered, page: Callable[[str, int], Page | None]) -> tuple[Quotation, ...]:
    """Give the answer's quotations, each with its reference: its hit's, moved to the sentence's own page.

    Args:
        answered: what the engine gave.
        page: fetches a page by paper id and sheet.
    """
    by_rank = {hit.rank: hit for hit in answered.hits}
    shown: list[Quotation] = []
    for number, run in enumerate(answered.sentences, 1):
        parts = [answered.answer[at] for at in run]
        hit = by_rank[parts[0].hit]
        own = [page(hit.stored.paper.id, part.page or hit.cited[0].page) for part in parts]
        spans = [_place(part.text, there, hit) if there else hit.cited for part, there in zip(parts, own, strict=True)]
        recommended = "a recommendation" if hit.stored.passage.kind == "recommendation" else ""
        note = ", ".join(filter(None, (recommended, answered.more(run[-1]), hit.caution)))
        text = " ".join((parts[0].shown, *(part.text for part in parts[1:])))
        every = tuple(dict.fromkeys(span for some in spans for span in some))
        shown.append(Quotation(number, hit, parts[0].page, _reference(hit, parts, own), every, text, note))
    return tuple(shown)


def _reference(hit: Hit, parts: Sequence[AnswerSentence], own: Sequence[Page | None]) -> str:
    """Move a hit's reference to the sheets of the parts of a quotation."""
    if hit.page is None or all(part.page in (None, hit.page) for part in parts):
        return hit.reference
    leaves = (
        cite.leaf(part.page, there.label if there else "") for part, there in zip(parts, own, strict=True) if part.page
    )
    return hit.reference.removesuffix(cite.leaf(hit.page, hit.page_label)) + cite.joined(dict.fromkeys(leaves))


def _place(text: str, page: Page, hit: Hit) -> tuple[Span, ...]:
    """Find a quotation on its page, within its hit where the page says it more than once; the hit's spans otherwise."""
    first = min((span.start for span in hit.stored.passage.spans if span.page == page.number), default=0)
    at = page.text.find(text, first)
    at = at if at >= 0 else page.text.find(text)
    return (Span(page.number, at, at + len(text)),) if at >= 0 else hit.cited


def chosen(answered: Answered, rank: int | None) -> Hit:
    """Choose the hit whose page is shown: the one asked for, else the answer's first, else the first.

    Args:
        answered: with at least one hit.
        rank: from the address, perhaps of an answer that has changed since.
    """
    ranks = [rank, *(sentence.hit for sentence in answered.answer[:1])]
    by_rank = {hit.rank: hit for hit in answered.hits}
    return next((by_rank[one] for one in ranks if one in by_rank), answered.hits[0])


def shown(quoted: Sequence[Quotation], rank: int | None, sheet: int | None) -> Quotation | None:
    """Choose the quotation whose page is shown: the one that an address names, the first where it names nothing."""
    if rank is None and sheet is None:
        return quoted[0] if quoted else None
    return next((one for one in quoted if (one.hit.rank, one.page) == (rank, sheet)), None)


def count_line(answered: Answered) -> str:
    """Say how much was found; this line is announced to screen readers."""
    passages = phrasing.counted(len(answered.hits), "passage")
    if answered.status == "not_found":
        nearest = f" The nearest {passages} are below; none of them answers the question." if answered.hits else ""
        if len(answered.hits) == 1:
            nearest = " The nearest passage is below; it does not answer the question."
        return f"{phrasing.NOT_FOUND}{nearest}"
    if not answered.hits:
        return "Answered from the list of papers."
    quoted = phrasing.counted(len(answered.sentences), "quotation")
    return f"{passages} found" + (f", {quoted} in the answer." if answered.answer else ".")


def notes(answered: Answered) -> list[str]:
    """Say what was made of the question: which acronyms, dates and boards were understood, and what was searched."""
    said = [f"Also searched for {short} as “{long}”." for short, long in answered.expanded.items()]
    said += [
        f"No paper has the word “{word}”; did you mean “{nearest}”?" for word, nearest in answered.suggested.items()
    ]
    if answered.noticed:
        named = cite.joined(answered.noticed)
        said.append(f"Preferred, as the question names it: {named}. All others were searched too.")
    if answered.searched:
        said.append(f"Searched {answered.searched}.")
    return said


def corrected(answered: Answered) -> str:
    """Give the question with each word that the archive does not hold replaced by the nearest that it does."""
    question = answered.question
    for word, nearest in answered.suggested.items():
        question = re.sub(rf"\b{re.escape(word)}\b", nearest, question, flags=re.IGNORECASE)  # letters only
    return question


def searched_html(answered: Answered) -> str:
    """Give how the question was searched, folded into one line."""
    said = notes(answered)
    marker = f'<span class="answered" data-question="{plain(answered.question)}"></span>'
    if not said:
        return marker
    lines = "".join(f"<li>{plain(line)}</li>" for line in said)
    return f'{marker}<details class="made"><summary>How this was searched</summary><ul>{lines}</ul></details>'


def answer_html(answered: Answered, quoted: tuple[Quotation, ...], shown: Quotation | None, leads: browse.Leads) -> str:
    """Give the answer: the head line of what is quoted first, or of every decision listed, and the quotations.

    Args:
        answered: what the engine gave.
        quoted: its quotations; none where the list of papers answers.
        shown: the one whose page is shown beside it.
        leads: says whether a decision's thread leads anywhere.
    """
    head = card.card(answered)
    lines = f'<p class="headline">{plain(head.headline)}</p>' if head.headline else ""
    if below := f"{plain(head.detail)} {browse.followed(head.handle, leads)}".strip():
        lines += f'<p class="reference">{below}</p>'
    rows = "".join(
        f'<li>{plain(one.headline)} <span class="reference">{plain(one.detail)} '
        f"{browse.followed(one.handle, leads)}</span></li>"
        for one in card.listed(answered)
    )
    note = f'<p class="note">{plain(answered.note)}</p>' if answered.note else ""
    bodies = card.by_body(answered)
    every = "\n\n".join(filter(None, (head.headline, *bodies, *(one.copied for one in quoted))))
    tools = leaf.copy_button("Copy the whole answer", every)
    listed = f"<ol>{rows}</ol>" if rows else ""
    listed += f"<ul>{''.join(f'<li>{plain(said)}</li>' for said in bodies)}</ul>" if bodies else ""
    return (
        f'<section class="answer" aria-labelledby="answer"><h2 id="answer">Answer</h2>{lines}{note}{listed}'
        f'<ol class="quotations">{"".join(_quotation(one, one is shown) for one in quoted)}</ol>'
        f'<p class="tools">{tools}</p></section>'
    )


def _quotation(one: Quotation, shown: bool) -> str:
    on = "on its page" if one.page else "in its paper"
    at = f"passage={one.hit.rank}" + (f"&sheet={one.page}" if one.page else "")
    show = _show(f'Show<span class="heard"> quotation {one.number}</span> {on}', one.hit, one.spans, one.reference, at)
    copy = leaf.copy_button("Copy", one.copied, f"Copy quotation {one.number} with its reference")
    return (
        f'<li class="stop{" chosen" if shown else ""}" id="quotation-{one.number}">'
        f"<blockquote>{paragraphs(one.text)}</blockquote>"
        f'<p class="reference">{plain(one.reference)}{_strong(one.note)}</p><p class="tools">{show}{copy}</p></li>'
    )


def _show(label: str, hit: Hit, spans: tuple[Span, ...], reference: str, at: str) -> str:
    address = leaf.address(hit.stored.paper, spans[0].page, spans, reference)
    return f'<button type="button" data-leaf="{plain(address)}" data-at="{plain(at)}">{label}</button>'


def passages_html(answered: Answered, shown: Hit | None) -> str:
    """Give the passages, each with its number, kind, heading and reference, and the matched words marked.

    Args:
        answered: with at least one hit.
        shown: the hit whose page is shown beside the list, if it is one's.
    """
    heading = "Passages" if answered.status == "answered" else "Nearest passages"
    rows = "".join(_passage(hit, hit is shown) for hit in answered.hits)
    return f'<section class="passages" aria-labelledby="passages"><h2 id="passages">{heading}</h2>{rows}</section>'


def _passage(hit: Hit, shown: bool) -> str:
    kind = phrasing.KIND[hit.stored.passage.kind]
    heading = cite.shortened(hit.title.strip() or hit.stored.paper.title.strip()) or "Untitled"
    also = browse.places_html((place.paper, place.page) for place in hit.also_in)
    also = f"<details><summary>The same words elsewhere</summary>{also}</details>" if also else ""
    where = f"on page {plain(hit.page_label or str(hit.page))}" if hit.page else "in its paper"
    name = f'Show<span class="heard"> passage {hit.rank}</span> {where}'
    show = _show(name, hit, hit.cited, hit.reference, f"passage={hit.rank}")
    copied = f"“{hit.text.strip()}” ({cite.copyable(hit.reference, hit.stored.paper, hit.page)})"
    copy = leaf.copy_button("Copy", copied, f"Copy passage {hit.rank} with its reference")
    return (
        f'<div class="passage stop{" chosen" if shown else ""}" id="passage-{hit.rank}">'
        f'<h3>{hit.rank}. {plain(heading)}</h3><p class="reference"><span class="kind">{kind}</span> '
        f"{plain(hit.reference)}{_strong(hit.caution)}</p>"
        f'<div class="words">{paragraphs(hit.text, hit.matched, hit.headers, hit.core)}</div>'
        f'{also}<p class="tools">{show}{copy}</p></div>'
    )


def _strong(note: str) -> str:
    return f" <strong>({plain(note)})</strong>" if note else ""


def lines_html(answered: Answered) -> str:
    """Give the lines, their figures in a table, and what is missing; or the actions; "" where there are neither."""
    return _overview(answered) + _actions(answered)


def _overview(answered: Answered) -> str:
    overview = answered.overview
    if overview is None:
        return ""
    bodies = ", ".join(f"{body} ({count})" for body, count in overview.bodies.items())
    rows = "".join(
        f"<li>{plain(_when(line.meeting))}, {plain(cite.body(line.meeting))}, {line.kind}: {plain(line.title)}"
        f'<div class="words">{plain(line.shown)}</div>'
        f'<span class="reference">{browse.place_html(line.paper, line.page)}</span></li>'
        for line in overview.lines
    )
    cells = "".join(
        f"<tr><td>{plain(_when(line.meeting))}</td><td>{plain(cite.body(line.meeting))}</td>"
        f"<td>{plain(', '.join(line.figures))}</td><td>{plain(line.figure_text)}</td></tr>"
        for line in overview.table
    )
    head = "<tr><th>Meeting</th><th>Body</th><th>Figures</th><th>The sentence that prints them</th></tr>"
    table = f"<table><caption>Figures</caption>{head}{cells}</table>" if cells else ""
    lacking = "".join(f"<p>{plain(sentence)}</p>" for sentence in overview.lacking)
    return f"<h2>Meeting by meeting</h2><p>{plain(bodies)}</p><ol>{rows}</ol>{table}{lacking}"


def _actions(answered: Answered) -> str:
    if answered.actions is None or not answered.actions.actions:
        return ""
    rows = "".join(
        f"<li>{plain(one.state)}, {plain(_when(one.stored.section.meeting))}, {plain(one.stored.section.title)}"
        f"{plain(f'. Who: {one.stored.action.owner}' if one.stored.action.owner else '')}"
        f'<div class="words">{plain(one.stored.action.text)}</div></li>'
        for one in answered.actions.actions
    )
    return f"<ol>{rows}</ol>"


def _when(meeting: Meeting) -> str:
    return written(meeting.date) if meeting.date else "No date"
