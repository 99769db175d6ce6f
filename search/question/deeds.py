"""What a question asks to have been done (approved, put off, refused), and whether a ruling did it."""

from __future__ import annotations

import re
from collections.abc import Callable

from search.question.query import Query

# "When did the board approve it?" is answered by the day of the meeting that did.
_WHEN_DECIDED = re.compile(
    r"\bwhen (?:did|was|were|has|have)\b.{0,120}"
    r"\b(?:decid|resolv|agree|approv|adopt|endors|sign(?:ed)? off|defer|put off|refus|reject)",
    re.IGNORECASE,
)
# What is asked to have been done, and how rulings say that it was; "agreed" and "decided" are said of all of them.
_DEEDS = tuple(
    (re.compile(rf"\b(?:{asked})", re.IGNORECASE), re.compile(rf"\b(?:{done})", re.IGNORECASE))
    for asked, done in (
        (
            r"approv|adopt|endors|ratif|sign(?:ed)? off",
            r"approv|adopt|endors|ratif|sign(?:ed)? off|agree|accept|confirm",
        ),
        (r"defer|postpon|put off", r"defer|postpon|adjourn|put off"),
        (r"refus|reject|declin|turn(?:ed)? down", r"refus|reject|declin|lost|not (?:approved|agreed|supported)"),
        (r"appoint|elect|co-opt|nominat", r"appoint|elect|co-opt|nominat"),
    )
)


def asks_when(query: Query) -> bool:
    """Whether it is asked when something was decided: of a ruling that is the day of its meeting."""
    return query.intent == "decision" and _WHEN_DECIDED.search(query.text) is not None


def does(query: Query) -> Callable[[str], bool]:
    """Say how to tell whether a ruling does what is asked of it, such as approve; all do where nothing is."""
    done = [said for asked, said in _DEEDS if query.intent == "decision" and asked.search(query.text)]
    return lambda text: not done or any(said.search(text) for said in done)
