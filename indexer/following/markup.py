"""Reading what councils' systems answer: XML with double-encoded words, and HTML. Fetches nothing.

ModernGov's XML encodes entities twice, writes True and False, puts a blank before counts and a line break into empty
elements; any field may be missing. These functions give "" or a default for all of that, and never raise for a value.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from lxml import etree
from lxml import html as pages

from indexer.errors import FollowError
from indexer.text import dates

Element: TypeAlias = etree._Element

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MOST_DECODINGS = 3


def xml(body: bytes, where: str) -> Element:
    """Take an XML answer apart; entities are not expanded and nothing is fetched.

    Raises:
        FollowError: it is not XML: an error page, a sign-in page, or cut short.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        head = " ".join(body[:80].decode("utf-8", "replace").split())
        message = f"{where} did not answer with XML but with {head!r}; is it a ModernGov web service?"
        raise FollowError(message, path=where, expected="XML", found=head) from error


def page(body: bytes, base: str) -> Element:
    """Take an HTML page apart, its links made absolute."""
    tree = pages.fromstring(body or b"<html></html>")
    tree.make_links_absolute(base, resolve_base_href=False, handle_failures="ignore")
    return tree


def text(element: Element | None, name: str = "") -> str:
    """Give the words of an element or of its first child called ``name``: decoded, with single blanks; "" if none."""
    child = element.find(name) if element is not None and name else element
    return "" if child is None else tidy("".join(child.itertext()))


def raw(element: Element, name: str) -> str:
    """Give the text of a child as it is, without the blanks around it."""
    child = element.find(name)
    return "" if child is None else "".join(child.itertext()).strip()


def tidy(value: str) -> str:
    """Decode entities as often as they were encoded, and put single blanks between words."""
    for _ in range(_MOST_DECODINGS):
        decoded = html.unescape(value)
        if decoded == value:
            break
        value = decoded
    return " ".join(value.split())


def flag(element: Element, name: str) -> bool | None:
    """Give a field that says True or False; None where it is missing, empty or says neither."""
    return {"true": True, "false": False, "1": True, "0": False}.get(text(element, name).casefold())


def day(value: str) -> date | None:
    """Give a date written dd/mm/yyyy or in words; None where there is none."""
    if match := _DAY_FIRST.search(value):
        number, month, year = (int(part) for part in match.groups())
        try:
            return date(year, month, number)
        except ValueError:
            return None
    return dates.parse(value)


def links(tree: Element) -> Iterator[tuple[str, str]]:
    """Give the links of a page in order: words and absolute address."""
    for anchor in tree.iter("a"):
        address = anchor.get("href") or ""
        if address.startswith(("http://", "https://")):
            yield text(anchor) or tidy(anchor.get("title") or ""), address
