"""What every page has: the name, the way to the other pages, and a script. Nothing of Streamlit here.

Our few scripts are files in the folder above, so that `guard.headers` can allow each by its hash. A script is the same
text always; what differs from time to time is handed to it in attributes of its element, where it is data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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


def script(name: str, **data: str | int) -> str:
    """Give a script's element for a page.

    Args:
        name: the file's name without ``.js``.
        data: what the script finds in its element's ``dataset``; names of one word in small letters.
    """
    text = Path(__file__).parents[1].joinpath(f"{name}.js").read_text(encoding="utf-8")
    attributes = "".join(f' data-{key}="{plain(str(value))}"' for key, value in data.items())
    return f"<script{attributes}>{text}</script>"
