"""For which meeting a paper is: what its head, running lines, file and path claim of its body and its day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from indexer.heads import filing
from indexer.heads.headings import numbered
from indexer.heads.named import Named, bodies_in, named_in
from indexer.heads.openings import HEAD_BLOCKS, TOP_BLOCKS, Head, first_date, is_present
from indexer.layout.blocks import Placed
from indexer.provenance.evidence import Claim
from indexer.records import Document, PaperKind
from indexer.text import bodies, dates
from indexer.text.words import words

# One witness that exists to say it is enough; so is a file's name where nothing contradicts.
LEAST = 1.5
OF_MEETINGS: frozenset[PaperKind] = frozenset(("pack", "agenda", "supplement", "decision", "minutes"))
_LETTERHEAD = 6
_LONGEST_RUNNING = 16

_FOR_MEETING = re.compile(
    r"(?:agenda|notice|summons) (?:for|of) (?:the |a )?(?:meeting of (?:the )?)?(?P<board>.{3,100})"
    r"|meeting of (?:the )?(?P<other>.{3,100})",
    re.IGNORECASE,
)
# What follows a board's name in a summons: "Council to be held at the Town Hall on …"
_PLACE = re.compile(r",? (?:(?:which )?(?:will|to) be )?held\b|,? (?:at|on|in) ", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:date(?: of (?:the )?(?:meeting|decision))?|meeting date|when)\s*[:\t]"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|held on\b"
    r"|at \d{1,2}[.:]\d\d\s*[ap]\.?m",
    re.IGNORECASE,
)
# "Decision taken by: Councillor A Poe, Cabinet Member for Mud", "Decision maker", "Name of the officer"
_TAKER = re.compile(
    r"\W*(?:(?:decision (?:to be )?)?(?:taken|made) by|(?:(?:name|title) of (?:the )?)?decision[- ]?(?:maker|taker))"
    r"\b[^:]{0,30}(?::\s*(?P<who>.*)|$)",
    re.IGNORECASE | re.DOTALL,
)
_SIGNED = ("signed", "signature", "date signed", "date of decision")
# A line at a sheet's edge says whose minutes these are only where it is not a line of the text.
_OF_A_MEETING = frozenset(("minutes", "meeting", "agenda", "council", "comhairle", "cyngor"))
_NOT_WHEN = frozenset(("issue", "publication", "published", "deadline", "next", "last", "previous"))


def named(
    blocks: Sequence[Placed], head: Head | None, kind: PaperKind, document: Document, path: str
) -> Iterator[Claim[Named]]:
    """Yield the bodies that a paper's head, front sheet, running lines, file title and path name.

    Args:
        blocks: its first blocks.
        head: the head of minutes or of a report that it begins with, if any.
        kind: what it is.
        document: for its running lines and the file's own title.
        path: as it was offered.
    """
    if head and head.meeting.board:
        yield Claim(Named("", head.meeting.board, 4.0), 4.0, "head")
    yield from _on_the_page(blocks, kind)
    if kind in OF_MEETINGS:
        for line in running(document):
            for one in bodies_in(line) if _OF_A_MEETING.intersection(words(line)) or dates.parse(line) else ():
                yield Claim(one, one.worth / 1.5, "running line")
        for one in bodies_in(document.title):
            yield Claim(one, one.worth / 3, "file title")
    if stamped := filing.stamped(document.title)[0]:
        yield Claim(Named("", stamped, 6.0), 6.0, "file title")
    elif titled := filing.dated_board(document.title)[0]:
        yield Claim(Named("", titled, 2.0), 2.0, "file title")
    if filed := filing.board_in_path(path):
        whose = bodies.authority(filed)
        yield Claim(Named(whose, "" if whose else filed, 1.5), 1.5, "path")


def _on_the_page(blocks: Sequence[Placed], kind: PaperKind) -> Iterator[Claim[Named]]:
    for one in named_in(_top(blocks, kind)):
        # only papers of meetings are trusted to name an unheard-of kind of body, or a board in one word
        plain = (bodies.authority(one.authority) or not one.authority) and (" " in one.board or not one.board)
        if plain or kind in OF_MEETINGS:
            yield Claim(one, one.worth, "head")
    if kind == "decision" and (taker := _taker(blocks)):
        yield Claim(Named("", taker, 6.0), 6.0, "who decided")
    if kind in OF_MEETINGS - {"minutes"} and (board := _front_sheet(blocks)):
        yield Claim(Named("", board, 3.0), 3.0, "front sheet")


def _front_sheet(blocks: Sequence[Placed]) -> str:
    return next(filter(None, (_board_in(block.text) for block in blocks[:TOP_BLOCKS])), "")


def _taker(blocks: Sequence[Placed]) -> str:
    """Who took the decision that a record is of: the post where one is named with the person, else as printed."""
    for at, block in enumerate(blocks[:TOP_BLOCKS]):
        label, *cells = block.text.strip().split("\t")
        if match := _TAKER.fullmatch(label.strip()):
            told = [match["who"] or "", *cells, *(blocks[at + 1].text.split("\t")[:1] if at + 1 < len(blocks) else ())]
            who = next((cell for one in told if (cell := " ".join(one.split())) and not _is_label(cell)), "")
            named, _, post = who.partition(", ")
            return bodies.tidy(post if post and bodies.is_person(named) else who)
    return ""


def _is_label(cell: str) -> bool:
    """Whether a cell is the label of another one: "Decision No:"."""
    return cell.endswith(":") or cell.casefold().startswith(("decision n", "date"))


def _top(blocks: Sequence[Placed], kind: PaperKind) -> list[Placed]:
    """The lines that may name the body: before the first item and the list of those present; of others only the first.

    Names in the list of those present are those of the bodies that guests come from.
    """
    lines: list[Placed] = []
    for block in blocks[: HEAD_BLOCKS if kind in OF_MEETINGS else _LETTERHEAD]:
        text = block.text.strip(" *#")
        item = numbered(text)[0] and not dates.parse(text[:40])
        if block.page != blocks[0].page or (kind in OF_MEETINGS and (item or is_present(text))):
            break
        lines.append(block)
    return lines


def running(document: Document) -> list[str]:
    """The lines at the sheets' edges that are not part of the text: headers and footers that repeat, shortest first."""
    text = " ".join(" ".join(page.text for page in document.pages).split())
    lines = {" ".join(line.split()) for line in document.margins}
    return sorted(line for line in lines if line and len(line.split()) <= _LONGEST_RUNNING and line not in text)


def boards(named: Sequence[Claim[Named]], authority: str, kind: PaperKind) -> list[Claim[str]]:
    """Return the boards that were named; where minutes name only the council itself, that is the body that met."""
    told = [
        Claim(bodies.one_name(claim.value.board, authority), claim.weight, claim.witness)
        for claim in named
        if claim.value.board
    ]
    own = bodies.kind_of(authority)
    return told or ([Claim(own, LEAST, "authority")] if own and kind == "minutes" else [])


def _board_in(text: str) -> str:
    line = " ".join(text.split())
    if letterhead := bodies.parted(line):
        return letterhead[1]
    whole = bodies.board(line)
    if whole and not bodies.authority(line):
        return whole
    if len(line) > 160:
        return ""
    if board := filing.dated_board(line)[0]:
        return board
    named = _FOR_MEETING.search(line)
    return bodies.board(_PLACE.split(named["board"] or named["other"])[0]) if named else ""


def days(
    blocks: Sequence[Placed], head: Head | None, kind: PaperKind, document: Document, path: str
) -> Iterator[Claim[date]]:
    """Yield the days that a paper's witnesses say its meeting was held; the arguments are those of `named`."""
    american = dates.is_american("\n".join(block.text for block in blocks))
    yield from _days_on_the_page(blocks, head, kind, american)
    for told, weight in ((filing.stamped(document.title)[1], 6.0), (filing.dated_board(document.title)[1], 2.0)):
        if told:
            yield Claim(told, weight, "file title")
    if filed := dates.in_path(path, american=american):
        yield Claim(filed, 2.0, "path")
    for line in running(document) if kind in OF_MEETINGS else ():
        if _NOT_WHEN.isdisjoint(words(line)) and (day := dates.parse(line, american=american)):
            yield Claim(day, 1.0, "running line")


def _days_on_the_page(
    blocks: Sequence[Placed], head: Head | None, kind: PaperKind, american: bool
) -> Iterator[Claim[date]]:
    if kind == "decision" and (signed := _signed(blocks)):
        yield Claim(signed, 5.0, "when signed")
    if american and (day := first_date([block.text for block in _top(blocks, kind)], american=True)):
        yield Claim(day, 4.0, "head")
    elif head and head.meeting.date:
        yield Claim(head.meeting.date, 4.0, "head")
    elif kind in OF_MEETINGS:
        for block in blocks[:TOP_BLOCKS]:
            dated = _WHEN.search(block.text) or _board_in(block.text)
            if (
                dated
                and _NOT_WHEN.isdisjoint(words(block.text))
                and "minutes" not in block.text.lower()
                and (day := dates.parse(block.text))
            ):
                yield Claim(day, 4.0, "front sheet")
                break
    if day := _letterhead(blocks):
        yield Claim(day, 3.0, "letterhead")


def _signed(blocks: Sequence[Placed]) -> date | None:
    """The day after "Date of decision" or beside the last signature of a record of decision."""
    days = [
        day
        for block in blocks
        if block.text.strip(" *_").casefold().startswith(_SIGNED) and (day := dates.parse(block.text))
    ]
    return days[0] if days else None


def _letterhead(blocks: Sequence[Placed]) -> date | None:
    """The date next to a board's name at the very top."""
    top = [" ".join(block.text.split()) for block in blocks[:_LETTERHEAD] if block.page == blocks[0].page]
    for index, line in enumerate(top):
        whose = bodies.authority(line) or bodies.authority(" ".join(top[max(0, index - 1) : index + 1]))
        if not whose and (both := filing.dated_board(line))[0]:
            return both[1]
        named = "" if whose or bodies.authorities(line) else bodies.board(line)
        if not named or len(named.split()) < 2:
            continue
        near = top[index + 1 : index + 2] + top[max(0, index - 1) : index]
        return next((day for one in near if (day := dates.whole(one))), None)
    return None
