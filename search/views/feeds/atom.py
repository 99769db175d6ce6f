"""News as an Atom feed (RFC 4287). Nothing of Streamlit here; the XML library escapes every word of a paper."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from search.views.exports.briefing import readable
from search.views.feeds.news import Item

_NAMESPACE = "http://www.w3.org/2005/Atom"
_PUBLISHER = "Board papers"


def feed(title: str, own: str, page: str, begun: datetime, items: Sequence[Item]) -> bytes:
    """Write a feed.

    Args:
        title: what it is a feed of.
        own: its own full address, which is also its name for good.
        page: the full address of the view that shows the same.
        begun: its time of change as long as it has no items.
        items: the latest first.
    """
    root = Element("feed", xmlns=_NAMESPACE)
    _text(root, "id", _name(own))
    _text(root, "title", title)
    _text(root, "updated", max((item.noticed for item in items), default=begun).isoformat())
    SubElement(_within(root, "author"), "name").text = _PUBLISHER
    SubElement(root, "link", rel="self", type="application/atom+xml", href=own)
    SubElement(root, "link", rel="alternate", type="text/html", href=page)
    for item in items:
        _entry(_within(root, "entry"), item, page)
    ElementTree.indent(root, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, "unicode").encode()


def _entry(entry: Element, item: Item, page: str) -> None:
    _text(entry, "id", _name(item.id))
    _text(entry, "title", item.heading)
    _text(entry, "updated", item.noticed.isoformat())
    SubElement(entry, "link", rel="alternate", type="text/html", href=urljoin(page, item.link))
    _text(entry, "summary", item.reference)
    _text(entry, "content", f"{item.text}\n\n{item.reference}")


def _text(parent: Element, name: str, text: str) -> None:
    element = SubElement(parent, name)
    element.text = readable(text)
    if name in ("title", "summary", "content"):
        # Said, though it is the default: no reader of feeds may take a paper's words for HTML.
        element.set("type", "text")


def _within(parent: Element, name: str) -> Element:
    return SubElement(parent, name)


def _name(text: str) -> str:
    """Give a name that stays the same as long as ``text`` does, as Atom wants it: an IRI."""
    return uuid.uuid5(uuid.NAMESPACE_URL, text).urn
