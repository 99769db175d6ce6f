"""What became of a matter, by the verb that decides it.

The rule, in order:

1. A motion put and lost is "lost", a withdrawn one "withdrawn". Approving minutes is "approved" however it is said.
2. RECOMMENDED, or a resolution to recommend, is "recommended".
3. Otherwise the verb of the words before the limbs ("that Cabinet agree to: ...") decides; where they have none, the
   verb that all limbs share. Of several clauses in a row, all must share it.
4. Where verbs differ or none is known, the opening word decides if it is one itself (AGREED, NOTED, ...); else
   "resolved".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from indexer.records import Outcome

# Stems, in the order in which they are tried. "considered X and endorsed Y" is decided by its second verb.
_STEMS = re.compile(
    r"(?P<noted>not(?:e|es|ed|ing)\b|nodi|nodwyd|receiv)|(?P<approved>approv|adopt|ratif|confirm|cymeradwy)"
    r"|(?P<agreed>agree|endors|accept|support|cytun)|(?P<recommended>recommend|argymh)|(?P<deferred>defer|gohir)"
    r"|(?P<referred>refer(?:s|red|ring)?\b)|(?P<withdrawn>withdraw|tynnwyd)",
    re.I,
)
_NEUTRAL = re.compile(r"(?:consider|review|discuss)(?:s|ed)?\b|welcom(?:e|es|ed)\b|acknowledge[sd]?\b", re.I)
_VERB = r"(?:not(?:e|es|ed)\b|approv|adopt|ratif|confirm|agree|endors|accept|support|recommend|defer|refer|delegat)"
_CLAUSES = re.compile(
    rf";\s*(?:and\b\s*)?|(?:,|(?<!\s))\s+and\s+that\b|(?<!\s)\s+and\s+(?=(?:(?!to\b)[\w'’-]+\s+){{1,6}}be\s)|(?:,\s*|(?<!\s)\s+)and\s+(?=(?:to\s+|also\s+|formally\s+)?{_VERB})",
    re.I,
)
_OPENING = re.compile(
    r"\W*+(?:[^.;:]*?\b)??(RESOLVED|AGREED|APPROVED|NOTED|RECOMMENDED|DEFERRED|REFERRED|ENDORSED|RATIFIED|ADOPTED|DECIDED|RECEIVED"
    r"|RESOLUTIONS?|DECISIONS?"
    r"|PENDERFYNWYD|CYTUNWYD|NODWYD|CYMERADWYWYD|ARGYMHELLWYD|GOHIRIWYD"
    r"|Resolved|Resolutions?|Agreed|Noted|Approved|Recommended|Deferred|Referred|Decided|Decisions?|Penderfynwyd"
    r"|Penderfyniad|Cytunwyd|Nodwyd|Argymhellwyd|Gohiriwyd|resolved|agreed|approved|noted|recommended|deferred|referred"
    r"|endorsed|ratified|adopted|accepted|confirmed|supported|decided)\b[\s:*_–—-]*(?:unanimously|UNANIMOUSLY)?[\s:,*_–—-]*"
)
_LEAD = r"\W*+(?:that|to|bod)?\W*+(?:As\s[^,:]{3,80},\s+)?(?:(?:I|we)\s+)?"
_SUBJECT = (
    r"(?:(?:the\s+)?(?:[\w'’&-]+\s+){0,7}?(?:board|council|cabinet|committee|panel|executive|members|hwb|governors|trust"
    r"|forum|commission)[,:]?\s+)?"
)
_ADVERBS = r"(?:(?:to|also|formally|unanimously|hereby|should|will)\s+)*"
_ACTIVE = tuple(re.compile(rf"{_LEAD}{subject}{_ADVERBS}(?P<verb>[a-z]\w+)", re.I) for subject in ("", _SUBJECT))
_PASSIVE = re.compile(
    r"\b(?:(?:be|is|are|was|were|been)|yn cael e[iu])\s+(?:(?:\w+ly|hereby|also)\s+)?(?P<verb>[a-z]\w+)", re.I
)


def outcome(stem: str, limbs: Sequence[str]) -> Outcome:
    """Derive the outcome from the words of a decision.

    Args:
        stem: the text before the first limb, opening word included; the whole text where there are no limbs.
        limbs: the limbs' texts without their labels.
    """
    opening = _OPENING.match(stem)
    opened = _known(opening[1]) if opening else None
    if opened == "recommended":
        return opened
    rest = stem[opening.end() :] if opening else stem
    decided = _shared(_CLAUSES.split(rest)) or _shared(limbs)
    return decided or opened or "resolved"


def _shared(texts: Sequence[str]) -> Outcome | None:
    """Give the one outcome of all ``texts``; None where they differ or one has no known verb."""
    found: set[Outcome | None] = set()
    for text in texts:
        if not any(letter.isalpha() for letter in text):
            continue
        verbs = _verbs(text)
        if verbs != ("neutral",):
            found.update(_known(verb) for verb in verbs)
    return found.pop() if len(found) == 1 else None


def _verbs(text: str) -> tuple[str, ...]:
    """Find the verb of a clause: right after the subject, or after "be"; "neutral" for one that settles nothing."""
    for pattern in _ACTIVE:
        active = pattern.match(text)
        if active and _known(active["verb"]):
            return (active["verb"],)
        if active and _NEUTRAL.match(active["verb"]):
            return ("neutral",)
    passive = _PASSIVE.search(text)
    return (passive["verb"],) if passive else ("",)


def _known(verb: str) -> Outcome | None:
    found = _STEMS.match(verb)
    return cast(Outcome, found.lastgroup) if found else None
