"""Which office a printed role is: in the chair of a body, or leading a council; and who signs a report's head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from indexer.text.names import NAME, councillor
from search.settings import HISTORY

Office = Literal["chair", "vice-chair", "leader", "deputy leader", "mayor"]
# How each office is said of somebody.
SAID: dict[Office, str] = {
    "chair": "Chair",
    "vice-chair": "Vice-chair",
    "leader": "Leader",
    "deputy leader": "Deputy leader",
    "mayor": "Mayor",
}
_CHAIR = r"(?:in the )?chair(?:man|woman|person)?"
# "Chair of Healthwatch" is a member's post elsewhere; in the chair here is who has no other body named.
_HERE = r"(?: of the (?:meeting|board|committee|cabinet|panel|council|forum))?"
_COUNCIL = r"(?: of (?:the )?(?:[\w-]+ ){0,3}council)?(?:,.*)?"


def _office(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:acting|interim|co-?)[\s-]*)?(?:{pattern})", re.IGNORECASE)


_OFFICES: dict[Office, re.Pattern[str]] = {
    "vice-chair": _office(rf"(?:vice|deputy)[\s-]*{_CHAIR}{_HERE}|{_CHAIR}{_HERE} \(vice\)"),
    "chair": _office(rf"{_CHAIR}{_HERE}|convener|presiding"),
    "deputy leader": _office(rf"deputy leader{_COUNCIL}"),
    "leader": _office(rf"leader{_COUNCIL}"),
    "mayor": _office(r"(?:lord )?mayor"),
}
_CHOSEN = re.compile(r"\b(?:elect|appoint)ed (?:as |to be )?(?:the )?", re.IGNORECASE)
_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z ]{1,30}?)\s*(?::|\t)\s*(?P<rest>.*)", re.DOTALL)
_SIGNED = re.compile(r"(?:from|by|report (?:of|by))", re.IGNORECASE)
_HEAD = re.compile(rf"(?P<name>{NAME})\s*(?:,|[–—-]|\()\s*(?P<role>[^\t]*?)\)?\s*,?", re.DOTALL)
_BRACKETED = re.compile(rf"(?P<name>{NAME}) ?\(? ?(?P<role>[A-Za-z][A-Za-z -]{{2,30}})\)(?! of\b)")
_ANOTHER = re.compile(rf"{NAME}\s*,")
# How a post begins, as it is printed behind a name.
POST = re.compile(
    r"(?:(?:the|acting|interim|deputy|vice|joint|lead|executive|assistant|chief|corporate|cabinet|strategic"
    r"|independent"
    r"|portfolio|group|head|non-executive|managing|general|service|public|representative|monitoring|section|district"
    r"|borough|county|town|parish|ward)\b|\w*chair\w*|leader|mayor|convener|provost|director|officer|manager|member"
    r"|executive|councillor for|clerk|secretary|treasurer|superintendent|commissioner|representing|in the chair)",
    re.IGNORECASE,
)
# Posts below those that sign reports, and people who hold none.
_BELOW = re.compile(
    r"\b(?:(?<!chief )(?<!accountable )(?<!executive )(?<!monitoring )officer|assistant|specialist|administrator"
    r"|support|advis[eo]r|analyst|minute[- ]taker|resident|parishioner|members? of the public|press|applicant"
    r"|petitioner|observer|guest|visitor)\b",
    re.IGNORECASE,
)


def offices(role: str) -> frozenset[Office]:
    """Say which offices a role is; several may be printed with "and" or semicolons between."""
    parts = [part.strip() for part in re.split(r";|\band\b", role)]
    return frozenset(known for part in parts for known, pattern in _OFFICES.items() if pattern.fullmatch(part))


def elects(text: str, office: Office) -> bool:
    """Whether a decision elects or appoints somebody to an office of the body that takes it."""
    chosen = (_OFFICES[office].match(text, match.end()) for match in _CHOSEN.finditer(text))
    return any(match is not None and not text.startswith(" of ", match.end()) for match in chosen)


def public(name: str, role: str) -> bool:
    """Whether somebody who is listed as present is so in a public role, not as an officer below or as a resident."""
    return councillor(name) or bool(offices(role)) or _BELOW.search(role) is None


def bracketed(text: str, start: int = 0) -> Iterator[tuple[str, str, int, int]]:
    """Give whom a text names from ``start`` on with an office in brackets: name, office, and where both are.

    A bracket that closes may lack the one that opens.
    """
    for match in _BRACKETED.finditer(text, start):
        if offices(match["role"]):
            yield match["name"], match["role"], match.start(), match.end()


def signed(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Give who signs a report's head: name, role, and where both are; nothing of a line that names several."""
    start, within = 0, False
    for line in text.split("\n")[: HISTORY.head_lines]:
        match = _LABEL.match(line)
        if match:
            within = _SIGNED.fullmatch(match["label"].strip()) is not None
        at = match.start("rest") if match else 0
        one = _HEAD.fullmatch(line[at:].strip()) if within else None
        if one and POST.match(one["role"]) and not _ANOTHER.search(one["role"]):
            begin = start + line.index(one["name"], at)
            yield one["name"], " ".join(one["role"].split()), begin, start + len(line.rstrip())
        start += len(line) + 1
