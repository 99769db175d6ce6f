"""What the cross-encoder is trained on: questions with passages; the first answers, none does, or nobody knows.

Three kinds: questions about boards' papers, with passages that the program ranks first; public ones (SQuAD,
ConditionalQA); and made-up queries, some words of a passage, which only the teacher judges.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["council", "public", "made up"]
# Gives the passages of a list that come nearest to each of some questions: int64 (questions, passages).
Nearest = Callable[[Sequence[str], Sequence[str], int], NDArray[np.int64]]

NONE: Final = -1  # no passage of the group answers
UNKNOWN: Final = -2  # nobody said which does
_COUNCIL, _OTHER = 24, 12  # passages of a group
_PUBLIC_SHARE: Final = 0.5
_QUERIES: Final = 2  # made up of each passage


@dataclass(frozen=True, slots=True)
class Group:
    """A question and passages by their numbers in `Texts`; ``label`` is 0 where the first answers, NONE or UNKNOWN."""

    body: str
    kind: Kind
    question: int
    passages: tuple[int, ...]
    label: int


@dataclass(slots=True)
class Texts:
    """All questions and passages, and the groups of them."""

    questions: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def add(self, body: str, kind: Kind, question: str, passages: Sequence[str], label: int) -> None:
        """Take in a group; one of fewer than four passages teaches nothing."""
        if len(passages) >= 4:
            numbers = tuple(map(self._number, passages))
            self.groups.append(Group(body, kind, len(self.questions), numbers, label))
            self.questions.append(question)

    def _number(self, passage: str) -> int:
        if passage not in self._numbers:
            self._numbers[passage] = len(self.passages)
            self.passages.append(passage)
        return self._numbers[passage]


def gather(exported: Path, public: Path, nearest: Nearest, seed: int = 3) -> Texts:
    """Read what `benchmarks.cross_encoder.export` wrote, and the public questions.

    Args:
        exported: its folder.
        public: the folder of ``squad-questions.jsonl`` and the others.
        nearest: the first stage.
        seed: of what is drawn by lot.
    """
    texts, dice = of_papers(exported), random.Random(seed)  # noqa: S311 - draws no secret
    of_body: dict[str, list[str]] = {}
    for row in _rows(exported / "passages.jsonl"):
        of_body.setdefault(row["body"], []).append(row["text"])
    for body, passages in of_body.items():
        made = [(query, text) for text in passages for _ in range(_QUERIES) if (query := made_up(text, dice))]
        found = nearest([query for query, _ in made], passages, _OTHER)
        for (query, text), near in zip(made, found, strict=True):
            others = [passages[at] for at in near if passages[at] != text]
            texts.add(body, "made up", query, [text, *others[: _OTHER - 1]], UNKNOWN)
    for passages, asked in (_squad(public), _conditional(public)):
        own = [one for one in asked if dice.random() < _PUBLIC_SHARE]
        found = nearest([question for question, _, _ in own], passages, 2 * _OTHER)
        for (question, home, answerable), near in zip(own, found, strict=True):
            others = [passages[at] for at in near if at != home]
            label = 0 if answerable else NONE
            texts.add("public", "public", question, [passages[home], *others[: _OTHER - 1]], label)
    return texts


def of_papers(exported: Path) -> Texts:
    """Read the questions about boards' papers that `benchmarks.cross_encoder.export` wrote into a folder."""
    texts = Texts()
    for row in _rows(exported / "asked.jsonl"):
        told = list(zip(row["passages"], row["answers"], strict=True))
        good, bad = [one for one, answers in told if answers], [one for one, answers in told if not answers]
        if not row["answerable"]:
            texts.add(row["body"], "council", row["question"], bad[:_COUNCIL], NONE)
        elif good:
            texts.add(row["body"], "council", row["question"], [good[0], *bad[: _COUNCIL - 1]], 0)
    return texts


def made_up(text: str, dice: random.Random) -> str | None:
    """Make a query of a passage: words of a sentence, or a sentence with words left out; None of too short ones."""
    sentences = [one for one in re.split(r"(?<=[.;:])\s|\n", text.partition("\n")[2]) if len(one.split()) >= 6]
    if not sentences:
        return None
    words = re.findall(r"[\w£%'-]+", dice.choice(sentences))[:40]
    if dice.random() < 0.5:
        return " ".join(word for word in words if dice.random() > 0.4) or None
    telling = [word.lower() for word in words if len(word) > 3]
    return " ".join(dice.sample(telling, min(len(telling), dice.randint(3, 7)))) if len(telling) > 1 else None


Asked = list[tuple[str, int, bool]]


def _squad(folder: Path) -> tuple[list[str], Asked]:
    rows = list(_rows(folder / "squad-passages.jsonl"))
    at = {row["id"]: number for number, row in enumerate(rows)}
    questions = _rows(folder / "squad-questions.jsonl")
    asked = [(row["question"], at[row["passage"]], bool(row["answerable"])) for row in questions]
    return [f"{row['title']}\n{row['text']}" for row in rows], asked


def _conditional(folder: Path) -> tuple[list[str], Asked]:
    rows = [row for row in _rows(folder / "conditionalqa.jsonl") if row["answerable"] and row["evidence"]]
    passages = [f"{row['title']}\n{' '.join(row['evidence'])[:900]}" for row in rows]
    return passages, [(f"{row['scenario'][:200]} {row['question']}", at, True) for at, row in enumerate(rows)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
