"""The clerk's own words for a decision, certain in every body, and those for what became of a motion."""

from __future__ import annotations

import re

from indexer.records import Outcome
from indexer.text.sentences import sentences

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
    r"\s*+[#*_]{0,4}\s*+(?P<label>\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxl]{1,6}|[IVXL]{1,6})[.):](?:(?<=[):])\s*|\s+)"
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
_CONCLUSION_WORDS = 60


def opens(text: str) -> bool:
    """Say whether a paragraph opens a decision in the clerk's own form: "RESOLVED", "Decision:"."""
    body = text[body_start(text) :]
    if _AT_START.match(body):
        return True
    if _CAPITAL_VERB.search(body) and any(letter.islower() for letter in body) and _CAPITALS_LATER.search(body):
        return True
    return any("resolved" in body[a:b] and _BODY_RESOLVED.match(body[a:b]) for a, b in sentences(body))


def verdict(text: str) -> Outcome | None:
    """Say whether a sentence records that a motion fell: "lost" or "withdrawn"."""
    if not _FATE.search(text) or len(text.split()) > _CONCLUSION_WORDS:
        return None
    match = _VERDICT.search(text)
    if match is None:
        return None
    return "withdrawn" if match["fate"].lower() == "withdrawn" else "lost"


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


def body_start(text: str) -> int:
    """Say where a paragraph's words begin, behind its label and the marks of Markdown."""
    match = _LABEL.match(text)
    return match.end() if match else 0
