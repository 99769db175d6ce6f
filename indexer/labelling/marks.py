"""The labels of a stretch of minutes: what the model says of every unit, and the few words that leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from indexer.labelling import tagger
from indexer.labelling.features import features
from indexer.labelling.others import by_others, is_verb
from indexer.labelling.units import Label, Unit, units
from indexer.layout.blocks import Placed
from indexer.text import cues
from indexer.text.reported import speech
from indexer.text.words import listed

# A unit of talk that is a decision with this probability is taken for one: the model was taught on minutes in which
# nine sentences of ten are talk.
_LIKELY: Final = 0.3
# So little is enough where a body is said to have decided, or it to have been agreed: what is to be done, or else.
_TOLD: Final = {"body": 0.05, "to do": 0.05, "it": 0.2}
_LEAST: Final = min(_LIKELY, *_TOLD.values())
# Words of a sentence by which a verb of deciding is its own, and those right before it that say otherwise.
_EARLY: Final = 14
_OTHERWISE: Final = listed("has had have been be to not would will is are may could were")
# A body's verb is among this many first words.
_BEFORE_VERB: Final = 16
_PASSIVE: Final = frozenset(["was", "were"])
# What is done with a motion and decides nothing alone: "the amendment was CARRIED".
_OF_MOTIONS: Final = frozenset(["carry", "pass", "move", "second", "propose"])
# How what all agree on is put, with its verb among so many words; a word of these says that it is more than a view.
_CLAUSES: Final = frozenset(["that", "it", "this"])
_CLAUSE: Final = 12
_INDICATIVE: Final = frozenset(["was", "were", "is", "are", "had", "has"])
_TO_BE_DONE: Final = listed(
    "be should would will shall must could may no not nothing needed required necessary best minutes record"
    " accurate correct and"
)
# How it is said that all agreed: "agreed by everybody that", "agreed on all sides that".
_ALL: Final = frozenset(["by", "on"])
_ALL_WORDS: Final = 4
# A line to sign on: what is before it is still to be.
_BLANKS: Final = ("___", ".....", "……")
# A name has this many words at most, with title and place.
_NAME_WORDS: Final = 8
_OPENING: Final = frozenset('“"‘')
_CLOSING: Final = frozenset('”"’')
_FREE: Final = frozenset(["text", "item", "row", "action", "other", "head", "attendance", "closing", "mover", "vote"])
_CAPITALS: Final = (
    "RESOLVED|PENDERFYNWYD|AGREED|APPROVED|NOTED|RECOMMENDED|DEFERRED|ENDORSED|CYTUNWYD|NODWYD|CYMERADWYWYD"
)
# RESOLVED in capitals is a resolution in every body; so are its kin where a line begins with them or "it was" does.
_CERTAIN: Final = re.compile(
    rf"\W*(?:\(?\w{{1,4}}[.)]\s+)?(?:(?:[Ii]t was|IT WAS|[Uu]nanimously|UNANIMOUSLY)\s+)*"
    rf"(?:{_CAPITALS})\b(?!\s+(?!THAT|TO\b|BOD|UNAN)[A-Z]{{2}})"
    r"|.*?\b(?:RESOLVED|PENDERFYNWYD)\b(?!\s+(?!THAT|TO\b|BOD|UNAN)[A-Z]{2})",
    re.S,
)
# "84. APOLOGIES FOR ABSENCE": a number and a title in capitals is an item's heading in every body.
_HEADING: Final = re.compile(r"\s*\d{1,4}[.)]\s+(?=(?:[^A-Za-z]*[A-Z]){4})[^a-z]{4,100}(?<![.;,])")


@dataclass(frozen=True, slots=True)
class Marked:
    """A unit with its label; ``sure`` is the model's probability of it, in [0, 1], 1 where the words leave no doubt."""

    unit: Unit
    label: Label
    sure: float


def marked(blocks: Sequence[Placed]) -> tuple[Marked, ...]:
    """Label every unit of a stretch of minutes, its head included.

    Args:
        blocks: the blocks of the minutes of one meeting, in order.
    """
    parts = units(blocks)
    labels, sure, decides = tagger.shipped().tag(features(blocks, parts))
    marks: list[Marked] = []
    for unit, label, probability, deciding in zip(parts, labels, sure, decides, strict=True):
        if label in _FREE and certain(unit.text):
            label, probability = "decision", 1.0
        elif label in _FREE and _names_mover(unit.text):
            label, probability = "mover", 1.0
        elif label in ("head", "text") and _HEADING.fullmatch(unit.text) and unit.of == 1:
            label, probability = "item", 1.0
        elif label in ("item", "decision") and marks and marks[-1].label == "mover" and _is_unclosed(unit.text):
            label = label if certain(unit.text) else "mover"  # the motion's own words
        elif label in ("text", "closing") and _is_likely(unit.text, deciding):
            label, probability = "decision", deciding
        if label == "decision" and not (certain(unit.text) or _is_labelled(unit.text)):
            # what somebody says was decided, what others did, or what all think
            said = speech(blocks[unit.block].text, unit.text)
            label = "text" if said or by_others(unit.text) or _is_opinion(unit.text) else label
        marks.append(Marked(unit, cast(Label, label), probability))
    return tuple(marks)


def _names_mover(text: str) -> bool:
    """Whether a line is only a label with a name: "Proposer: Councillor Roe", "Seconded by: Jo Poe"."""
    label, mark, name = text.partition(":")
    words = label.lower().split()
    moved = bool(words) and cues.LEMMAS.get(words[0]) in ("propose", "second", "move")
    return bool(mark) and moved and words[1:] in ([], ["by"]) and 0 < len(name.split()) <= _NAME_WORDS


def _is_likely(text: str, deciding: float) -> bool:
    """Whether a unit of talk is a decision after all: it has a word of deciding, and the model finds it likely."""
    if deciding <= _LEAST or cues.LEMMAS.keys().isdisjoint(word.lower() for word in cues.TOKEN.findall(text)):
        return False
    return deciding > _TOLD.get(_teller(text), _LIKELY)


def _teller(text: str) -> str:
    """Who a sentence says decided, here and now: "body", "it" ("it was agreed"), or "" where neither is said.

    "It was agreed to", or that something should be, is "to do", not an opinion.
    """
    every = [word.lower() for word in cues.TOKEN.findall(text)]
    words = every[:_EARLY]
    for at, word in enumerate(words):
        before = words[:at]
        if not cues.TELLING.isdisjoint(before):
            break
        if not is_verb(word) or words[at - 1] in _OTHERWISE:
            continue
        if ["it", "was"] in (before[-2:], before[-3:-1]):
            return "to do" if every[at + 1 : at + 2] == ["to"] or "should" in every[at:] else "it"
        if _PASSIVE.isdisjoint(before) and text[:1].isupper() and not cues.BODIES.isdisjoint(before):
            return "body"
    return ""


def _is_opinion(text: str) -> bool:
    """Whether all agree how something is, and not that it be done: "it was agreed that the road was bad"."""
    words = [word.lower() for word in cues.TOKEN.findall(text)]
    at = next((at for at, word in enumerate(words) if word == "agreed"), len(words))
    clause = words[at + 1 :]
    if clause[:1] == ["with"]:
        done = _TO_BE_DONE | {"to"}
        return clause[1:2] in (["this"], ["him"], ["her"], ["them"]) and done.isdisjoint(words)
    if clause and clause[0] in _ALL and "that" in clause[:_ALL_WORDS]:
        clause = clause[clause.index("that") :]
    verb = next((place for place, word in enumerate(clause[:_CLAUSE]) if word in cues.AUXILIARIES), 0)
    if not verb or clause[0] not in _CLAUSES or clause[verb] not in _INDICATIVE:
        return False
    after = clause[verb + 1 : verb + 2]
    return after != ["to"] and not any(word.endswith("ed") for word in after) and _TO_BE_DONE.isdisjoint(clause)


def _is_unclosed(text: str) -> bool:
    """Whether a quotation begins here and goes on behind it."""
    return text[:1] in _OPENING and _CLOSING.isdisjoint(text[1:])


def _is_labelled(text: str) -> bool:
    """Whether a word of deciding is the label of a sentence, and no speaker's name: "Outcome: the Board agreed"."""
    label, mark, _ = text.partition(":")
    first = label.lower().split(" ")[0]
    return bool(mark) and (first in cues.LEMMAS or first in cues.THINGS)


def certain(text: str) -> bool:
    """Say whether a sentence is a resolution whatever the body: RESOLVED in capitals, or its kin at the beginning."""
    if any(blank in text for blank in _BLANKS):
        return False
    mixed = any(letter.islower() for letter in text)
    return bool((mixed or len(text.split()) < 4) and _CERTAIN.match(text)) or (mixed and _body_decides(text))


def _body_decides(text: str) -> bool:
    """Whether a body's name or "was" precedes a verb of deciding in capitals: "The Board APPROVED", "was ADOPTED"."""
    words = cues.TOKEN.findall(text)[:_BEFORE_VERB] if "ED" in text or "NOT" in text else []
    for at, word in enumerate(words):
        refused = at > 0 and words[at - 1] == "NOT" and word.isupper()  # "DID NOT APPROVE"
        lemma = cues.LEMMAS.get(word.lower()) if at and (word.endswith("ED") or refused) else None
        if lemma is None:
            continue
        body = (refused or not words[at - 1].isupper()) and any(one.lower() in cues.BODIES for one in words[:at])
        if body or (words[at - 1] in _PASSIVE and lemma not in _OF_MOTIONS):
            return True
    return False
