"""Question and filters as form fields, filled from the address and written back to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from indexer.records import Facets
from search.bounds import BOUNDS
from search.views import address
from search.views.address import Asked
from search.views.render import chips, models, phrasing, tables
from search.views.render.markup import escaped


def params() -> dict[str, list[str]]:
    """Give every value of every name in the address."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def number(name: str, least: int = 1) -> int | None:
    """Read a number in the address; None if there is none that counts from ``least``."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) >= least else None


def go(asked: Asked) -> None:
    """Make a view the address."""
    st.query_params.from_dict(address.to_params(asked))


def line(label: str, button: str) -> bool:
    """Draw a box for one line with its button beside it; return whether the form was sent."""
    with st.container(key="asking", horizontal=True, vertical_alignment="bottom"):
        st.text_input(label, max_chars=BOUNDS.address_characters, key="question", autocomplete="off")
        return st.form_submit_button(button, type="primary")


def form(
    key: str,
    label: str,
    button: str,
    facets: Facets,
    *,
    kinds: bool,
    box: Callable[[str, str], bool] = line,
    addressed: Callable[[Asked], Asked] = lambda asked: asked,
) -> Asked:
    """Draw the form and what of it cannot be used; give what is asked for: if it was just sent, else by the address.

    Args:
        key: the form's name, different for each page.
        label: what the box of words is called.
        button: what the button is called.
        facets: the values of the filters, with how many passages each leaves.
        kinds: whether to offer the kinds of passage.
        box: draws the box of words, whose key is "question", and the button; returns whether the form was sent.
        addressed: gives the part of what was sent that the address may hold.
    """
    asked = address.from_params(params())
    _fill(key, asked, facets)
    with st.container(key="narrowing", horizontal=True, vertical_alignment="bottom"):
        with st.form(key, border=False):
            sent = box(label, button)
        with st.popover("Filter", key="filters"):
            _fields(facets, kinds=kinds)
    if sent:
        asked = addressed(replace(asked.form, question=(st.session_state["question"] or "").strip()))
        st.session_state["filled"] = (key, asked)
        go(asked)
    if made := chips.filters_html(asked):
        st.html(made)
    for complaint in address.complaints(asked, params(), facets):
        st.warning(escaped(complaint))
    return asked


def _fill(key: str, asked: Asked, facets: Facets) -> None:
    """Put the address into the fields, once for each new address: on arrival, and after Back."""
    state = st.session_state
    page, before = state.get("filled", ("", Asked()))
    # Streamlit forgets a field that another page did not draw.
    if (page, before) == (key, asked.form) and "question" in state:
        return
    # What is typed and not yet sent outlives a change of the filters.
    if page != key or before.question != asked.question or "question" not in state:
        state["question"] = asked.question
    state["filled"] = (key, asked.form)
    for held, counts, names in (
        ("authorities", facets.authorities, asked.authorities),
        ("boards", facets.boards, asked.boards),
    ):
        bodies = models.by_body(counts, facets.also)
        state[held] = [name for name in bodies if {name, *facets.also.get(name, ())} & set(names)]
    state["kinds"] = list(asked.kinds)
    state["date_from"] = asked.date_from
    state["date_to"] = asked.date_to


def _fields(facets: Facets, *, kinds: bool) -> None:
    left, right = st.columns(2)
    _choices(left, "Council", "authorities", models.by_body(facets.authorities, facets.also))
    _choices(right, "Board or committee", "boards", models.by_body(facets.boards, facets.also))
    for column, label, key in ((left, "Meetings from", "date_from"), (right, "Meetings to", "date_to")):
        column.date_input(
            label,
            value=None,
            min_value=address.EARLIEST,
            max_value=address.LATEST,
            key=key,
            format="DD/MM/YYYY",
            on_change=_narrow,
        )
    if kinds:
        st.multiselect(
            "Kind of passage",
            address.KINDS,
            format_func=lambda kind: models.option(phrasing.KIND[kind], facets.kinds.get(kind, 0)),
            key="kinds",
            placeholder="All",
            on_change=_narrow,
        )


def _choices(column: st.delta_generator.DeltaGenerator, label: str, key: str, counts: dict[str, int]) -> None:
    column.multiselect(
        label,
        list(counts),
        format_func=lambda name: models.option(name, counts[name]),
        key=key,
        placeholder="All",
        on_change=_narrow,
    )


def _narrow() -> None:
    """Make the filters that were just chosen part of the address."""
    state, asked = st.session_state, address.from_params(params())
    go(
        replace(
            asked.form,
            authorities=tuple(state["authorities"]),
            boards=tuple(state["boards"]),
            kinds=tuple(state.get("kinds", ())),
            date_from=state["date_from"],
            date_to=state["date_to"],
        )
    )


def part(whole: int, length: int) -> range:
    """Draw the choice of a part where a list is long, and give the part that the address asks for.

    Args:
        whole: rows of the list, at least 1.
        length: most rows of a part.
    """
    parts = tables.parts(whole, length)
    if len(parts) == 1:
        return parts[0]
    chosen = parts[min(number("part") or 1, len(parts)) - 1]
    # The address alone says which part is shown.
    st.session_state["part"] = chosen
    return st.selectbox("Part of the list", parts, format_func=tables.name, key="part", on_change=_turn, args=(parts,))


def _turn(parts: list[range]) -> None:
    chosen = parts.index(st.session_state["part"]) + 1
    if chosen > 1:
        st.query_params["part"] = str(chosen)
    elif "part" in st.query_params:
        del st.query_params["part"]
