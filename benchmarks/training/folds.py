"""A trained reader taken further on the judged questions of all bodies but one, and measured on that one's."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence

import torch
from torch.nn import functional

from benchmarks.calibrate import hit_row
from benchmarks.training import curve
from benchmarks.training.candidates import Asked
from benchmarks.training.reader import SHARPNESS, Reader, Tensor
from benchmarks.training.vectors import Vectors
from search.evaluate import finds

_BATCH = 8


def left_out(
    reader: Reader, vectors: Vectors, asked: Sequence[Asked], rate: float, epochs: int
) -> Iterator[curve.Point]:
    """Give, after each round through the questions, what the readers of all folds have together gained.

    Args:
        reader: what each fold starts from.
        vectors: of questions and passages.
        asked: questions with evidence; those of a body are scored by the reader that saw none of them.
        rate: of learning.
        epochs: rounds through the questions.
    """
    bodies = list(dict.fromkeys(one.body for one in asked))
    folds = {body: copy.deepcopy(reader) for body in bodies}
    for one in folds.values():
        torch.nn.init.zeros_(one.head.weight)  # from ranking as it is, by layers that have learned to read
        torch.nn.init.zeros_(one.head.bias)
    rising = {body: torch.optim.AdamW(one.parameters(), lr=rate, weight_decay=0.05) for body, one in folds.items()}
    dice = random.Random(0)  # noqa: S311 - the same order each time
    for _ in range(epochs):
        for body, own in folds.items():
            rest = [one for one in asked if one.body != body and any(right(one))]
            dice.shuffle(rest)
            for start in range(0, len(rest), _BATCH):
                rising[body].zero_grad()
                torch.stack([_loss(own, vectors, one) for one in rest[start : start + _BATCH]]).mean().backward()
                torch.nn.utils.clip_grad_norm_(own.parameters(), 1.0)
                rising[body].step()
        added = [_added(folds[one.body], vectors, one) for one in asked]
        yield curve.point([one.body for one in asked], curve.ranks(asked, added))


def right(one: Asked) -> list[bool]:
    """Say which of a question's first candidates hold the evidence."""
    return [any(finds(hit_row(other), place) for place in one.accepted) for other in one.ranked[: curve.READ]]


def _loss(reader: Reader, vectors: Vectors, one: Asked) -> Tensor:
    """Give the loss of one question: the candidates that hold its evidence among the first, from ranking's score on."""
    first = one.ranked[: curve.READ]
    (question,) = vectors.questions([one.question])
    _, added = reader([question] * len(first), [vectors.kept(other.tokens) for other in first])
    scores = SHARPNESS * torch.tensor([other.score for other in first]) + added[:, 0]
    return -torch.logsumexp(functional.log_softmax(scores, 0)[torch.tensor(right(one))], 0)


def _added(reader: Reader, vectors: Vectors, one: Asked) -> list[float]:
    (question,) = vectors.questions([one.question])
    added = reader.read(question, [vectors.kept(other.tokens) for other in one.ranked[: curve.READ]])
    return curve.beside_mean(added[:, 0].tolist())
