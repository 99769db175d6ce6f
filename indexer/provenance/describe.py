"""Who issued a paper, for which meeting, what it is and what it is called: by agreement of independent evidence.

Each witness (the head, the front sheet, the running lines, the file's own title and author, its path) proposes values
with weights; `indexer.provenance.evidence` counts them. A sidecar overrules all. What lacks evidence stays empty:
`indexer.provenance.neighbours` may fill it from the other papers of the folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from indexer.heads.openings import Head
from indexer.layout.blocks import Placed, placed
from indexer.provenance import issuers, meetings, titles
from indexer.provenance.evidence import Verdict, settle
from indexer.provenance.paper_kinds import kind as kind_of
from indexer.records import Document, Evidence, Meeting, Paper, PaperKind
from indexer.text import dates
from indexer.text.bodies import one_name
from indexer.text.words import name_key

_PAGES = 12


@dataclass(frozen=True, slots=True)
class _Seen:
    """A paper's first blocks, the head that it begins with, its kind, and what the file says of itself."""

    blocks: Sequence[Placed]
    head: Head | None
    kind: PaperKind
    document: Document
    path: str


def describe(document: Document, path: str, digest: str, overrides: Mapping[str, str]) -> Paper:
    """Return a paper's provenance.

    Args:
        document: what the reader made of the file.
        path: the path as it was offered; its folders and name are evidence.
        digest: SHA-256 of the bytes, in hex.
        overrides: a sidecar's row: any of authority, board, date, kind, title, url; empty values say nothing.
    """
    blocks = placed(document.pages[:_PAGES])
    head, kind, sort = kind_of(blocks, document, path)
    given = {name: value.strip() for name, value in overrides.items() if value and value.strip()}
    seen = _Seen(blocks, head, kind, document, path)
    meeting, told = _meeting(seen, given)
    chosen = next((one for one in get_args(PaperKind) if one == given.get("kind")), None)
    told = (*told, *_evidence((("kind", chosen, sort),)))
    kind = chosen or kind
    return Paper(
        id=digest,
        path=path,
        format=document.format,
        paged=document.paged,
        kind=kind,
        title=given.get("title") or titles.title(blocks, head, kind, meeting, document, path),
        meeting=meeting,
        page_count=len(document.pages),
        url=given.get("url", ""),
        evidence=told,
    )


def _meeting(seen: _Seen, given: Mapping[str, str]) -> tuple[Meeting, tuple[Evidence, ...]]:
    """The paper's meeting and the evidence for each part of it."""
    stated = dates.parse(given["date"]) if "date" in given else None
    named = list(meetings.named(seen.blocks, seen.head, seen.kind, seen.document, seen.path))
    issuer = settle(issuers.claims(seen.blocks, seen.kind, named, seen.document), issuers.LEAST, name_key)
    authority = given.get("authority") or (issuer.value if issuer else "")
    board = settle(meetings.boards(named, authority, seen.kind), meetings.LEAST, name_key)
    day = settle(meetings.days(seen.blocks, seen.head, seen.kind, seen.document, seen.path), meetings.LEAST)
    meeting = Meeting(
        authority,
        given.get("board") or (one_name(board.value, authority) if board else ""),
        stated or (day.value if day else None),
    )
    verdicts = (("authority", "authority" in given, issuer), ("board", "board" in given, board), ("date", stated, day))
    return meeting, tuple(_evidence(verdicts))


def _evidence(
    verdicts: Sequence[tuple[str, object, Verdict[str] | Verdict[date] | Verdict[PaperKind] | None]],
) -> Iterator[Evidence]:
    for name, by_hand, verdict in verdicts:
        if by_hand:
            yield Evidence(name, 1.0, ("sidecar",))
        elif verdict is not None:
            yield Evidence(name, verdict.confidence, verdict.witnesses)
