"""News and feeds as safe HTML. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.records import Filters, StoredDecision
from indexer.text import dates
from search import cite
from search.views.exports.collected import Held
from search.views.feeds.feed_routes import decisions_address
from search.views.feeds.news import Item
from search.views.render import browse, leaf
from search.views.render.markup import paragraphs, plain


def items_html(items: Sequence[Item]) -> str:
    """Give matches as a list: heading as a link to the page, reference, the first words, and when they came."""
    rows = [
        f"<li>{link_html(item.link, item.heading)}"
        f'<p class="reference">{plain(item.reference)}. Came in on {dates.written(item.noticed.date())}.</p>'
        f'<div class="words"><p>{plain(item.text)}</p></div></li>'
        for item in items
    ]
    return f'<ul class="news">{"".join(rows)}</ul>'


def piece_html(one: Held) -> str:
    """Give a quotation of a collection: its words, its reference with a link to its page, and the reader's note."""
    where = f"{browse.link(one.paper, one.spans[0].page)}&spans={leaf.spans_text(one.spans)}"
    note = f'<p class="note">{plain(one.piece.note)}</p>' if one.piece.note else ""
    return (
        f'<div class="passage">{note}<div class="words">{paragraphs(one.text)}</div>'
        f'<p class="reference">{link_html(where, one.reference)}</p></div>'
    )


def feeds_html(rows: Iterable[StoredDecision]) -> str:
    """Give the addresses of the feeds of decisions: of all, and of each board that has decided something."""
    bodies = {
        (meeting.authority, meeting.board): cite.body(meeting) or browse.NO_BODY
        for row in rows
        if not row.decision.recommendation and (meeting := row.decision.meeting).board
    }
    own = [
        f"<li>{link_html(decisions_address(Filters(_one(authority), _one(board))), f'Decisions: {name}')}</li>"
        for (authority, board), name in sorted(bodies.items(), key=lambda body: body[1])
    ]
    return f"<ul><li>{link_html(decisions_address(Filters()), 'Decisions: all boards')}</li>{''.join(own)}</ul>"


def link_html(address: str, name: str) -> str:
    """Give a link to another view or feed of ours."""
    return f'<a href="{plain(address)}">{plain(name)}</a>'


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()
