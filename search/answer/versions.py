"""Which passages are of an earlier version of a paper, as the names of files say: "Report v1 draft", "Report final"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from indexer.text.words import words
from search.ranking.rerank import Ranked

# What a file's name says of the version: "draft", "final", "v2", "version 1.3", "rev 4".
_STAGE = re.compile(
    r"(?<![a-z])(?:(?P<draft>draft)|(?P<final>final)|(?:v|ver|version|rev|revision)[ ._-]?(?P<number>\d+(?:\.\d+)?))"
    r"(?![a-z])",
    re.IGNORECASE,
)
_ALIKE = 0.7  # share of all their words that passages of two versions have in common, figures apart


@dataclass(frozen=True, slots=True)
class _Version:
    name: str  # of the file, less what says the version
    stage: tuple[bool, float, bool]  # final, its number, not a draft: greater is later


def newer(question: str, ranked: Sequence[Ranked]) -> dict[int, int]:
    """Say which passages a later version of the same paper words alike, perhaps with other figures.

    Args:
        question: one that names a version, such as the draft, gets what it asks for: nothing is said of the others.
        ranked: passages, in the order shown.

    Returns:
        For the position of each such passage the position of the one in the latest version. Papers are versions of one
        paper if they are of one meeting and their files' names differ in nothing but what says the version.
    """
    if _STAGE.search(question):
        return {}
    versions = [_version(one.stored.paper.path) for one in ranked]
    later: dict[int, int] = {}
    for at, one in enumerate(ranked):
        others = [
            other
            for other, two in enumerate(ranked)
            if versions[other].name == versions[at].name
            and versions[other].stage > versions[at].stage
            and two.stored.paper.meeting == one.stored.paper.meeting
            and _alike(one, two)
        ]
        if others:
            later[at] = max(others, key=lambda other: (versions[other].stage, -other))
    return later


def _version(path: str) -> _Version:
    name = PurePosixPath(path.replace("\\", "/")).stem
    stages = list(_STAGE.finditer(name))
    draft, final = (any(match[kind] for match in stages) for kind in ("draft", "final"))
    number = max((float(match["number"]) for match in stages if match["number"]), default=0.0)
    return _Version(" ".join(words(_STAGE.sub(" ", name))), (final and not draft, number, not draft))


def _alike(one: Ranked, two: Ranked) -> bool:
    own, other = (
        {word for word in words(each.stored.passage.text) if not any(map(str.isdigit, word))} for each in (one, two)
    )
    return bool(own) and len(own & other) >= _ALIKE * len(own | other)
