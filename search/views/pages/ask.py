"""The Ask page: one form, the answer with its quotations, the passages, and the cited page beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from indexer.records import Filters
from search.results import Answered, Hit
from search.views import address
from search.views.address import Asked
from search.views.render import card, models
from search.views.render.markup import escaped, plain
from search.views.widgets import access, cited, downloads, filters, reporting, saving, summing

if TYPE_CHECKING:
    from indexer.archive import Archive

LIMIT = 10


def choose(rank: int, sheet: int | None = None) -> None:
    """Show the page of the passage with this rank, or the sheet of its paper."""
    filters.go(replace(address.from_params(filters.params()), passage=rank, sheet=sheet))
    cited.bring_into_view()


def count(answered: Answered) -> None:
    """Draw the line that says how much was found, which screen readers announce, and what was made of the question."""
    if answered.status == "not_found":
        st.info(models.count_line(answered))
    else:
        st.success(models.count_line(answered))
    if said := " ".join(models.notes(answered)):
        st.markdown(escaped(said))
    if answered.status == "not_found" and answered.listed:
        st.markdown(escaped(" ".join(answered.listed.lacking)))


def offer_corrected(asked: Asked, answered: Answered) -> None:
    """Draw a button that asks again in the archive's own spelling, if a word of the question is not in the archive."""
    if answered.suggested:
        again = replace(asked, question=models.corrected(answered), passage=None, sheet=None)
        st.button(f"Ask “{escaped(again.question)}”", key="corrected", on_click=filters.go, args=(again,))


def answer(archive: Archive, answered: Answered) -> None:
    """Draw the answer: what was decided, by whom and when, and the quotations, each with a button for its page."""
    if not answered.answer:
        return
    st.header("Answer", anchor=False)
    heads(answered)
    for quotation in models.quotations(answered, downloads.labels(archive, answered)):
        st.html(quotation.html)
        st.button(
            quotation.label, key=f"quotation-{quotation.number}", on_click=choose, args=(quotation.hit, quotation.page)
        )


def heads(answered: Answered) -> None:
    """Draw the head line of what is quoted first; of a question that the register answers, those of all decisions."""
    head = card.card(answered)
    if head.headline:
        st.markdown(f"**{escaped(head.headline)}**")
    if head.detail or head.thread:
        st.html(f'<p class="reference">{plain(head.detail)} {_thread(head)}</p>')
    rows = [
        f'<li>{plain(one.headline)}. <span class="reference">{plain(one.detail)} {_thread(one)}</span></li>'
        for one in card.listed(answered)
    ]
    if rows:
        st.html(f"<ol>{''.join(rows)}</ol>")


def _thread(head: card.Card) -> str:
    return f'<a href="{plain(head.thread)}">What led to it and what followed</a>' if head.thread else ""


def passages(answered: Answered, chosen: Hit) -> None:
    """Draw the passages, each with a button that shows its page."""
    st.header("Passages" if answered.status == "answered" else "Nearest passages", anchor=False)
    for hit in answered.hits:
        st.html(models.hit_html(hit, shown=hit is chosen))
        st.button(models.show_label(hit), key=f"show-{hit.rank}", on_click=choose, args=(hit.rank,))


def results(archive: Archive, asked: Asked, answered: Answered) -> None:
    """Draw the answer and the passages, with the cited page beside them."""
    count(answered)
    offer_corrected(asked, answered)
    if not answered.hits:
        st.markdown("Try other words, a wider span of dates, or fewer filters.")
        saving.offer(archive, "ask", asked)
        return
    chosen = models.chosen(answered, asked.passage)
    left, right = st.columns(2, gap="large")
    with left:
        answer(archive, answered)
        reporting.offer(archive, answered, asked.filters)
        summing.offer(answered)
        passages(answered, chosen)
        downloads.draw(archive, answered)
        st.markdown("Save the search to see later what has come in for it.")
        saving.offer(archive, "ask", asked)
    with right, st.container(key="cited"):
        cited.draw(archive, chosen, asked)


def page(archive: Archive) -> None:
    """Draw the page."""
    totals, facets = archive.totals(), archive.facets(Filters())
    if not totals.papers:
        access.empty()
        return
    asked = filters.form("ask", "Your question", "Ask", facets, kinds=True)
    for complaint in address.complaints(asked, filters.params(), facets):
        st.warning(escaped(complaint))
    if asked.question:
        results(archive, asked, access.engine().ask(asked.question, asked.filters, LIMIT))
        return
    st.markdown(
        f"{models.holdings(totals)} Ask in your own words, for example “What did the board decide about …?”. "
        "Every answer is quoted from a page, and the page is shown."
    )


st.title("Ask the board papers", anchor=False)
access.show(page)
