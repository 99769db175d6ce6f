"""Public questions with passages: SQuAD 1.1 and 2.0, and ConditionalQA."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.cross_encoder.evidence import without
from benchmarks.cross_encoder.groups import Texts, rows

_OTHERS: Final = 6  # passages beside that of the question
_NEAR: Final = 12  # of which these are the first
_TOGETHER: Final = 500  # questions compared with all passages at once


def take_public(texts: Texts, folder: Path) -> None:
    """Take in the public questions of a folder: all of ConditionalQA, and of SQuAD all but those kept for testing."""
    _squad(texts, folder)
    _conditional(texts, folder)


def for_testing(paragraph: str) -> bool:
    """Say whether a paragraph of SQuAD, by its id, is of the tenth whose questions nothing is learned from."""
    return int(hashlib.sha1(paragraph.encode()).hexdigest(), 16) % 10 == 0  # noqa: S324 - keeps no secret


def _squad(texts: Texts, folder: Path) -> None:
    paragraphs = list(rows(folder / "squad-passages.jsonl"))
    at = {row["id"]: number for number, row in enumerate(paragraphs)}
    passages = [f"{row['title']}\n{row['text']}" for row in paragraphs]
    asked = [row for row in rows(folder / "squad-questions.jsonl") if not for_testing(row["passage"])]
    found = nearest([row["question"] for row in asked], passages, _NEAR)
    for row, near in zip(asked, found, strict=True):
        home = at[row["passage"]]
        others = [passages[one] for one in near if one != home][:_OTHERS]
        if row["answerable"]:
            _answered(texts, row, passages[home], others)
        else:
            texts.unanswered("public", "public", row["question"], [passages[home], *others])


def _answered(texts: Texts, row: dict[str, Any], home: str, others: Sequence[str]) -> None:
    evidence = next(((at, at + len(one)) for one in row["answers"] if (at := home.find(one)) >= 0), None)
    copy = without(home, evidence) if evidence else None
    if copy and any(one.lower() in copy.lower() for one in row["answers"]):
        copy = None  # it may answer all the same
    texts.answered("public", "public", row["question"], home, others, evidence, copy)


def _conditional(texts: Texts, folder: Path) -> None:
    told = [row for row in rows(folder / "conditionalqa.jsonl") if row["answerable"] and row["evidence"]]
    passages = [f"{row['title']}\n{' '.join(row['evidence'])[:900]}" for row in told]
    asked = [f"{row['scenario'][:200]} {row['question']}" for row in told]
    for at, (question, near) in enumerate(zip(asked, nearest(asked, passages, _NEAR), strict=True)):
        others = [passages[one] for one in near if one != at][:_OTHERS]
        texts.answered("public", "public", question, passages[at], others)


def nearest(asked: Sequence[str], passages: Sequence[str], most: int) -> NDArray[np.int64]:
    """Give the passages whose words come nearest to each question's: int64 (questions, most), nearest first."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
    by_passage = words.fit_transform(passages)
    by_question = words.transform(asked)
    found = np.empty((len(asked), min(most, len(passages))), np.int64)
    for at in range(0, len(asked), _TOGETHER):
        alike = (by_question[at : at + _TOGETHER] @ by_passage.T).toarray()
        found[at : at + _TOGETHER] = np.argsort(-alike, axis=1)[:, : found.shape[1]]
    return found
