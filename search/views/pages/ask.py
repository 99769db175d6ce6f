"""The Ask page: one box; the answer with its quotations and passages, and the cited page beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from indexer.records import Filters
from search.bounds import BOUNDS
from search.question.follow_up import NOTHING, OPEN
from search.results import Answered
from search.views import address
from search.views.address import Asked
from search.views.render import answers, chips, front
from search.views.render.markup import escaped
from search.views.widgets import access, filters, reading, saving, under_answer

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.records import Facets, Totals


def count(asked: Asked, answered: Answered, facets: Facets) -> None:
    """Draw the line that says how much was found, which screen readers announce, and what was made of the question."""
    said = st.info if answered.status == "not_found" else st.success
    with st.container(key="said", horizontal=True, vertical_alignment="center"):
        said(answers.count_line(answered))
        st.html(answers.searched_html(answered))
        if named := chips.named_html(asked, answered, facets.boards, facets.authorities):
            st.html(named)
    if answered.follow_up and answered.follow_up.unsettled:
        st.markdown(OPEN)
    elif answered.follow_up:
        st.html(chips.carried_html(asked, answered))
    unfound = " ".join(filter(None, (*answered.lacking, answered.mention, answered.note)))
    if unfound and answered.status == "not_found":
        st.markdown(escaped(unfound))
    if answered.suggested:
        again = replace(asked.form, question=answers.corrected(answered))
        st.html(chips.html("Did you mean", [chips.chip(f"Ask “{again.question}”", chips.link(again))]))


def results(archive: Archive, asked: Asked, answered: Answered, facets: Facets) -> None:
    """Draw the answer and the passages, with the cited page beside them."""
    if not answered.hits:
        count(asked, answered, facets)
        if answered.status == "answered":  # of what is held, and not of what a paper says
            st.html(answers.answer_html(answered, (), None, access.leads))
        else:
            st.markdown("Try other words, a wider span of dates, or fewer filters.")
        saving.offer(archive, "ask", asked)
        return
    quoted = answers.quotations(answered, archive.plain_page)
    hit = answers.chosen(answered, asked.passage)
    first = answers.shown(quoted, asked.passage, asked.sheet)
    left, right = st.columns(2, gap="large")
    with left:
        count(asked, answered, facets)
        if quoted or answered.overview:
            st.html(answers.answer_html(answered, quoted, first, access.leads))
    # The page's picture is fetched while the rest is drawn.
    with right:
        spans = first.spans if first else hit.cited
        sheet = min(asked.sheet or spans[0].page, hit.stored.paper.page_count)
        reading.cited(archive, hit.stored.paper, spans, sheet, first.reference if first else hit.reference)
    with left:
        if lines := answers.lines_html(answered):
            st.html(lines)
        st.html(answers.passages_html(answered, None if first else hit))
        under_answer.offer(asked, answered)
        under_answer.report(archive, answered, asked.filters)
        under_answer.summary(answered)


def going_on(sent: Asked) -> Asked:
    """Add what was asked before to a question that goes on from it; the address then holds both."""
    if not sent.question:
        return sent
    last = address.from_params(filters.params())
    before = (*last.after, last.question) if last.question not in ("", sent.question) else last.after
    asked = replace(sent, after=before, without=())
    put = access.engine().put
    return asked if put(asked.question, asked.earlier) != put(asked.question, NOTHING) else replace(asked, after=())


def start(archive: Archive, totals: Totals, facets: Facets) -> None:
    """Draw the start page under its box: what can be asked, what is new, which boards there are, what is missing."""
    register, papers = archive.decisions(), archive.papers()
    examples = st.empty()
    st.html(front.recent_html())
    for one, other in (
        (front.decisions_html(register, access.leads), front.papers_html(papers)),
        (front.boards_html(papers, register, facets.aliases), front.missing_html(archive.ledger(), totals)),
    ):
        left, right = st.columns(2, gap="large")
        left.html(one)
        right.html(other)
    # Each is asked once for each state of the archive; all else is on screen meanwhile.
    engine = access.engine()
    examples.html(front.examples_html(engine.examples()))


def page(archive: Archive) -> None:
    """Draw the page."""
    totals, facets = archive.totals(), archive.facets(Filters())
    if access.empty(archive):
        return
    asked = filters.form("ask", "Your question", "Ask", facets, kinds=True, addressed=going_on)
    if asked.question:
        access.named(asked.question)
        results(
            archive,
            asked,
            access.engine().ask(asked.question, asked.filters, BOUNDS.hits_a_page, asked.earlier),
            facets,
        )
    else:
        start(archive, totals, facets)


st.title("Ask the board papers", anchor=False)
access.show(page)
