"""A small reader of question and passage together, over token vectors that archives keep.

What it adds to the match of token vectors starts at 0, so it begins as ranking is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from benchmarks.training.vectors import LONGEST, Question, Rows, padded

SHARPNESS = 30.0  # of the softmax over cosines
_WIDTH, _HEADS, _LAYERS = 96, 4, 2
_LONGEST_QUESTION = 48
Tensor = Any  # torch's types are not followed


class Reader(torch.nn.Module):  # type: ignore[misc]
    """Two transformer layers over a question's word pieces and a passage's, from random weights.

    Each piece comes with its vector, its place and how well the other text matches it. Out come two numbers a pair:
    what is added to the mean cosine (times `SHARPNESS`), and the logit of "it answers".
    """

    def __init__(self, axes: int) -> None:
        super().__init__()
        self.into = torch.nn.Linear(axes, _WIDTH)
        self.matched = torch.nn.Linear(1, _WIDTH)
        self.places = torch.nn.Parameter(torch.randn(LONGEST + _LONGEST_QUESTION + 1, _WIDTH) * 0.02)
        layer = torch.nn.TransformerEncoderLayer(
            _WIDTH, _HEADS, 2 * _WIDTH, dropout=0.1, batch_first=True, norm_first=True
        )
        self.layers = torch.nn.TransformerEncoder(layer, _LAYERS, enable_nested_tensor=False)
        self.head = torch.nn.Linear(_WIDTH, 2)
        torch.nn.init.zeros_(self.head.weight)
        torch.nn.init.zeros_(self.head.bias)

    def forward(self, questions: Sequence[Question], passages: Sequence[Rows]) -> tuple[Tensor, Tensor]:
        """Give for each pair the weighted mean cosine of late interaction and the two numbers: (pairs,), (pairs, 2)."""
        asked, real = (torch.from_numpy(one) for one in padded([one.rows[:_LONGEST_QUESTION] for one in questions]))
        read, held = (torch.from_numpy(one) for one in padded([one[:LONGEST] for one in passages]))
        weights = torch.from_numpy(padded([one.weights[:_LONGEST_QUESTION, None] for one in questions])[0])[:, :, 0]
        cosines = asked @ read.transpose(1, 2)
        best = cosines.masked_fill(~held[:, None, :], 0.0).amax(2) * real
        reached = cosines.masked_fill(~real[:, :, None], 0.0).amax(1) * held
        first = self.places[:1].expand(len(questions), 1, _WIDTH)
        own = self.into(asked) + self.matched(best[..., None]) + self.places[1 : 1 + asked.shape[1]]
        start = 1 + _LONGEST_QUESTION
        other = self.into(read) + self.matched(reached[..., None]) + self.places[start : start + read.shape[1]]
        padding = ~torch.cat([torch.ones(len(questions), 1, dtype=torch.bool), real, held], 1)
        states = self.layers(torch.cat([first, own, other], 1), src_key_padding_mask=padding)
        return (best * weights).sum(1), self.head(states[:, 0])

    def loss(self, groups: Sequence[tuple[Question, Sequence[Rows], bool]]) -> Tensor:
        """Give the loss of questions, each with its passages, the right one first, and whether that one answers."""
        sizes = [len(passages) for _, passages, _ in groups]
        questions = [question for question, passages, _ in groups for _ in passages]
        match, heads = self(questions, [one for _, passages, _ in groups for one in passages])
        scores = SHARPNESS * match + heads[:, 0]
        first = np.cumsum([0, *sizes])
        ranked = [
            functional.cross_entropy(scores[start : start + size][None], torch.zeros(1, dtype=torch.int64))
            for start, size, (_, _, answers) in zip(first, sizes, groups, strict=False)
            if answers and size > 1
        ]
        right = torch.zeros(len(questions))
        right[first[:-1]] = torch.tensor([float(answers) for _, _, answers in groups])
        answering = functional.binary_cross_entropy_with_logits(heads[:, 1], right)
        return (torch.stack(ranked).mean() if ranked else 0.0) + answering

    def read(self, question: Question, passages: Sequence[Rows]) -> Rows:
        """Give for each passage what is added to its cosine, and the logit of "it answers": float32 (passages, 2)."""
        self.eval()
        with torch.no_grad():
            heads = self([question] * len(passages), passages)[1].numpy()
        self.train()
        heads[:, 0] /= SHARPNESS
        return np.asarray(heads, np.float32)
