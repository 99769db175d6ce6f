"""Who moved and who seconded a motion: the name beside the word that says so, after its "by" or before the verb."""

from __future__ import annotations

import re

from indexer.text.cues import LEMMAS
from indexer.text.names import ADDRESS

# A name: a title, initials and capitalised words. A stop belongs to it only after a title or an initial.
_TITLE = (
    rf"(?:(?:(?:[Tt]he|an)\s+)?(?:{ADDRESS}|Council ?[Mm]ember|Council(?:m[ae]n|woman)|Comhairleoir|g?Comh"
    r"|Alderman|Commissioner|Supervisor|Trustee|Director|Governor|Selectman|Mayor)\.?\s+)"
)
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_PART = (
    r"(?:[A-Z]\.(?:[A-Z]\.)*"
    rf"|(?!(?i:second|seconde[rd]|move[rd]|propose[rd]|motion|and|ayes?|nays?|noes|votes?|roll)\b){_CAPITAL}[\w’'-]*)"
)
_ROLE = (
    r"[Tt]he\s+(?:Vice[- ])?(?:Deputy\s+)?(?:Chair(?:man|woman|person)?|Leader|Mayor|President|Cathaoirleach|Provost"
    r"|Convener|Headteacher)(?:\s+of\s+the\s+(?:Council|Board|Opposition))?"
)
_NAME = rf"(?P<name>{_ROLE}|{_TITLE}*{_PART}(?:\s+(?:{_PART}|(?:de|van|der|O|an|na)\b))*)"
_BY = re.compile(rf"(?:\s*\(s\))?\s*(?:(?:was|were)\s+)?(?:made\s+)?(?:(?:by|of|from|ag)\b\s*:?|[:–—-])\s*{_NAME}")
# A stop belongs to "Prop." and "Sec."; behind other words a sentence ends with it.
_STRAIGHT = re.compile(
    rf"(?:(?<=[Pp]rop)\.|(?<=[Ss]ec)\.)?\s+(?P<name>{_TITLE}+{_PART}(?:\s+{_PART})*|[A-Z]\.?\s[A-Z][\w’'-]+|[A-Z]{{2,3}}\b)"
)
_ASIDE = r"(?:,(?:(?!\b(?:moved|proposed|seconded)\b)[^;:.\n]){0,80}?,|\s*\([^)\n]{1,80}\))?"
_BEFORE = re.compile(rf"(?<![\w’'-]){_NAME}{_ASIDE}\s+(?:(?:then|also|duly|formally|had|has|and)\s+)?$")
_SECOND_BEHIND = re.compile(rf"\bby\s+{_NAME}\s*,?\s*(?:and\s+)?(?:was\s+)?$")
_WORD = re.compile(
    r"\b(?:(?P<mover>moved|made\s+a\s+motion|proposed|proposer|mover|motion|proposal|prop|mholadh|mhol)|(?P<seconder>seconded|seconder|second|sec|supported(?=\s+by)|cuidithe))\b",
    re.I,
)
# What follows somebody who "moved" something, and did not just move.
_MOTION = re.compile(
    r"[,:;]?\s+(?:that|the|an?|to|it|its|this|approval|acceptance|adoption|recommendation|refusal|and|for|\w+ing)\b|[,:;.]|$",
    re.I,
)
# What begins with a capital and names nobody.
_NOBODY = re.compile(
    r"(?:(?:The|This|That|It|A|An|And|On|Which|He|She|They|Motion|Amendment|Proposal|Recommendations?|Resolution|Approval"
    r"|Resolved|RESOLVED|Agreed|Proposed|Seconded|Moved|Second|Item|Council|Members?|Board|Committee|Carried|Vote|Also"
    r"|Following|After|Having|Being|Upon|Minutes|Both|Report)\b.*|[A-Z])$",
    re.S,
)


def movers(text: str) -> tuple[str, str]:
    """Find the mover and the seconder that ``text`` names last, as printed; "" for each that it does not name.

    The last, because a text includes what precedes a resolution and the nearest motion is the one it settles.
    """
    plain = " ".join(text.split())
    mover = seconder = ""
    for word in _WORD.finditer(plain):
        name = _beside(plain, word)
        if word["mover"] and name:
            mover, seconder = name, ""
        elif word["seconder"]:
            behind = _SECOND_BEHIND.search(plain[: word.start()])
            if not mover and behind and (before := _name(behind["name"])):
                mover = before
            seconder = seconder or name
    return mover, seconder


def several(text: str) -> bool:
    """Say whether ``text`` names more than one seconder, so that it is about more than one motion."""
    plain = " ".join(text.split())
    return len({name for word in _WORD.finditer(plain) if word["seconder"] and (name := _beside(plain, word))}) > 1


def _beside(text: str, word: re.Match[str]) -> str:
    """The name after a word's "by", else straight after it, else straight before it."""
    for pattern in (_BY, _STRAIGHT):
        if (match := pattern.match(text, word.end())) and (name := _name(match["name"])):
            return name
    if word.group().lower() in ("motion", "proposal", "proposer", "mover", "seconder", "mholadh", "cuidithe"):
        return ""
    if word["mover"] and not _MOTION.match(text, word.end()):
        return ""
    match = _BEFORE.search(text[max(0, word.start() - 140) : word.start()])
    return _name(match["name"]) if match else ""


def _name(text: str) -> str:
    words = text.split()
    ended = next((at for at, word in enumerate(words) if at and word.endswith("ED") and word.lower() in LEMMAS), None)
    name = " ".join(words[:ended]).strip(" .,;:")  # "SECONDED: Cllr Roe RESOLVED: That"
    nobody = _NOBODY.match(name) and not re.fullmatch(_ROLE, name)
    return "" if nobody else name.replace("The ", "the ", name.startswith("The "))
