"""A part of a long list at a time; which part is in the address, so that it can be mailed and Back leads to it."""

from __future__ import annotations

import streamlit as st

from search.views.render import tables
from search.views.widgets import filters


def part(whole: int, length: int) -> range:
    """Draw the choice of a part where a list is long, and give the part that the address asks for.

    Args:
        whole: rows of the list, at least 1.
        length: most rows of a part.
    """
    parts = tables.parts(whole, length)
    if len(parts) == 1:
        return parts[0]
    asked = parts[min(filters.number("part") or 1, len(parts)) - 1]
    # The address alone says which part is shown.
    st.session_state["part"] = asked
    return st.selectbox("Part of the list", parts, format_func=tables.name, key="part", on_change=_turn, args=(parts,))


def _turn(parts: list[range]) -> None:
    chosen = parts.index(st.session_state["part"]) + 1
    if chosen > 1:
        st.query_params["part"] = str(chosen)
    elif "part" in st.query_params:
        del st.query_params["part"]
