"""What every page has: the name and the way to the other pages. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.views.render.markup import plain


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a page: its address and name; a page to which others lead is not ``listed``."""

    link: str
    name: str
    listed: bool = True


def navigation_html(pages: Sequence[Way], here: str) -> str:
    """Give the navigation; on a narrow screen it opens under a button.

    Args:
        pages: in order; ``reading.js`` opens all of them without a reload.
        here: the address of the page that is shown.
    """
    links = "".join(
        f'<li{"" if one.listed else " hidden"}><a href="{plain(one.link)}"'
        f"{' aria-current=page' if one.link == here else ''}>{plain(one.name)}</a></li>"
        for one in pages
    )
    return (
        '<nav class="site" aria-label="Pages"><strong>Board papers</strong>'
        '<button type="button" class="menu" data-menu aria-expanded="false" aria-controls="site-pages">Menu</button>'
        f'<ul id="site-pages">{links}</ul>'
        '<button type="button" class="keys" data-keys>Keys</button></nav>'
    )
