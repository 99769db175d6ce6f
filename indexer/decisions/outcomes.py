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
from collections.abc import Mapping, Sequence
from typing import Final

from indexer.records import Outcome
from indexer.text.cues import LEMMAS

_OUTCOMES: Final[Mapping[str, Outcome]] = {
    "note": "noted",
    "receive": "noted",
    "approv": "approved",
    "adopt": "approved",
    "ratif": "approved",
    "confirm": "approved",
    "agree": "agreed",
    "endors": "agreed",
    "accept": "agreed",
    "support": "agreed",
    "recommend": "recommended",
    "defer": "deferred",
    "refer": "referred",
    "withdraw": "withdrawn",
}
# "considered X and endorsed Y" is decided by its second verb; these settle nothing.
_NEUTRAL: Final = frozenset(
    stem + end
    for stem in ("consider", "review", "discuss", "welcom", "acknowledg")
    for end in ("", "s", "e", "es", "ed")
)
_OPENERS: Final = frozenset(("resolv", "decide"))
# No cue for the labels of lines, as reports are received in talk too.
_RECEIVING: Final = dict.fromkeys(("receive", "receives", "received"), "receive")
_VERB = r"(?:not(?:e|es|ed)\b|approv|adopt|ratif|confirm|agree|endors|accept|support|recommend|defer|refer|delegat)"
# Of texts with single spaces
_CLAUSES: Final = re.compile(
    rf"; ?(?:and )?|,? and that\b| and (?=(?:(?!to\b)[\w'’-]{{1,40}} ){{1,6}}be )"
    rf"|,? and (?=(?:(?:to|also|formally) )?{_VERB})",
    re.I,
)
_WORD: Final = re.compile(r"[^\W\d_]+|[.;:]")
_LEAD = r"\W*+(?:(?:that|to|bod)\b)?\W*+(?:As\s[^,:]{3,80}, )?(?:(?:I|we) )?"
_SUBJECT = (
    r"(?:(?:the )?(?:[\w'’&-]{1,40}+ ){0,7}?(?:board|council|cabinet|committee|panel|executive|members|hwb|governors"
    r"|trust|forum|commission)[,:]? )?"
)
_ADVERBS = r"(?:(?:to|also|formally|unanimously|hereby|should|will) )*+"
_ACTIVE: Final = tuple(re.compile(rf"{_LEAD}{subject}{_ADVERBS}(?P<verb>[a-z]\w+)", re.I) for subject in ("", _SUBJECT))
_PASSIVE: Final = re.compile(
    r"\b(?:(?:be|is|are|was|were|been)|yn cael e[iu]) (?:(?:\w{1,20}ly|hereby|also) )?(?P<verb>[a-z]\w+)", re.I
)


def outcome(stem: str, limbs: Sequence[str]) -> Outcome:
    """Derive the outcome from the words of a decision.

    Args:
        stem: the text before the first limb, opening word included; the whole text where there are no limbs.
        limbs: the limbs' texts without their labels.
    """
    plain = " ".join(stem.split())
    opening, end = _opening(plain)
    opened = known(opening)
    if opened == "recommended":
        return opened
    decided = _shared(_CLAUSES.split(plain[end:])) or _shared([" ".join(limb.split()) for limb in limbs])
    return decided or opened or "resolved"


def _opening(text: str) -> tuple[str, int]:
    """The first deciding word of the first clause, and where what it opens begins; ("", 0) where there is none."""
    for word in _WORD.finditer(text):
        if word.group() in ".;:" and text[: word.start()].strip(" *_#"):
            break
        low = word.group().lower()
        lemma = _lemma(low)
        told = lemma in _OUTCOMES and low.endswith(("ed", "wyd")) and (lemma != "receive" or word.group().isupper())
        if text[: word.start()].split()[-1:] == ["not"]:
            break
        if told or lemma in _OPENERS:
            rest = text[word.end() :].lstrip(" :,*_–—-")
            rest = rest[len("unanimously") :].lstrip(" :,*_–—-") if rest.lower().startswith("unanimously") else rest
            return word.group(), len(text) - len(rest)
    return "", 0


def _shared(texts: Sequence[str]) -> Outcome | None:
    """Give the one outcome of all ``texts``; None where they differ or one has no known verb."""
    outcomes: set[Outcome | None] = set()
    for text in texts:
        if not any(letter.isalpha() for letter in text):
            continue
        verb = _verb(text)
        if verb.lower() not in _NEUTRAL:
            outcomes.add(known(verb))
    return outcomes.pop() if len(outcomes) == 1 else None


def _verb(text: str) -> str:
    """Find the verb of a clause: right after the subject, or after "be"; one that settles nothing where that is all."""
    for pattern in _ACTIVE:
        active = pattern.match(text)
        if active and (known(active["verb"]) or active["verb"].lower() in _NEUTRAL):
            return active["verb"]
    passive = _PASSIVE.search(text)
    return passive["verb"] if passive else ""


def known(verb: str) -> Outcome | None:
    """Give the outcome that a verb of deciding means, None for any other word."""
    low = verb.lower()
    stem = low.removesuffix("ing") if low.endswith("ing") else ""
    return _OUTCOMES.get(_lemma(low) or _lemma(f"{stem}e") or _lemma(stem))


def _lemma(word: str) -> str:
    return LEMMAS.get(word) or _RECEIVING.get(word, "")
