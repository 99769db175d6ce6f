"""Agreement of independent evidence: witnesses propose values with weights, values are voted on, a threshold decides.

A witness is a place that says something: the front sheet, the running line, the file's name, its siblings. However
often one witness repeats a value, it is one witness: the heaviest of its claims counts. What no value has enough weight
for, or what two values are nearly as well attested for, is left open.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

# Weight from which more evidence makes a value no surer, and how many times the next value's weight it must have.
_SURE = 6.0
_CLEARLY = 1.25


@dataclass(frozen=True, slots=True)
class Claim(Generic[Value]):
    """What one witness proposes. ``weight`` is above 0: about 4 for a place that exists to say it, 1 for a mention."""

    value: Value
    weight: float
    witness: str


@dataclass(frozen=True, slots=True)
class Verdict(Generic[Value]):
    """The value that won, how sure it is in (0, 1], and the witnesses that named it, heaviest first."""

    value: Value
    confidence: float
    witnesses: tuple[str, ...]


def settle(
    claims: Iterable[Claim[Value]], least: float, same: Callable[[Value], Hashable] = lambda value: value
) -> Verdict[Value] | None:
    """Return the value that the claims agree on, or None where they do not.

    Args:
        claims: every witness's; their order decides only which of two equally heavy variants is returned.
        least: the weight that a value must reach in sum over its witnesses.
        same: maps variants of one value ("Mud & Sand Board", "MUD AND SAND BOARD") to one key; the heaviest variant is
            returned.
    """
    heaviest: dict[Hashable, dict[str, Claim[Value]]] = {}
    for claim in claims:
        mine = heaviest.setdefault(same(claim.value), {})
        if claim.witness not in mine or claim.weight > mine[claim.witness].weight:
            mine[claim.witness] = claim
    weights = {key: sum(claim.weight for claim in mine.values()) for key, mine in heaviest.items()}
    first, *others = sorted(weights.items(), key=lambda pair: -pair[1]) or [(None, 0.0)]
    if first[0] is None or first[1] < least or (others and first[1] < others[0][1] * _CLEARLY):
        return None
    share = first[1] / (first[1] + (others[0][1] if others else 0.0))
    ranked = sorted(heaviest[first[0]].values(), key=lambda claim: -claim.weight)
    return Verdict(
        ranked[0].value, round(share * min(1.0, first[1] / _SURE), 2), tuple(claim.witness for claim in ranked)
    )
