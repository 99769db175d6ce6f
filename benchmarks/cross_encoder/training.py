"""The loops: a reader is trained on groups, scores pairs, and learns from a teacher's scores."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.cross_encoder.groups import NONE, Group
from benchmarks.cross_encoder.models import Pairs, Reader

_LOW: Final = -1e4  # log-odds of what is no member of a group
_HEAT: Final = 1.5  # of the distributions that the pupil learns from
_ABSOLUTE: Final = 0.6  # weight of each pair's own probability beside the order within its group
_TAUGHT: Final = 0.8  # share of the teacher in what a pupil learns
_WARMING: Final = 0.06
_CHUNK: Final = 16  # batches among which texts of like length come together


@dataclass(slots=True)
class Sheet:
    """Groups as tensors: ``questions`` (groups,), ``passages`` (groups, most), -1 where there is none, ``labels``.

    ``taught`` are the teacher's log-odds for each passage.
    """

    questions: Tensor
    passages: Tensor
    labels: Tensor
    taught: Tensor | None = None

    @classmethod
    def of(cls, groups: Sequence[Group], device: str) -> Sheet:
        """Make one."""
        most = max(len(one.passages) for one in groups)
        padded = [[*one.passages, *[-1] * (most - len(one.passages))] for one in groups]
        numbers = ([one.question for one in groups], padded, [one.label for one in groups])
        questions, passages, labels = (torch.tensor(own, device=device) for own in numbers)
        return cls(questions, passages, labels)


@torch.no_grad()  # type: ignore[untyped-decorator]
def score(reader: Reader, pairs: Pairs, questions: Tensor, passages: Tensor, most: int, batch: int = 2048) -> Tensor:
    """Give log-odds of pairs, float32 (pairs,), those of like length together."""
    reader.eval()
    scores = torch.zeros(len(questions), device=questions.device)
    lengths = pairs.passages.counts[passages] + pairs.questions.counts[questions]
    for some in torch.argsort(lengths).split(batch):
        with torch.autocast(questions.device.type, torch.bfloat16):
            scores[some] = reader(*pairs(questions[some], passages[some], most))
    return scores


def teach(reader: Reader, pairs: Pairs, sheet: Sheet, most: int) -> None:
    """Write a reader's log-odds for every passage of every group into the sheet."""
    held = sheet.passages >= 0
    questions = sheet.questions[:, None].expand_as(sheet.passages)[held]
    scores = score(reader, pairs, questions, sheet.passages[held], most)
    sheet.taught = torch.full(sheet.passages.shape, _LOW, device=scores.device).masked_scatter(held, scores)


def train(
    reader: Reader, pairs: Pairs, sheet: Sheet, *, seconds: float, rate: float, groups: int, of_group: int, most: int
) -> None:
    """Train for some time: the rate rises, then falls to 0 by the clock.

    Args:
        reader: it.
        pairs: its texts.
        sheet: groups; where it has a teacher's scores, most is learned from these.
        seconds: how long.
        rate: the highest learning rate.
        groups: of one step.
        of_group: passages of each that a step takes: the first, and others by lot.
        most: tokens of a pair.
    """
    learned = [one for one in reader.parameters() if one.requires_grad]
    kinds = [([one for one in learned if one.ndim > 1], 0.01), ([one for one in learned if one.ndim == 1], 0.0)]
    optimiser = torch.optim.AdamW([{"params": own, "weight_decay": decay} for own, decay in kinds], lr=rate)
    began, steps, waiting = time.monotonic(), 0, list[Tensor]()
    reader.train()
    while (gone := (time.monotonic() - began) / seconds) < 1:
        waiting = waiting or _shuffled(sheet, pairs, groups, steps)
        for part in optimiser.param_groups:
            part["lr"] = rate * min(gone / _WARMING, (1 - gone) / (1 - _WARMING))
        loss = _loss(reader, pairs, _drawn(sheet, waiting.pop(), of_group), most)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        steps += 1
        if steps % 100 == 0:
            print(f"step {steps}, {time.monotonic() - began:.0f} s, loss {loss.item():.3f}", flush=True)


def _shuffled(sheet: Sheet, pairs: Pairs, groups: int, seed: int) -> list[Tensor]:
    """Give batches of groups by lot, those of like length together."""
    lengths = pairs.passages.counts[sheet.passages.clamp(min=0)].float().mean(dim=1)
    order = torch.randperm(len(lengths), device=lengths.device)
    batches = [one for some in order.split(_CHUNK * groups) for one in some[torch.argsort(lengths[some])].split(groups)]
    random.Random(seed).shuffle(batches)  # noqa: S311 - draws no secret
    return batches


def _drawn(sheet: Sheet, rows: Tensor, most: int) -> Sheet:
    """Take some groups with the first passage of each, which may be the answer, and others by lot."""
    passages, labels = sheet.passages[rows], sheet.labels[rows]
    lots = torch.rand(passages.shape, device=passages.device) + (passages >= 0).float()
    lots[:, 0] = 9.0
    chosen = lots.topk(min(most, passages.shape[1]), dim=1).indices
    taught = sheet.taught[rows].gather(1, chosen) if sheet.taught is not None else None
    return Sheet(sheet.questions[rows], passages.gather(1, chosen), labels, taught)


def _loss(reader: Reader, pairs: Pairs, sheet: Sheet, most: int) -> Tensor:
    held = sheet.passages >= 0
    questions = sheet.questions[:, None].expand_as(sheet.passages)[held]
    with torch.autocast(questions.device.type, torch.bfloat16):
        odds = reader(*pairs(questions, sheet.passages[held], most))
    table = torch.full(held.shape, _LOW, device=odds.device).masked_scatter(held, odds)
    answered, known = sheet.labels >= 0, (sheet.labels >= NONE)[:, None].expand_as(held)[held]
    truth = torch.zeros(held.shape, device=odds.device)
    truth[answered, 0] = 1.0
    heavier = torch.tensor(3.0, device=odds.device)  # one of a group answers at most
    each = functional.binary_cross_entropy_with_logits(odds, truth[held], pos_weight=heavier, reduction="none")
    loss = _ABSOLUTE * (each * known).sum() / known.sum().clamp(min=1)
    if answered.any():
        loss = loss + functional.cross_entropy(table[answered], sheet.labels[answered])
    if sheet.taught is None:
        return loss
    told, own = (functional.log_softmax(one / _HEAT, dim=-1) for one in (sheet.taught, table))
    apart = (told.exp() * (told - own) * held).sum(dim=-1).mean() * _HEAT**2
    absolute = functional.binary_cross_entropy_with_logits(odds, torch.sigmoid(sheet.taught[held]))
    return (1 - _TAUGHT) * loss + _TAUGHT * (apart + 4 * _ABSOLUTE * absolute)
