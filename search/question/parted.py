"""A question in parts: where in its text its matter, its days and its bodies are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, get_args

from indexer.text.words import STOP_WORDS, WORD, fold, initials, words
from search.question import matter
from search.question.entities import SORT, bodies
from search.question.query import Query

Part = Literal["matter", "period", "board", "authority"]
PARTS: tuple[Part, ...] = get_args(Part)
Span = tuple[int, int]

# "And in schools?" takes the place of what follows "in", and not of what was asked about it.
_AT = re.compile(r"(?:in|on|for|of|at|by|to|from|with) (?:the )?", re.IGNORECASE)
_PLACED, _WITHIN = ("in ", "at "), re.compile(r"\b(?:in|at) (?:the )?$", re.IGNORECASE)


class Parted:
    """A question and where its parts are in its text."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.text = query.text
        self.own = matter.words_of(query)

    @cached_property
    def spans(self) -> Mapping[Part, list[Span]]:
        """The places of each part, in order."""
        days = [(at, at + len(one.words)) for one in self.query.periods if (at := self.text.find(one.words)) >= 0]
        # "The library board" is more than the board.
        sorts = [match.span(1) for match in SORT.finditer(self.text.lower().rstrip(" ?.!"))]
        boards = [
            next((whole for whole in sorts if whole[0] <= span[0] and span[1] <= whole[1]), span)
            for span in _mentions(self.text, self.query.boards)
        ]
        every = set(_mentions(self.text, self.query.authorities))
        # "The Ashshire board" may be Ashshire's council and a body that is called so: it is said once.
        within = {one for one in every for other in every - {one} if other[0] <= one[0] and one[1] <= other[1]}
        authorities = sorted(every - within)
        return {
            "matter": self._matter([*days, *boards, *authorities]),
            "period": days, "board": boards, "authority": authorities,
        }  # fmt: skip

    def _matter(self, taken: Sequence[Span]) -> list[Span]:
        """Find the longest stretch from one content word of the matter to another that holds no other part."""
        stretches: list[Span] = []
        for match in WORD.finditer(self.text):
            start, end = match.span()
            on_matter = any(match.group().lower() in words(word) for word in self.own)
            if not on_matter or any(low <= start < high for low, high in taken):
                continue
            if stretches and not any(stretches[-1][1] <= low < start for low, _ in taken):
                stretches[-1] = (stretches[-1][0], end)
            else:
                stretches.append((start, end))
        return sorted(stretches, key=lambda span: span[0] - span[1])[:1]

    def cut_to(self, rest: str) -> str:
        """Cut the matter to what follows the preposition that a text begins with, and give what came before it.

        Where the matter is in no place, nothing of it is cut for one, and its part is the end of it: "the overspend".
        """
        opening, own = _AT.match(rest), self.spans["matter"]
        if opening is None or not own:
            return ""
        start, end = own[0]
        at = self.text.rfind(f" {opening[0]}", start, end)
        placed = opening[0].lower().startswith(_PLACED) and not _WITHIN.search(self.text[:start])
        if at < 0 and not placed:
            return ""
        own[0] = (end, end) if at < 0 else (at + 1 + len(opening[0]), end)
        return self.text[start : end if at < 0 else at]

    def said(self, part: Part) -> str:
        """Give the words of a part, "" where the question has none."""
        return " and ".join(dict.fromkeys(self.text[start:end] for start, end in self.spans[part]))

    def within(self, part: Part, other: Part) -> bool:
        """Whether a part is said by words of another: the board of "Otham Parish Council"."""
        places = [
            (any(low <= start and end <= high for low, high in self.spans[other])) for start, end in self.spans[part]
        ]
        return bool(places) and all(places)


def _mentions(text: str, names: Sequence[str]) -> Iterator[Span]:
    """Yield where a text says one of some names, or as much of it as means it."""
    for name in names:
        own = {*words(fold(name)), initials(name)}
        run: list[re.Match[str]] = []
        for match in [*WORD.finditer(text), None]:
            if match and match.group().lower() in own:
                run.append(match)
                continue
            while run and run[0].group().lower() in STOP_WORDS:
                run.pop(0)
            while run and run[-1].group().lower() in STOP_WORDS:
                run.pop()
            if run and bodies(f"the {text[run[0].start() : run[-1].end()]}", [name]):
                yield run[0].start(), run[-1].end()
                break
            run = []
