"""Where the evidence stands in a passage, and what the passage is without it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from indexer.text.sentences import sentences

Span = tuple[int, int]

_LEAST: Final = 20  # words of a copy without evidence; a shorter one tells nothing but that it is short


def place(quotes: Iterable[str], passage: str) -> Span | None:
    """Find the first quote that a passage holds, by letters and digits alone, and give its characters there."""
    at = [number for number, letter in enumerate(passage) if letter.isalnum()]
    letters = [passage[number].lower() for number in at]
    read = "".join(one[0] for one in letters)
    for quote in quotes:
        sought = "".join(letter.lower()[0] for letter in quote if letter.isalnum())
        begin = read.find(sought)
        if sought and begin >= 0:
            return at[begin], at[begin + len(sought) - 1] + 1
    return None


def without(passage: str, evidence: Span) -> str | None:
    """Leave out the sentences that hold the evidence.

    What is left is verbatim. None where the evidence is in the heading, which is what a passage begins with, or little
    is left.
    """
    spans = list(sentences(passage))
    begin = max((start for start, _ in spans if start <= evidence[0]), default=0)
    end = min((start for start, _ in spans if start >= evidence[1]), default=len(passage))
    left = (passage[:begin] + passage[end:]).strip()
    return left if begin and len(left.split()) >= _LEAST else None
