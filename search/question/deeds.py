"""What a question asks to have been done, by whom money went and in which year, and what speaks of another."""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.text import handed, periods
from indexer.text.sentences import sentences
from search.question.query import Query

# "When did the board approve it?" is answered by the day of the meeting that did.
_WHEN_DECIDED = re.compile(
    r"\bwhen (?:did|was|were|has|have)\b.{0,120}"
    r"\b(?:decid|resolv|agree|approv|adopt|endors|sign(?:ed)? off|defer|put off|refus|reject)",
    re.IGNORECASE,
)
# What is asked to have been done, and how rulings say that it was; "agreed" and "decided" are said of all of them.
_DEEDS = tuple(
    (re.compile(rf"\b(?:{asking})", re.IGNORECASE), re.compile(rf"\b(?:{done})", re.IGNORECASE))
    for asking, done in (
        (
            r"approv|adopt|endors|ratif|sign(?:ed)? off",
            r"approv|adopt|endors|ratif|sign(?:ed)? off|agree|accept|confirm",
        ),
        (r"defer|postpon|put off", r"defer|postpon|adjourn|put off"),
        (r"refus|reject|declin|turn(?:ed)? down", r"refus|reject|declin|lost|not (?:approved|agreed|supported)"),
        (r"appoint|elect|co-opt|nominat", r"appoint|elect|co-opt|nominat"),
    )
)

_APPROVED = re.compile(r"\b(?:approv|adopt|ratif|sign(?:ed)? off)", re.IGNORECASE)

# Which way money went: in, out. A line that says both, as invoices that were received, is of either.
_FLOWS = (
    re.compile(r"\b(?:receiv\w+|receipts?|income|credited|takings|earn(?:ed|ings)?)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:spen[dt]|spending|paid|pays?|payments?|expenditure|invoices?|cheques?|outgoings)\b", re.IGNORECASE
    ),
)


def contrary(query: Query) -> Callable[[str], bool]:
    """Make the test for text about financial years other than the one asked for, or money that went the other way.

    Returns:
        What takes a text and says whether all years, or all ways of money, that it names are others.
    """
    asking = [_years(query.text), _ways(query.text) if "figure" in query.intents else frozenset()]
    sought = [(one, of) for one, of in zip(asking, (_years, _ways), strict=True) if one]
    return lambda text: any((said := of(text)) and said.isdisjoint(one) for one, of in sought)


def _years(text: str) -> frozenset[str]:
    return frozenset(form for _, _, form in periods.names(text) if "/" in form)


def _ways(text: str) -> frozenset[str]:
    return frozenset(flow.pattern for flow in _FLOWS if flow.search(text))


def asks_when(query: Query) -> bool:
    """Whether it is asked when something was decided: of a ruling that is the day of its meeting."""
    return query.intent == "decision" and _WHEN_DECIDED.search(query.text) is not None


def settles(query: Query) -> Callable[[str], bool]:
    """Make the test for a ruling that does not leave to another body what is asked to have been approved.

    All pass where no approval is asked for: what a cabinet endorsed or recommended is its decision.
    """
    asked = query.intent == "decision" and _APPROVED.search(query.text) is not None
    return lambda text: not (asked and all(handed.on(text[start:end]) for start, end in sentences(text)))


def does(query: Query) -> Callable[[str], bool]:
    """Make the test for a ruling that does what is asked, such as approve; all pass where nothing is asked."""
    done = [said for asking, said in _DEEDS if query.intent == "decision" and asking.search(query.text)]
    return lambda text: not done or any(said.search(text) for said in done)
