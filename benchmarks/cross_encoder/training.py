"""The loops: a reader is trained on groups, scores pairs, and learns from a teacher's scores."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.cross_encoder.groups import Group
from benchmarks.cross_encoder.models import Pairs, Reader

_LOW: Final = -1e4  # log-odds of what is no member of a group
_HEAT: Final = 1.5  # of the distributions that the pupil learns from
_APART, _ABSOLUTE = 0.5, 2.0  # weights of the teacher's order within a group, and of each pair's own probability
_TAUGHT: Final = 0.6  # share of the teacher in what a pupil learns
_ORDER: Final = 0.6  # weight of the order within a group beside each pair's own label
_ANSWER: Final = 3.0  # weight of a passage that answers: one of a group does at most
_BESIDE: Final = 0.4  # weight of one beside it, which may answer too, but for the copy without evidence
_EVIDENCE: Final = 0.3  # weight of which tokens are the evidence
_RARE: Final = 4.0  # weight of such a token
_FIRST, _GAIN = 8, 0.3  # the passages that the program will read are drawn sooner
_WARMING: Final = 0.06
_CHUNK: Final = 16  # batches among which texts of like length come together


@dataclass(slots=True)
class Sheet:
    """Groups as tensors: ``questions`` (groups,), ``passages`` (groups, most), -1 where there is none, ``labels``.

    ``evidence`` are tokens of the first passage, (groups, 2), -1 where unknown; ``copied`` says that the second is the
    first without these, ``public`` that the question is; ``taught`` are the teacher's log-odds for each passage.
    """

    questions: Tensor
    passages: Tensor
    labels: Tensor
    evidence: Tensor
    copied: Tensor
    public: Tensor
    taught: Tensor | None = None

    @classmethod
    def of(cls, groups: Sequence[Group], pairs: Pairs) -> Sheet:
        """Make one."""
        most = max(len(one.passages) for one in groups)
        columns = (
            [one.question for one in groups],
            [[*one.passages, *[-1] * (most - len(one.passages))] for one in groups],
            [one.label for one in groups],
            [pairs.passages.within(one.passages[0], one.evidence) for one in groups],
            [one.copied for one in groups],
            [one.kind == "public" for one in groups],
        )
        return cls(*(torch.tensor(own, device=pairs.passages.counts.device) for own in columns))


@torch.no_grad()  # type: ignore[untyped-decorator]
def score(reader: Reader, pairs: Pairs, questions: Tensor, passages: Tensor, most: int, batch: int = 2048) -> Tensor:
    """Give log-odds of pairs, float32 (pairs,), those of like length together."""
    reader.eval()
    scores = torch.zeros(len(questions), device=questions.device)
    lengths = pairs.passages.counts[passages] + pairs.questions.counts[questions]
    for some in torch.argsort(lengths).split(batch):
        with torch.autocast(questions.device.type, torch.bfloat16):
            scores[some] = reader(pairs(questions[some], passages[some], most))[0]
    return scores


def teach(reader: Reader, pairs: Pairs, sheet: Sheet, most: int) -> None:
    """Write a reader's log-odds for every passage of every group into the sheet."""
    held = sheet.passages >= 0
    questions = sheet.questions[:, None].expand_as(sheet.passages)[held]
    scores = score(reader, pairs, questions, sheet.passages[held], most)
    sheet.taught = torch.full(sheet.passages.shape, _LOW, device=scores.device).masked_scatter(held, scores)


def train(
    reader: Reader,
    pairs: Pairs,
    sheet: Sheet,
    rows: Tensor,
    *,
    seconds: float,
    rate: float,
    groups: int,
    of_group: int,
    of_public: int | None = None,
    most: int,
) -> None:
    """Train for some time: the rate rises, then falls to 0 by the clock.

    What is kept in bf16 learns by copies in single precision.

    Args:
        reader: it.
        pairs: its texts.
        sheet: groups; where it has a teacher's scores, most is learned from these.
        rows: groups of the sheet by their numbers, as often as one pass takes them.
        seconds: how long.
        rate: the highest learning rate.
        groups: of one step.
        of_group: passages of each that a step takes: the first, its copy, and others by lot.
        of_public: of a public one, where fewer.
        most: tokens of a pair.
    """
    learned = [one for one in reader.parameters() if one.requires_grad]
    masters = [one if one.dtype == torch.float32 else nn.Parameter(one.detach().float()) for one in learned]
    optimiser = _optimiser(masters, rate)
    began, steps, waiting = time.monotonic(), 0, list[Tensor]()
    reader.train()
    while (gone := (time.monotonic() - began) / seconds) < 1:
        waiting = waiting or _shuffled(sheet, pairs, rows, groups, steps)
        loss = _loss(reader, pairs, _drawn(sheet, waiting.pop(), of_group, of_public or of_group), most)
        reader.zero_grad(set_to_none=True)
        loss.backward()
        _step(optimiser, learned, masters, rate * min(gone / _WARMING, (1 - gone) / (1 - _WARMING)))
        steps += 1
        if steps % 100 == 0:
            print(f"step {steps}, {time.monotonic() - began:.0f} s, loss {loss.item():.3f}", flush=True)


def _optimiser(learned: Sequence[nn.Parameter], rate: float) -> torch.optim.Optimizer:
    kinds = [([one for one in learned if one.ndim > 1], 0.01), ([one for one in learned if one.ndim == 1], 0.0)]
    return torch.optim.AdamW([{"params": own, "weight_decay": decay} for own, decay in kinds], lr=rate)


def _step(
    optimiser: torch.optim.Optimizer, learned: Sequence[nn.Parameter], masters: Sequence[nn.Parameter], rate: float
) -> None:
    """Change the masters by what was found for those that they are masters of, and these after them."""
    halves = [(half, master) for half, master in zip(learned, masters, strict=True) if half is not master]
    for half, master in halves:
        master.grad = None if half.grad is None else half.grad.float()
    torch.nn.utils.clip_grad_norm_(masters, 1.0)
    for part in optimiser.param_groups:
        part["lr"] = rate
    optimiser.step()
    with torch.no_grad():
        for half, master in halves:
            half.copy_(master)


def _shuffled(sheet: Sheet, pairs: Pairs, rows: Tensor, groups: int, seed: int) -> list[Tensor]:
    """Give batches of groups by lot, those of like length together."""
    lengths = pairs.passages.counts[sheet.passages.clamp(min=0)].float().mean(dim=1)
    order = rows[torch.randperm(len(rows), device=rows.device)]
    batches = [one for some in order.split(_CHUNK * groups) for one in some[torch.argsort(lengths[some])].split(groups)]
    random.Random(seed).shuffle(batches)  # noqa: S311 - draws no secret
    return batches


def _drawn(sheet: Sheet, rows: Tensor, most: int, of_public: int) -> Sheet:
    """Take some groups with the first passage of each, which may be the answer, its copy, and others by lot."""
    passages, public, copied = sheet.passages[rows], sheet.public[rows], sheet.copied[rows]
    at = torch.arange(passages.shape[1], device=passages.device)
    lots = torch.rand(passages.shape, device=passages.device) + 2.0 * (passages >= 0) + _GAIN * (at < _FIRST)
    lots[:, 0] = 9.0
    lots[copied, 1] = 8.0
    chosen = lots.topk(min(most, passages.shape[1]), dim=1).indices
    taken = passages.gather(1, chosen)
    taken[public, of_public:] = -1
    taught = sheet.taught[rows].gather(1, chosen) if sheet.taught is not None else None
    return Sheet(sheet.questions[rows], taken, sheet.labels[rows], sheet.evidence[rows], copied, public, taught)


def _loss(reader: Reader, pairs: Pairs, sheet: Sheet, most: int) -> Tensor:
    held = sheet.passages >= 0
    questions = sheet.questions[:, None].expand_as(sheet.passages)[held]
    joined = pairs(questions, sheet.passages[held], most)
    with torch.autocast(questions.device.type, torch.bfloat16):
        odds, tokens = reader(joined)
    table = torch.full(held.shape, _LOW, device=odds.device).masked_scatter(held, odds)
    loss = of_labels(sheet, table, held)
    if sheet.taught is not None:
        loss = (1 - _TAUGHT) * loss + _TAUGHT * _of_teacher(sheet.taught, table, held)
    return loss + _EVIDENCE * _of_evidence(sheet, tokens, joined.places, held)


def of_labels(sheet: Sheet, table: Tensor, held: Tensor) -> Tensor:
    """Say how far log-odds (groups, most passages) are from the labels; ``held`` where there is a passage."""
    answered = sheet.labels >= 0
    truth, weight = torch.zeros_like(table), torch.ones_like(table)
    truth[answered, 0] = 1.0
    weight[answered] = _BESIDE
    weight[answered, 0] = _ANSWER
    weight[answered & sheet.copied, 1] = 1.0
    each = functional.binary_cross_entropy_with_logits(table, truth, reduction="none")
    loss = (each * weight)[held].sum() / weight[held].sum()
    if answered.any():
        loss = loss + _ORDER * functional.cross_entropy(table[answered], sheet.labels[answered])
    return loss


def _of_teacher(taught: Tensor, table: Tensor, held: Tensor) -> Tensor:
    told, own = (functional.log_softmax(one.masked_fill(~held, _LOW) / _HEAT, dim=-1) for one in (taught, table))
    apart = (told.exp() * (told - own) * held).sum(dim=-1).mean() * _HEAT**2
    absolute = functional.binary_cross_entropy_with_logits(table[held], torch.sigmoid(taught[held]))
    return _APART * apart + _ABSOLUTE * absolute


def _of_evidence(sheet: Sheet, tokens: Tensor, places: Tensor, held: Tensor) -> Tensor:
    """Say of each token of a passage whether it is evidence; an answering one with unknown evidence tells nothing."""
    first = torch.zeros_like(held)
    first[sheet.labels >= 0, 0] = True
    own = first[held][:, None]
    spans = sheet.evidence[:, None].expand(*held.shape, 2)[held]
    begin, end = spans[:, :1], spans[:, 1:]
    told = (places >= 0) & (~own | (begin >= 0))
    truth = own & (begin >= 0) & (places >= begin) & (places < end)
    rare = torch.tensor(_RARE, device=tokens.device)
    return functional.binary_cross_entropy_with_logits(tokens[told], truth[told].float(), pos_weight=rare)
