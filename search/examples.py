"""Example questions, made from what this archive holds: each is answered by the decision it was made from."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from indexer.records import StoredDecision
from indexer.text.words import STOP_WORDS
from search.bounds import BOUNDS
from search.history import matters
from search.library import Library
from search.memory import Cache, Memory
from search.results import Answered


class Examples:
    """Questions to begin with, made once for each state of an archive. Safe to use from several threads."""

    def __init__(self, library: Library, memory: Memory, ask: Callable[[str], Answered]) -> None:
        self._library, self._ask = library, ask
        self._made: Cache[str, tuple[str, ...]] = Cache(memory, 1)
        self._making = threading.Lock()

    def __call__(self) -> tuple[str, ...]:
        """Give them; none while another thread is making them."""
        if not self._making.acquire(blocking=False):
            return ()
        try:
            library = self._library
            return self._made.once("", lambda: examples(library.decisions(), self._ask, library.acronyms()))
        finally:
            self._making.release()


def examples(
    rows: Iterable[StoredDecision], ask: Callable[[str], Answered], acronyms: Sequence[tuple[str, str, int]]
) -> tuple[str, ...]:
    """Make questions of the latest decisions, of as many boards as there are, and keep those that are answered.

    Args:
        rows: the register.
        ask: answers a question.
        acronyms: (short, long, papers) as the archive knows them.

    Returns:
        At most `BOUNDS.examples`; each question's answer begins with the decision that it was made from.
    """
    shorts = frozenset(short for short, _, _ in acronyms)
    questions: list[str] = []
    for row, _ in zip(_in_turn(telling(rows)), range(BOUNDS.example_tries), strict=False):
        question = _question(row, shorts)
        head = ask(question).head
        if head and head.handle == matters.decision_handle(row) and question not in questions:
            questions.append(question)
        if len(questions) == BOUNDS.examples:
            break
    return tuple(questions)


def telling(rows: Iterable[StoredDecision]) -> list[StoredDecision]:
    """Give the decisions whose headings say something, one for each heading, the latest first.

    A heading that comes back at every meeting is how a meeting runs, and a very short one says nothing.
    """
    latest = sorted(rows, key=lambda row: row.decision.meeting.date or date.min, reverse=True)
    told: dict[tuple[str, ...], list[StoredDecision]] = {}
    for row in latest:
        title = matters.title(row.decision.title)
        if not row.decision.recommendation and not title.routine and len(title.words) >= BOUNDS.example_words[0]:
            told.setdefault((row.decision.meeting.board, *sorted(title.words)), []).append(row)
    return [own[0] for own in told.values() if len({row.decision.meeting for row in own}) <= 2]


def _in_turn(rows: Sequence[StoredDecision]) -> Iterator[StoredDecision]:
    """Give the first of each board, then the second of each."""
    boards: dict[tuple[str, str], list[StoredDecision]] = {}
    for row in rows:
        if len(row.decision.title.split()) <= BOUNDS.example_words[1]:
            meeting = replace(row.decision.meeting, date=None)
            boards.setdefault((meeting.authority, meeting.board), []).append(row)
    yield from (row for some in zip_longest(*boards.values()) for row in some if row)


def _question(row: StoredDecision, shorts: frozenset[str]) -> str:
    board = row.decision.meeting.board
    authority = row.decision.meeting.authority
    # The first word of a council's name is its place.
    names = [name for name in (board, authority, authority.partition(" ")[0]) if name]
    heading = spoken(row.decision.title, shorts, names)
    return f"What did the {board} decide about {heading}?" if board else f"What was decided about {heading}?"


def spoken(heading: str, shorts: frozenset[str], names: Sequence[str]) -> str:
    """Put a heading as one says it: without its reference number and a headline's capitals, but with those of names.

    Args:
        heading: as it is printed.
        shorts: acronyms of the archive.
        names: names that keep their capitals.
    """
    words = heading.strip(" .:;–-").split()
    while len(words) > 1 and (matters.references(words[0]) or not any(sign.isalnum() for sign in words[0])):
        del words[0]  # "24/00115 -" before what it is about
    shouted = "".join(words).isupper()
    if words[0].casefold() in STOP_WORDS:
        words[0] = words[0].lower()
    if not shouted and 2 * sum(word[0].isupper() for word in words) > len(words):
        return " ".join(words)  # every word with a capital may be a name
    if not shouted:
        return " ".join([words[0] if words[0].isupper() or words[0] in names else words[0].lower(), *words[1:]])
    kept = {short.casefold(): short for short in shorts}
    low = " ".join(kept.get(word.casefold(), word.lower()) for word in words)
    for name in names:
        low = re.sub(rf"\b{re.escape(name)}\b", name, low, flags=re.IGNORECASE)
    return low
