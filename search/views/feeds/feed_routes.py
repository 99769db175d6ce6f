"""Atom feeds (RFC 4287) on the app's own server: new matches of a saved search, and new decisions of any board.

Read only for the archive. A saved search's address is its key: it lets nobody see or change the list that it is in.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from indexer import logs
from indexer.errors import ArchiveError, BadArguments, ModelError, SavedError
from indexer.records import Filters
from search.bounds import BOUNDS
from search.saved import Store, is_key
from search.views import address
from search.views.address import Asked
from search.views.api import parameters
from search.views.feeds import news
from search.views.feeds.news import Item

if TYPE_CHECKING:
    from indexer.archive import Archive
    from search.engine import Engine
    from search.views.guard.requests import Rate
import uuid
from collections.abc import Sequence
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from search.views.render.briefing import readable

_LOG = logging.getLogger(__name__)
SEARCH, DECISIONS, ACTIONS = "/feeds/searches/{key}", "/feeds/decisions", "/feeds/actions"
_TYPE = "application/atom+xml; charset=utf-8"
_PARAMETERS = ("q", "authority", "board", "from", "to")
_GONE = "There is no such feed: the saved search was removed, or the address is incomplete."
_NAMESPACE = "http://www.w3.org/2005/Atom"
_PUBLISHER = "Board papers"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where news comes from; each is opened for each request, so that a change is seen at once."""

    archive: Callable[[], Archive]
    engine: Callable[[], Engine]
    store: Callable[[], Store]


def routes(desk: Desk, rate: Rate) -> list[Route]:
    """Make the routes.

    Args:
        desk: where news comes from.
        rate: how often one address may ask.
    """
    feeds = {SEARCH: of_search, DECISIONS: of_decisions, ACTIONS: of_actions}
    return [Route(path, _served(desk, rate, feed), methods=["GET", "HEAD"]) for path, feed in feeds.items()]


def search_address(key: str) -> str:
    """Give the relative address of a saved search's feed."""
    return SEARCH.removeprefix("/").format(key=key)


def decisions_address(filters: Filters, words: str = "") -> str:
    """Give the relative address of the feed of decisions that pass filters and hold every word."""
    return _address(DECISIONS, filters, words)


def actions_address(filters: Filters, words: str = "") -> str:
    """Give the relative address of the feed of actions that pass filters and hold every word."""
    return _address(ACTIONS, filters, words)


def _address(route: str, filters: Filters, words: str) -> str:
    asked = Asked(words, filters.authorities, filters.boards, (), filters.date_from, filters.date_to)
    query = news.query_of(asked)
    return route.removeprefix("/") + (f"?{query}" if query else "")


def of_search(desk: Desk, request: Request) -> bytes | None:
    """Give the feed of a saved search; None if there is no such search."""
    key, store = str(request.path_params["key"]), desk.store()
    search = store.search(key) if is_key(key) else None
    if search is None:
        return None
    archive = desk.archive()
    news.refresh(store, search, archive, desk.engine)
    items = news.items(store, search, archive)[: BOUNDS.feed_entries]
    own = str(request.url.replace(query=""))
    title = f"New matches: {news.name(search)}"
    return feed(title, own, f"{request.base_url}{news.link(search)}", search.saved, items)


def of_decisions(desk: Desk, request: Request) -> bytes:
    """Give the feed of decisions, by the filters of the address.

    Raises:
        BadArguments: a parameter or a value that there is not.
    """
    return _by_filters(desk, request, "decisions", news.decisions)


def of_actions(desk: Desk, request: Request) -> bytes:
    """Give the feed of actions, by the filters of the address.

    Raises:
        BadArguments: a parameter or a value that there is not.
    """
    return _by_filters(desk, request, "actions", news.actions)


def _by_filters(
    desk: Desk, request: Request, what: str, latest: Callable[[Store, Archive, Asked, int], list[Item]]
) -> bytes:
    """Give the feed of what came last of one kind; ``what`` names it and its page."""
    params = parameters.known(request.query_params, _PARAMETERS)
    archive = desk.archive()
    filters = parameters.filters(params, archive.facets())
    words = parameters.single(params, "q")
    asked = Asked(words, filters.authorities, filters.boards, (), filters.date_from, filters.date_to)
    with archive.snapshot():
        items = latest(desk.store(), archive, asked, BOUNDS.feed_entries)
    query = urlencode(address.to_params(asked), doseq=True)
    where = ", ".join((*filters.boards, *filters.authorities))
    title = f"New {what}" + (f": {where}" if where else "") + (f", “{words}”" if words else "")
    page = f"{request.base_url}{what}" + (f"?{query}" if query else "")
    return feed(title, str(request.url), page, datetime.fromtimestamp(0, UTC), items)


def _served(desk: Desk, rate: Rate, feed: Callable[[Desk, Request], bytes | None]) -> Callable[..., object]:
    async def serve(request: Request) -> Response:
        if wait := rate.wait(request.client.host if request.client else ""):
            return PlainTextResponse("Too many requests.", 429, headers={"Retry-After": str(wait)})
        return await run_in_threadpool(_answered, desk, request, feed)

    return serve


def _answered(desk: Desk, request: Request, feed: Callable[[Desk, Request], bytes | None]) -> Response:
    body: bytes | None = None
    with logs.Edge() as edge:
        try:
            body = feed(desk, request)
        except BadArguments as error:
            return PlainTextResponse(str(error), 422)
        except (ArchiveError, ModelError, SavedError) as error:
            # Their messages name folders of the server, which callers must not see.
            _LOG.warning("%s", error)
            return PlainTextResponse("The papers cannot be read just now. Try again later.", 503)
    if edge.failed:
        return PlainTextResponse(edge.line, 500)
    if body is None:
        return PlainTextResponse(_GONE, 404)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=_TYPE, headers=headers)


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
