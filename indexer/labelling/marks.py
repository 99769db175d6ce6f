"""The labels of a stretch of minutes: what the model says of every unit, and the few words that leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from indexer.labelling import tagger
from indexer.labelling.features import features
from indexer.labelling.units import Label, Unit, units
from indexer.structure.blocks import Placed

# A unit of talk that is a decision with this probability is taken for one: the model was taught on minutes in which
# nine sentences of ten are talk.
_LIKELY: Final = 0.4
_FREE: Final = frozenset(["text", "item", "row", "action", "other", "head", "attendance"])
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
    found: list[Marked] = []
    for unit, label, probability, deciding in zip(parts, labels, sure, decides, strict=True):
        if label in _FREE and certain(unit.text):
            label, probability = "decision", 1.0
        elif label in ("head", "text") and _HEADING.fullmatch(unit.text) and unit.of == 1:
            label, probability = "item", 1.0
        elif label == "text" and deciding > _LIKELY:
            label, probability = "decision", deciding
        found.append(Marked(unit, cast(Label, label), probability))
    return tuple(found)


def certain(text: str) -> bool:
    """Say whether a sentence is a resolution whatever the body: RESOLVED in capitals, or its kin at the beginning."""
    return bool(_CERTAIN.match(text)) and any(letter.islower() for letter in text) | (len(text.split()) < 4)
