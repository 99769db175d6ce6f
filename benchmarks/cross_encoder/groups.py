"""What the cross-encoder is trained on: questions with passages, of which the first answers or none does.

Two kinds: questions about boards' papers, with passages that the program ranks first, as they were asked and altered to
another year or another council; and public ones (`benchmarks.cross_encoder.public`). Beside an answering passage stands
its copy without the evidence, which does not answer.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from benchmarks.cross_encoder.evidence import Span, without

Kind = Literal["council", "public"]

NONE: Final = -1  # no passage of the group answers
_LEAST, _MOST, _ALTERED = 4, 24, 12  # passages of a group
_ALTERED_SHARE: Final = 0.35
_OFTEN: Final = 3  # times that a question about boards' papers is taken for one of the others


@dataclass(frozen=True, slots=True)
class Group:
    """A question and passages by their numbers in `Texts`; ``label`` is 0 where the first answers, or NONE.

    ``evidence`` are characters of the first; ``copied`` says that the second is the first without these.
    """

    body: str
    kind: Kind
    question: int
    passages: tuple[int, ...]
    label: int
    evidence: Span | None = None
    copied: bool = False


@dataclass(slots=True)
class Texts:
    """All questions and passages, and the groups of them."""

    questions: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def unanswered(self, body: str, kind: Kind, question: str, passages: Sequence[str]) -> None:
        """Take in a question that no passage answers; one with fewer than four passages teaches nothing."""
        if len(passages) >= _LEAST:
            self._add(Group(body, kind, len(self.questions), self._all(passages), NONE), question)

    def answered(
        self,
        body: str,
        kind: Kind,
        question: str,
        answer: str,
        others: Sequence[str],
        evidence: Span | None = None,
        copy: str | None = None,
    ) -> None:
        """Take in a question with the passage that answers it, where in it, its copy without that, and others."""
        passages = [answer, *([copy] if copy else []), *others]
        if len(passages) >= _LEAST:
            own = self._all(passages)
            self._add(Group(body, kind, len(self.questions), own, 0, evidence, copied=bool(copy)), question)

    def _add(self, group: Group, question: str) -> None:
        self.groups.append(group)
        self.questions.append(question)

    def _all(self, passages: Sequence[str]) -> tuple[int, ...]:
        return tuple(map(self._number, passages))

    def _number(self, passage: str) -> int:
        if passage not in self._numbers:
            self._numbers[passage] = len(self.passages)
            self.passages.append(passage)
        return self._numbers[passage]


def take_papers(texts: Texts, exported: Path, dice: random.Random) -> None:
    """Take in the questions about boards' papers that `benchmarks.cross_encoder.export` wrote into a folder."""
    for row in rows(exported / "asked.jsonl"):
        told = list(zip(row["passages"], row["answers"], row["evidence"], strict=True))
        good = next(((text, at) for text, answers, at in told if answers), None)
        bad = [text for text, answers, _ in told if not answers]
        if not row["answerable"]:
            texts.unanswered(row["body"], "council", row["question"], bad[:_MOST])
        elif good:
            answer, evidence = good[0], (good[1][0], good[1][1]) if good[1] else None
            copy = without(answer, evidence) if evidence else None
            texts.answered(row["body"], "council", row["question"], answer, bad[: _MOST - 2], evidence, copy)
            for other in row["altered"]:
                if dice.random() < _ALTERED_SHARE:
                    texts.unanswered(row["body"], "council", other, [answer, *bad[: _ALTERED - 1]])


def often(groups: Sequence[Group]) -> list[int]:
    """Number groups as often as each is taken in one pass."""
    return [at for at, one in enumerate(groups) for _ in range(_OFTEN if one.kind == "council" else 1)]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
