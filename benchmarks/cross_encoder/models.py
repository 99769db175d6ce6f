"""The models that are trained: a reader over any BERT-like body, and low-rank changes to one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.cross_encoder.evidence import Span

_DROPPED: Final = 0.1
_SCALE: Final = 2.0  # of the low-rank changes; `indexer.encoding.cross_encoder` has the same
_STEP: Final = 16


class Joined(NamedTuple):
    """Pairs as a model reads them, int64 (pairs, tokens): ids, mask, and kinds, which are 1 of the second text.

    ``places`` numbers the tokens of the passage; -1 is no token of it.
    """

    ids: Tensor
    mask: Tensor
    kinds: Tensor
    places: Tensor


class Tokens:
    """Texts as rows of token ids on the card: ``ids`` int32 (texts, longest), ``counts`` int64 (texts,)."""

    def __init__(self, tokenizer: Any, texts: Sequence[str], most: int, device: str) -> None:  # noqa: ANN401
        """Cut texts into tokens, ``most`` of each."""
        encoded = [tokenizer.encode(text, add_special_tokens=False) for text in texts]
        cut = [one.ids[:most] for one in encoded]
        ids = np.zeros((len(cut), max(map(len, cut))), np.int32)
        self._ends = [np.array(one.offsets[:most], np.int32).reshape(-1, 2) for one in encoded]  # characters of tokens
        for line, row in zip(ids, cut, strict=True):
            line[: len(row)] = row
        self.ids = torch.from_numpy(ids).to(device)
        self.counts = torch.tensor([len(row) for row in cut], device=device)

    def within(self, text: int, span: Span | None) -> Span:
        """Give the tokens of a text that hold some of its characters; (-1, -1) where none that is read does."""
        if span is None:
            return -1, -1
        ends = self._ends[text]
        own = np.flatnonzero((ends[:, 1] > span[0]) & (ends[:, 0] < span[1]))
        return (int(own[0]), int(own[-1]) + 1) if len(own) else (-1, -1)


class Pairs:
    """Puts questions and passages together as one model reads them, on the card."""

    def __init__(self, questions: Tokens, passages: Tokens, special: tuple[int, int, int], between: int) -> None:
        """Take the texts.

        Args:
            questions: by their numbers.
            passages: likewise.
            special: ids of the first token, of the one that ends a text, and of padding.
            between: ending tokens between the two texts.
        """
        self.questions, self.passages, self.between = questions, passages, between
        self.first, self.end, self.padding = special

    def __call__(self, question: Tensor, passage: Tensor, most: int) -> Joined:
        """Join questions and passages, by their numbers; ``most`` tokens of each pair."""
        asked = self.questions.counts[question]
        read = torch.minimum(self.passages.counts[passage], most - asked - 2 - self.between)
        total = asked + read + 2 + self.between
        width = -(-int(total.max()) // _STEP) * _STEP
        at = torch.arange(width, device=question.device)[None]
        begin = (asked + 1 + self.between)[:, None]
        of_question = (at >= 1) & (at <= asked[:, None])
        of_passage = (at >= begin) & (at < begin + read[:, None])
        ids = torch.full((len(question), width), self.end, device=question.device)
        ids = torch.where(of_question, _taken(self.questions, question, at - 1), ids)
        ids = torch.where(of_passage, _taken(self.passages, passage, at - begin), ids)
        ids[:, 0] = self.first
        mask = at < total[:, None]
        ids = torch.where(mask, ids, torch.full_like(ids, self.padding))
        places = torch.where(of_passage, at - begin, -1)
        return Joined(ids, mask.long(), ((at >= begin) & mask).long(), places)


def _taken(tokens: Tokens, rows: Tensor, at: Tensor) -> Tensor:
    """Take each row's tokens at some places; places outside a text give any token."""
    bounded = at.clamp(0, tokens.ids.shape[1] - 1).expand(len(rows), at.shape[1])
    return tokens.ids[rows].long().gather(1, bounded)


class Reader(nn.Module):  # type: ignore[misc]
    """One number for a pair: log-odds that the passage answers, from the first token's last state.

    Another head says of each token whether it is evidence.
    """

    def __init__(self, body: nn.Module, width: int, *, kinds: bool) -> None:
        """Put a number on a model's last states of some width; ``kinds`` says that it is told which text is which."""
        super().__init__()
        self.body, self.kinds, self.head = body, kinds, nn.Linear(width, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.evidence = nn.Linear(width, 1)
        nn.init.normal_(self.evidence.weight, std=0.02)
        nn.init.constant_(self.evidence.bias, -2.0)  # few tokens are

    def forward(self, pairs: Joined) -> tuple[Tensor, Tensor]:
        """Give log-odds that each pair's passage answers, float32 (pairs,), and that each token is evidence."""
        more = {"token_type_ids": pairs.kinds} if self.kinds else {}
        states = self.body(input_ids=pairs.ids, attention_mask=pairs.mask, **more).last_hidden_state
        dropped = functional.dropout(states[:, 0], _DROPPED, self.training)
        odds, tokens = (cast("Tensor", one).float().squeeze(-1) for one in (self.head(dropped), self.evidence(states)))
        return odds, tokens


class LowRank(nn.Module):  # type: ignore[misc]
    """A linear layer whose weights stay, with a change of low rank beside them (LoRA: Hu et al., ICLR 2022)."""

    def __init__(self, layer: nn.Linear, rank: int) -> None:
        """Take the place of a layer."""
        super().__init__()
        self.weight, self.bias = layer.weight, layer.bias
        self.weight.requires_grad_(False)
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, states: Tensor) -> Tensor:
        """Do what the layer does, with changed weights."""
        return functional.linear(states, self.weight + _SCALE * (self.up @ self.down), self.bias)


def with_low_rank(body: nn.Module, rank: int) -> nn.Module:
    """Freeze a model but for changes of low rank to its linear layers, their biases and the norms after them."""
    for parameter in body.parameters():
        parameter.requires_grad_(False)
    for module in list(body.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Linear):
                setattr(module, name, LowRank(child, rank))
    for name, parameter in body.named_parameters():
        learns = name.endswith((".up", ".down", ".bias")) or "LayerNorm" in name
        parameter.requires_grad_(learns and not name.startswith("embeddings"))
    return body


def changes(reader: Reader) -> dict[str, NDArray[Any]]:
    """Give what was learned as `indexer.encoding.cross_encoder` reads it: low ranks in int8, a scale for each row.

    The head of the pair and that of its tokens are the two rows of one.
    """
    kept: dict[str, NDArray[Any]] = {}
    for name, parameter in _kept(reader.body):
        array = parameter.detach().float().cpu().numpy()
        if name.endswith((".up", ".down")):
            scale = np.maximum(np.abs(array).max(axis=1), np.finfo(np.float32).tiny) / 127
            kept[name] = np.clip(np.round(array / scale[:, None]), -127, 127).astype(np.int8)
            kept[f"{name}_scale"] = scale.astype(np.float32)
        else:
            kept[name] = array
    for part, of_heads in _of_heads(reader).items():
        kept[part] = torch.cat(of_heads).detach().float().cpu().numpy()
    return kept


def resume(reader: Reader, kept: Mapping[str, NDArray[Any]]) -> None:
    """Put what `changes` gave back into a reader of the same form."""
    for name, parameter in _kept(reader.body):
        array = kept[name].astype(np.float32)
        if name.endswith((".up", ".down")):
            array *= kept[f"{name}_scale"][:, None]
        parameter.data.copy_(torch.from_numpy(array))
    for part, of_heads in _of_heads(reader).items():
        for parameter, row in zip(of_heads, kept[part], strict=True):
            parameter.data.copy_(torch.from_numpy(np.atleast_1d(row)).view_as(parameter))


def _kept(body: nn.Module) -> Iterator[tuple[str, nn.Parameter]]:
    return ((name, parameter) for name, parameter in body.named_parameters() if parameter.requires_grad)


def _of_heads(reader: Reader) -> dict[str, list[Tensor]]:
    heads = (reader.head, reader.evidence)
    return {"head.weight": [one.weight for one in heads], "head.bias": [one.bias for one in heads]}
