"""The few scripts of our own, as files beside this module, so that `headers` can allow each by its hash.

A script is the same text always; what differs from time to time is handed to it in attributes of its element, where it
is data. Nothing of Streamlit here.
"""

from __future__ import annotations

from pathlib import Path

from search.views.render.markup import plain


def element(name: str, **data: str | int) -> str:
    """Give a script's element for a page.

    Args:
        name: the file's name without ``.js``.
        data: what the script finds in its element's ``dataset``; names of one word in small letters.
    """
    text = Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8")
    attributes = "".join(f' data-{key}="{plain(str(value))}"' for key, value in data.items())
    return f"<script{attributes}>{text}</script>"
