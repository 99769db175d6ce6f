"""A cross-encoder: reads a question together with a passage and says how surely the passage answers it.

The default model's weights with low-rank changes to them (Hu et al., "LoRA", ICLR 2022), which are kept beside this
module: how they were made, by what and under which licences, is in ``docs/cross-encoder.md``.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.encoding import bert
from indexer.encoding.compiled import Compiled
from indexer.encoding.protocol import TOKENS_A_BATCH, Vectors, batches

ADAPTER: Final = Path(__file__).with_name("cross_encoder.npz")
VARIABLE: Final = "BOARD_PAPERS_CROSS_ENCODER"  # "off" leaves the order to late interaction

# As it was trained: of a question so many tokens are read, and of both together.
_QUESTION_TOKENS: Final = 48
_TOKENS: Final = 192
_STEP: Final = 8  # lengths are padded up to a multiple, since every new shape costs OpenVINO a compilation


@cache
def load() -> CrossEncoder | None:
    """Give the cross-encoder, once for this process; None where it is switched off or its model is not installed."""
    if os.environ.get(VARIABLE, "").lower() == "off":
        return None
    return CrossEncoder()


class Verdict(NamedTuple):
    """What is said of a text: ``odds``, the log-odds that it answers, and where.

    ``offsets``, int32 (tokens, 2), are where each token that was read begins and ends in the text, and ``evidence``,
    float32 (tokens,), the probability that it belongs to what answers.
    """

    odds: float
    offsets: NDArray[np.int32]
    evidence: Vectors


class CrossEncoder:
    """Scores texts for a question. Safe to use from several threads at once; compiled when it is first used."""

    def __init__(self, adapter: Path = ADAPTER) -> None:
        """Take the changes in a file of arrays to the packaged model.

        Args:
            adapter: of each layer that is changed ``NAME.down`` and ``NAME.up``, int8 with a scale for each row, and
                its bias; the norms of layers; and the head.
        """
        self._adapter = adapter
        self._lock = threading.Lock()
        self._ready: tuple[Compiled, Any] | None = None

    def judge(self, question: str, texts: Sequence[str]) -> list[Verdict]:
        """Say of each text how surely it answers the question, and where.

        Args:
            question: in plain words.
            texts: passages with their headings; of a long one the end is not read.

        Raises:
            ModelError: the packaged weights are missing or not the expected bytes.
        """
        model, tokenizer = self._compiled()
        with self._lock:
            first, *others = tokenizer.encode_batch([question, *texts], add_special_tokens=False)
        start, end = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
        head = [start, *first.ids[:_QUESTION_TOKENS], end]
        most = _TOKENS - len(head) - 1
        rows = [[*head, *other.ids[:most], end] for other in others]
        lengths = [-(-len(row) // _STEP) * _STEP for row in rows]
        groups = _shared_out(lengths, model.streams)
        made: dict[int, Vectors] = {}
        chosen, widths = [[rows[at] for at in group] for group in groups], [lengths[group[0]] for group in groups]
        ran = model.each(lambda some, width: _inputs(some, width, len(head)), chosen, widths) if groups else iter(())
        for group, numbers in zip(groups, ran, strict=True):
            made |= zip(group, numbers, strict=True)
        return [_verdict(made[at], len(head), other.offsets[:most]) for at, other in enumerate(others)]

    def _compiled(self) -> tuple[Compiled, Any]:
        with self._lock:
            if self._ready is None:
                folder = bert.converted_for_pairs(self._adapter)
                self._ready = Compiled(folder / "model.xml"), bert.tokenizer(folder)
            return self._ready


def _shared_out(lengths: Sequence[int], streams: int) -> list[list[int]]:
    """Group texts so that all cores are done at about the same time, since a reader waits for them.

    Of the budgets for a batch the smallest is taken with which no core gets a second one while another has none.
    """
    for budget in range(-(-sum(lengths) // streams), TOKENS_A_BATCH, _STEP):
        if len(groups := list(batches(lengths, budget))) <= streams:
            return groups
    return list(batches(lengths))


def _inputs(rows: Sequence[Sequence[int]], width: int, head: int) -> Mapping[str, NDArray[np.int64]]:
    """Make the model's inputs of pairs whose second text begins after ``head`` tokens, padded to ``width``."""
    ids, mask = np.zeros((len(rows), width), np.int64), np.zeros((len(rows), width), np.int64)
    for line, held, row in zip(ids, mask, rows, strict=True):
        line[: len(row)], held[: len(row)] = row, 1
    kinds = mask * (np.arange(width) >= head)
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}


def _verdict(numbers: Vectors, head: int, offsets: Sequence[tuple[int, int]]) -> Verdict:
    """Take a pair's verdict from its tokens' numbers, float32 (tokens, 2); the text's begin after ``head`` tokens."""
    own = numbers[head : head + len(offsets), 1]
    where = np.array(offsets, np.int32).reshape(-1, 2)
    return Verdict(float(numbers[0, 0]), where, (1 / (1 + np.exp(-own))).astype(np.float32))
