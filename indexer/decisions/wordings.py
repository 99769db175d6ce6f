"""The words by which minutes say that something was decided, and what became of it.

Three strengths, most certain first:

- *formal*: the clerk's own form: RESOLVED in capitals anywhere; AGREED, NOTED, APPROVED ... in capitals with the body
  or "was" before them or at the start; "Resolved:", "Decision:", "PENDERFYNWYD" at the start; "The Council resolved
  to".
- *settled*: a sentence that can only be a decision ("the minutes were signed as a correct record", "the motion was put
  and lost").
- *concluding*: ordinary words ("It was agreed that", "The Board noted its work plan"), which tell of the discussion as
  often as of a decision. They count only where the caller finds them as an item's last words.
"""

from __future__ import annotations

import re
from typing import Literal

from indexer.records import Outcome
from indexer.text.sentences import sentences

Strength = Literal["formal", "settled", "concluding"]

# A body that decides, named in full or in short. The words before it are capitalised, so that "The officer of the
# Council" is none.
_BODY = (
    r"(?:[Tt]he\s+)?(?:(?:[A-Z][\w'’&-]*|and|of|for|&)\s+){0,6}?"
    r"(?:[Bb]oard|[Cc]ouncil|[Cc]abinet|[Cc]ommittee|[Ss]ub-[Cc]ommittee|[Pp]anel|[Ee]xecutive|[Gg]overning [Bb]ody"
    r"|[Gg]overnors|[Mm]embers|[Ff]orum|[Pp]artnership|[Aa]uthority|[Tt]rust|[Aa]ssembly|[Cc]ommission|HWB|ICB)"
)
_WELSH = "PENDERFYNWYD|CYTUNWYD|NODWYD|CYMERADWYWYD|ARGYMHELLWYD|GOHIRIWYD|TYNNWYD YN ÔL"
_CAPITALS = (
    "RESOLVED|AGREED|APPROVED|NOTED|RECOMMENDED|DEFERRED|REFERRED|ENDORSED|RATIFIED|ADOPTED|DECIDED|RECEIVED|DECISIONS?"
    rf"|RESOLUTIONS?|{_WELSH}"
)
_LEADING = (
    "Resolved|Resolutions?|Agreed|Noted|Approved|Recommended|Deferred|Referred|Decided|Decisions?"
    "|Penderfynwyd|Penderfyniad|Cytunwyd|Nodwyd|Argymhellwyd|Gohiriwyd"
)
_UNANIMOUS = r"(?:\(?(?:unanimously|UNANIMOUSLY|Unanimously|nem\.? con\.?)\)?)"

# The label that may stand before it all: "3.", "(b)", a bullet, the marks of Markdown.
_LABEL = re.compile(
    r"\s*[#*_]{0,4}\s*(?P<label>\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxl]{1,6}|[IVXL]{1,6})[.):](?:(?<=[):])\s*|\s+)"
    r"|\(?\d{1,3}\.\d{1,3}\s+|[•●▪◦‣▫■□➢·]\s*|[–—-]\s+|o\s+(?=[A-Z]))?[*_]{0,4}\s*"
)

# A capital word before another ("APPROVED MINUTES") is a heading, not a verb.
_AT_START = re.compile(
    r"(?:IT WAS\s+|It was\s+|UNANIMOUSLY\s+|Unanimously\s+)*"
    rf"(?:(?:{_CAPITALS})\b(?!\s+(?!THAT\b|TO\b|BOD\b|UNAN)[A-Z]{{2}})"
    r"|(?:Resolved|Penderfynwyd)\s+(?:unanimously\s*[:,–—-]?|that|to|bod)\b"
    rf"|(?:{_LEADING})(?:\s+(?:{_UNANIMOUS}|that|bod))?\s*(?:[:–—]|-(?:\s|$)|\.?\s*$))"
)
_CAPITAL_VERB = re.compile(rf"\b(?:{_CAPITALS})\b")
_CAPITALS_LATER = re.compile(
    rf"\b(?:RESOLVED|PENDERFYNWYD)\b|(?:{_BODY}|\b(?:was|were|be|been|is|and))\s+(?:(?:also|therefore|duly|unanimously"
    rf"|UNANIMOUSLY|THEREFORE)\s+)?(?:{_CAPITALS})\b"
)
_BODY_RESOLVED = re.compile(
    rf"(?:(?:[A-Z][^.;]{{0,100}},\s+)?(?:{_BODY}|[Ii]t was)|[^.;]{{3,140}}?\b(?:and|,)\s+(?:it was|{_BODY}))\s+"
    r"(?:(?:also|then|therefore|accordingly|unanimously|formally)\s+)*resolved\b\s*(?:unanimously\s*)?"
    r"(?:that|to\b|:|[–—-]\s|$)"
)
_CORRECT_RECORD = re.compile(
    r"(?!To\b|.*\b(?:whether|asked|queried|requested)\b)(?:\S+\s+){0,12}?minutes\b.*\b(?:were|was|be|are|as|being)\b"
    r".*\b(?:correct|accurate|true)\b(?:\s+and\s+\w+)?\s+(?:record|reflection)",
    re.I | re.S,
)
_MINUTES_APPROVED = re.compile(
    rf"{_BODY}\s+(?:unanimously\s+)?(?:approved|agreed|confirmed|accepted)\s+the\s+(?:\w+\s+){{0,2}}minutes\b"
    r"|The\s+(?:\w+\s+){0,3}minutes\b[^.]{0,120}\b(?:were|was)\s+(?:\w+\s+){0,3}(?:approved|agreed|confirmed|accepted"
    r"|received)\b"
)
_FATE = re.compile(r"\b(?:lost|defeated|rejected|fell|not carried|withdrawn)\b", re.I)
_VERDICT = re.compile(
    r"(?:\b(?:motion|amendment|proposal|recommendation|item)\b.{0,120}\b(?:was|were|been|and|declared|fell)\b.{0,40}?"
    r"|^(?:put to the vote and\s+)?)\b(?P<fate>lost|defeated|rejected|fell|not carried|withdrawn)\b",
    re.I,
)
CARRIED = re.compile(
    r"\b(?:motion|amendment|proposal)\b[^.]{0,120}\b(?:was|were|declared|and)\b[^.]{0,30}\b(?:carried|agreed|approved|passed)\b",
    re.I,
)
_DECIDING = (
    "agreed|approved|noted|endorsed|ratified|adopted|recommended|deferred|referred|received and noted|resolved|decided"
    "|(?:accepted|confirmed|supported)(?! that)"
)
_BODY_CONCLUDES = re.compile(
    rf"(?:{_BODY}|It was)\s+(?:(?:also|then|therefore|unanimously|formally|duly)\s+)*"
    rf"(?:(?:considered|received|reviewed|discussed)\s+and\s+)?(?:{_DECIDING})\b"
)
_NOTED_THAT = re.compile(
    rf"(?:{_BODY}|It was)\s+(?:\w+\s+)?noted\s+(?:that|how|with|in|by|at|as|:|following|the following|concern)\b"
    r"|It was noted"
)
_PASSIVE = re.compile(
    r"(?!.*\b(?:[Aa]polog|[Dd]eclaration|interest)).{3,140}?\b(?:was|were)\s+"
    r"(?:(?:proposed|moved),?\s+(?:and\s+)?seconded,?\s+and\s+)?(?:(?:therefore|unanimously|formally|duly)\s+)*"
    r"(?:agreed|approved|noted|deferred|withdrawn|referred|endorsed|adopted|ratified|accepted)\b"
)
# "The Board:" or "The Committee resolved to:", when the next line says what.
_STEM = re.compile(rf"{_BODY}\s*(?:[:–—]|-\s*$)\s*$")
_STEM_LIMB = re.compile(
    rf"(?:{_CAPITALS}|DELEGATED|CONFIRMED|ACCEPTED)\b|(?:[Nn]oted|[Rr]eceived)\b(?!\s+(?:that|how|the following)\b)"
    r"|(?:[Aa]greed|[Aa]pproved|[Ee]ndorsed|[Rr]atified|[Aa]dopted|[Rr]esolved|[Dd]elegated)\b"
)
# A paragraph without any of these words needs no closer look.
_ORDINARY = (
    "resolved",
    "agreed",
    "noted",
    "approved",
    "endorsed",
    "ratified",
    "adopted",
    "recommended",
    "deferred",
    "referred",
    "decided",
    "accepted",
    "confirmed",
    "supported",
    "withdrawn",
    "lost",
    "fell",
    "defeated",
    "rejected",
    "carried",
    "passed",
    "record",
    "reflection",
)
_CONCLUSION_WORDS = 60


def opener(text: str) -> tuple[int, Strength] | None:
    """Say where in a paragraph a decision begins and how sure that is; None where it tells of none.

    Args:
        text: one paragraph or a sentence of it.
    """
    start = body_start(text)
    body = text[start:]
    if _AT_START.match(body):
        return start, "formal"
    if _CAPITAL_VERB.search(body) and any(letter.islower() for letter in body):
        later = _CAPITALS_LATER.search(body)
        if later:
            return start + _sentence_at(body, later.start()), "formal"
    lowered = body.lower()
    if not any(word in lowered for word in _ORDINARY):
        return None
    spoken = [(begin, body[begin:end]) for begin, end in sentences(body)]
    for begin, one in spoken:
        if "resolved" in one and _BODY_RESOLVED.match(one):
            return start + begin, "formal"
    for begin, one in spoken:
        if _settles(one):
            return start + begin, "settled"
    return (start, "concluding") if _concludes(body) else None


def verdict(text: str) -> Outcome | None:
    """Say whether a sentence tells that a motion fell: "lost" or "withdrawn"."""
    if not _FATE.search(text) or len(text.split()) > _CONCLUSION_WORDS:
        return None
    match = _VERDICT.search(text)
    if match is None:
        return None
    return "withdrawn" if match["fate"].lower() == "withdrawn" else "lost"


def stem(text: str, following: str) -> int | None:
    """Say where "The Board:" begins in a line after which a list says what it decided; None for any other line.

    Args:
        text: the line.
        following: the next line, which must begin with a deciding verb: "• APPROVED the plan".
    """
    start = body_start(text)
    body = following[body_start(following) :]
    return start if _STEM.match(text, start) and _STEM_LIMB.match(body) else None


def bare(text: str) -> bool:
    """Say whether an opener stands alone ("RESOLVED", "Resolved that:"), so that its text is still to come."""
    return bool(
        re.fullmatch(
            rf"(?:IT WAS\s+|It was\s+)?(?:{_CAPITALS}|{_LEADING})[\s:–—-]*{_UNANIMOUS}?"
            r"[\s:–—-]*(?:[Tt]hat|[Tt]o|THAT|TO|bod)?"
            r"[\s:–—*_-]*",
            text.strip(),
        )
    )


def empty(text: str) -> bool:
    """Say whether an opener that stayed alone decides nothing: "RESOLVED" needs a text, "NOTED" does not."""
    return bare(text) and bool(re.match(r"\W*(?:it was\s+)?(?:resol|deci|recomm|pender|argym)", text, re.I))


def names_body(text: str) -> bool:
    """Say whether a paragraph is one sentence with the deciding body as its subject: "The Board noted its ..."."""
    if len(sentences(text)) > 1:
        return False
    return bool(_BODY_CONCLUDES.match(text[body_start(text) :])) and not text.startswith("It was")


def body_start(text: str) -> int:
    """Say where a paragraph's words begin, behind its label and the marks of Markdown."""
    match = _LABEL.match(text)
    return match.end() if match else 0


def _concludes(body: str) -> bool:
    if len(body.split()) > _CONCLUSION_WORDS or _NOTED_THAT.match(body):
        return False
    return bool(_BODY_CONCLUDES.match(body) or _PASSIVE.match(body) or CARRIED.search(body))


def _settles(sentence: str) -> bool:
    if "inutes" in sentence and (_MINUTES_APPROVED.match(sentence) or _CORRECT_RECORD.match(sentence)):
        return True
    return verdict(sentence) is not None


def _sentence_at(text: str, position: int) -> int:
    return next((begin for begin, end in sentences(text) if begin <= position < end), 0)
