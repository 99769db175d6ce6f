"""The clerk's own words for a decision, and those for what became of a motion, as lists of words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from indexer.text import dates
from indexer.text.words import BULLETS, listed

_OPENERS: Final = listed(
    "resolved resolution resolutions agreed noted approved recommended deferred referred endorsed ratified adopted "
    "decided received decision decisions penderfynwyd penderfyniad cytunwyd nodwyd cymeradwywyd argymhellwyd gohiriwyd"
)
# What may follow one of them and says nothing yet, and those of them that say nothing without more.
_BEHIND: Final = listed("unanimously that to bod nem con taken made")
_EMPTY: Final = ("resol", "deci", "recomm", "pender", "argym")
_SIGNED: Final = listed("on by the chair chairman clerk signed date dated")
_SUBJECTS: Final = listed("motion motions amendment amendments proposal recommendation recommendations item vote")
_CARRYING: Final = listed("motion amendment proposal")
_HELPERS: Final = listed("was were been and declared fell not")
_ELSEWHEN: Final = listed("had has have be")
_AGREED: Final = listed("agreed resolved decided carried")
_SAYING: Final = listed("was were and unanimously")
_ENDING: Final = listed("was were and be unanimously")
_FATES: Final[dict[str, Literal["lost", "withdrawn"]]] = dict.fromkeys(
    listed("lost defeated rejected fell fails failed died dies negatived"), "lost"
)
_ALONE: Final = listed("fell fails failed died dies carries passes")
_PASSED: Final = listed("carried carries passed passes")
_CARRIED: Final = _PASSED | listed("agreed approved adopted")
_ONLY_CARRIED: Final = _PASSED | listed("it this was duly motion unanimously")
_RECORDS: Final = listed("record recording notice form sheet")
_ROUND: Final = " :;–—-*_.,()[]“”\"'"
_RECOMMENDED: Final = listed("recommendation recommendations")
_WORD_ON_IT: Final = 12
_CONCLUSION_WORDS: Final = 60
# The label that may precede it all: "3.", "(b)", a bullet, the marks of Markdown.
_LABEL: Final = re.compile(
    r"\s*+[#*_]{0,4}\s*+(?P<label>\(?(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[A-Za-z]|[ivxl]{1,6}|[IVXL]{1,6})[.):](?:(?<=[):])\s*|\s+)"
    rf"|\(?\d{{1,3}}\.\d{{1,3}}\s+|[{BULLETS}·\ue000-\uf8ff]\s*|[–—-]\s+|o\s+(?=[A-Z]))?[*_]{{0,4}}\s*"
)


@lru_cache(maxsize=1024)
def fate(text: str) -> Literal["lost", "withdrawn", "carried", ""]:
    """Say what a sentence says of a motion: that it fell, was withdrawn or was carried; "" for none of these."""
    words = _words(text)
    if not words or len(words) > _CONCLUSION_WORDS:
        return ""
    if set(words) <= _ONLY_CARRIED:
        return "carried" if _CARRIED & set(words) else ""
    alone = words[0] in _FATES or words[0] == "withdrawn" or words[:4] == ["put", "to", "the", "vote"]
    subject = next((at for at, word in enumerate(words) if word in _SUBJECTS), 0 if alone else len(words))
    for at in range(subject, len(words)):
        between = words[subject + 1 : at]
        if not _ELSEWHEN.isdisjoint(between):
            continue  # "the proposal had been approved", "that proposal C be adopted": not here and now
        if at > subject + 1 and not _HELPERS & set(between) and not alone and words[at] not in _ALONE:
            continue
        if words[at] in _FATES or (words[at] in _CARRIED and words[at - 1] == "not" and at):
            return "lost"
        if words[at] == "withdrawn":
            return "withdrawn"
        if words[at] in _PASSED or (words[at] in _CARRIED and words[subject] in _CARRYING and between):
            return "carried"
    return ""


def concluded(text: str) -> bool:
    """Say whether a sentence ends by saying what became of what it moves: "..., which was agreed"."""
    last = _words(text)[-3:]
    return bool(last) and (last[-1] in _CARRIED or last[-1] in _FATES) and bool(_ENDING & set(last[:-1]))


def two_motions(text: str) -> bool:
    """Say whether a sentence is on a motion and on an amendment: "3 for the amendment and 4 for the motion"."""
    words = _words(text)
    motions = (words[max(0, at - 3) : at] for at, word in enumerate(words) if word in ("motion", "motions"))
    return any(word.startswith("amendment") for word in words) and any("to" not in before for before in motions)


def agreed(text: str) -> bool:
    """Say whether a sentence says that what it moves was agreed: "proposed by A, seconded by B and agreed to"."""
    words = _words(text)
    return any(word in _AGREED and not _SAYING.isdisjoint(words[max(0, at - 1) : at]) for at, word in enumerate(words))


def adopts(text: str, resolution: str) -> bool:
    """Say whether a resolution is the word on a text put to the meeting as "Recommendation: ...", or says it again."""
    put, words = _words(text), set(_words(resolution))
    said = _RECOMMENDED & words and len(words) <= _WORD_ON_IT
    labelled = text.partition(":")[0].strip(_ROUND).casefold() in _RECOMMENDED
    return labelled and (bool(said) or set(put[1:]) <= words)


def carries(text: str) -> bool:
    """Say whether a text begins with what can be carried: "motion", "amendment", "proposal"."""
    return not _CARRYING.isdisjoint(_words(text)[:1])


def bare(text: str) -> bool:
    """Say whether an opener is alone ("RESOLVED", "Resolved that:"), so that its text is still to come."""
    words = _words(text)
    kept = words[2:] if words[:2] == ["it", "was"] else words
    return bool(kept) and kept[0] in _OPENERS and text.strip(_ROUND)[:1].isupper() and set(kept[1:]) <= _BEHIND


def names_record(text: str) -> bool:
    """Say whether a line of a head names a record of decision: "Record of decision", "Decision recording form"."""
    words = set(_words(text))
    return bool(_RECORDS & words) and bool({"decision", "decisions"} & words)


def empty(text: str) -> bool:
    """Say whether an opener that stayed alone decides nothing: "RESOLVED" needs a text, "NOTED" does not.

    With a day and who signed it is a stamp, whatever the opener: "APPROVED 9 April 2019".
    """
    plain = dates.without(text)
    if plain != text:
        words = [word for word in _words(plain) if word not in _SIGNED]
        return bool(words) and words[0] in _OPENERS and set(words[1:]) <= _BEHIND
    return bare(text) and any(word.startswith(_EMPTY) for word in _words(text))


def body_start(text: str) -> int:
    """Say where a paragraph's words begin, after its label and the marks of Markdown."""
    match = _LABEL.match(text)
    return match.end() if match else 0


def _words(text: str) -> list[str]:
    return [word for piece in text.split() if (word := piece.strip(_ROUND).casefold())]
