"""What models are trained on: questions with the passage that answers them, and others near it that do not.

Public questions of ``../shared/train`` (SQuAD: CC BY-SA 4.0; ConditionalQA over gov.uk: BSD-2, the text Open Government
Licence; QMSum: MIT), and headings with the text under them in archives of bodies whose questions are left out when
results are read. Nothing of it is kept.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.archive import Archive

_WINDOW = 70  # words
_MARGIN = 10
_OTHERS = 3
_SHORTEST = 20  # words of a passage
_HEADINGS = 2000  # of each archive


@dataclass(frozen=True, slots=True)
class Group:
    """A question, the passage that is about it, others of the same paper; ``answers`` whether the passage answers."""

    question: str
    passage: str
    others: tuple[str, ...]
    answers: bool
    source: str


def groups(train: Path, archives: Sequence[Archive], share: float = 1.0) -> list[Group]:
    """Give groups in an order that is the same each time.

    Args:
        train: folder of the public questions.
        archives: whose headings are taken.
        share: of the public articles, guidance and meetings that are taken, by which it is bounded what is encoded.
    """
    dice = random.Random(0)  # noqa: S311 - the same order each time
    made = [*_squad(train, dice, share), *_guidance(train, dice, share), *_meetings(train, dice, share)]
    for archive in archives:
        made += headings(archive, dice)
    dice.shuffle(made)
    return made


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _some(topics: Iterable[str], dice: random.Random, share: float) -> set[str]:
    names = sorted(set(topics))
    return set(dice.sample(names, math.ceil(share * len(names))))


def _squad(train: Path, dice: random.Random, share: float) -> Iterator[Group]:
    rows = _rows(train / "squad-passages.jsonl")
    chosen = _some((row["title"] for row in rows), dice, share)
    passages = {row["id"]: row for row in rows if row["title"] in chosen}
    articles = defaultdict(list)
    for row in passages.values():
        articles[row["title"]].append(part(row["text"]))
    for row in _rows(train / "squad-questions.jsonl"):
        if own := passages.get(row["passage"]):
            shown = part(own["text"], row["answers"])
            among = [text for text in articles[own["title"]] if text != part(own["text"])]
            yield Group(row["question"], shown, near(row["question"], shown, among, dice), row["answerable"], "squad")


def _guidance(train: Path, dice: random.Random, share: float) -> Iterator[Group]:
    rows = [row for row in _rows(train / "conditionalqa.jsonl") if row["answerable"] and row["evidence"]]
    chosen = _some((row["title"] for row in rows), dice, share)
    pairs = [
        (row["title"], row["question"], f"{row['title']}\n{plain(' '.join(row['evidence']))}")
        for row in rows
        if row["title"] in chosen
    ]
    return _with_others(pairs, "guidance", dice)


def _meetings(train: Path, dice: random.Random, share: float) -> Iterator[Group]:
    turns = {row["meeting"]: row["turns"] for row in _rows(train / "qmsum-meetings.jsonl")}
    chosen = _some(turns, dice, share)
    pairs = []
    for row in _rows(train / "qmsum-questions.jsonl"):
        if row["meeting"] in chosen and len(row["turns"]) == 1:
            first, last = row["turns"][0]
            said = _windows(plain(" ".join(turns[row["meeting"]][first : last + 1])))
            best = max(said, key=lambda text: shared_words(row["answer"], text))
            pairs.append((row["meeting"], row["question"], best))
    return _with_others(pairs, "meetings", dice)


def _with_others(pairs: Sequence[tuple[str, str, str]], source: str, dice: random.Random) -> Iterator[Group]:
    """Make groups of topics, questions and passages: the others are what answers other questions on the topic."""
    topics = defaultdict(list)
    for topic, _, text in pairs:
        topics[topic].append(text)
    for topic, question, text in pairs:
        yield Group(question, text, near(question, text, topics[topic], dice), answers=True, source=source)


def headings(archive: Archive, dice: random.Random, most: int = _HEADINGS) -> Iterator[Group]:
    """Give headings of an archive, each with a passage under it and others of the same paper under other headings."""
    papers = defaultdict(list)
    for one in (one for paper in archive.papers() for one in archive.paper_passages(paper.id)):
        if one.passage.trail and len(one.passage.text.split()) >= _SHORTEST:
            papers[one.paper.id].append((one.passage.trail[-1], one.passage.text))
    pairs = [(paper, heading, text) for paper, own in papers.items() for heading, text in own]
    for paper, heading, text in dice.sample(pairs, min(most, len(pairs))):
        under = [other for title, other in papers[paper] if title != heading]
        yield Group(heading, text, near(heading, text, under, dice), True, "headings")


def near(question: str, passage: str, among: Sequence[str], dice: random.Random) -> tuple[str, ...]:
    """Take up to three other texts, those that share most words with the question first: hard negatives."""
    others = [text for text in dict.fromkeys(among) if text != passage]
    dice.shuffle(others)
    return tuple(sorted(others, key=lambda text: -shared_words(question, text))[:_OTHERS])


def shared_words(one: str, other: str) -> int:
    """Count the words that two texts have in common."""
    return len(set(one.lower().split()) & set(other.lower().split()))


def part(text: str, answers: Sequence[str] = ()) -> str:
    """Cut a long passage to as many words as are read: its beginning, or its end where only that holds the answer."""
    words = text.split()
    at = text.find(answers[0]) if answers else 0
    before = len(text[: max(at, 0)].split())
    return " ".join(words[:_WINDOW] if before < _WINDOW - _MARGIN else words[-_WINDOW:])


def plain(text: str) -> str:
    """Leave out mark-up of guidance and of transcripts."""
    return re.sub(r"<[^<>]*>|\{[^{}]*\}", " ", text)


def _windows(text: str) -> Iterator[str]:
    words = text.split()
    for start in range(0, max(1, len(words) - _SHORTEST), _WINDOW):
        yield " ".join(words[start : start + _WINDOW])
