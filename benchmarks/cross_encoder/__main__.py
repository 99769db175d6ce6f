"""Train the cross-encoder on a graphics card, in some eleven minutes when three train on it at once.

    python -m benchmarks.cross_encoder EXPORTED --teacher FOLDER --to FILE.npz [--further FILE.npz]
        [--without BODY]... [--public FOLDER] [--seconds 370 280]
    python -m benchmarks.cross_encoder EXPORTED --only-evidence --further FILE.npz --to FILE.npz [--seconds 0 60]

``EXPORTED`` is what `benchmarks.cross_encoder.export` wrote, ``--teacher`` the folder of all-mpnet-base-v2,
``--further`` what was learned before, which the packaged model goes on from, ``--without`` a body of whose papers and
questions nothing is learned, so that it can be asked about them. The teacher learns which passage of a group answers,
or that none does; the packaged model with changes of low rank learns the teacher's judgement. ``--seconds`` are the
teacher's and the pupil's, as long as they took with three trainings at once on one H200; alone on it, 108 do for the
teacher. With ``--only-evidence`` all else stays as it is, and the head is learned that says which tokens of a passage
are the evidence, which needs no teacher.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.cross_encoder.fused import fuse
from benchmarks.cross_encoder.groups import Texts, often, take_papers
from benchmarks.cross_encoder.models import Pairs, Reader, Tokens, changes, resume, with_low_rank
from benchmarks.cross_encoder.public import take_public
from benchmarks.cross_encoder.training import Sheet, teach, train
from indexer.encoding import bert, weights

_QUESTION, _PASSAGE, _PAIR = 48, 180, 192  # most tokens of each; see `indexer.encoding.cross_encoder`
_RANK: Final = 64
_OF_PUBLIC: Final = 3  # passages of a public group that the teacher reads in a step


class Model(NamedTuple):
    """A body of some width with its tokenizer, the ids of its special tokens, and its tokens between two texts."""

    body: nn.Module
    width: int
    tokenizer: Any
    special: tuple[int, int, int]
    between: int


def main() -> None:
    """Train the teacher, then the pupil, and write what the pupil learned."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exported", type=Path)
    parser.add_argument("--public", type=Path, default=Path("../shared/train"), help="folder of the public questions")
    parser.add_argument("--teacher", type=Path, help="folder of the large model; without it labels alone teach")
    parser.add_argument("--only-evidence", action="store_true", help="learn where the evidence is, and nothing else")
    parser.add_argument("--further", type=Path, metavar="FILE.npz", help="what was learned before")
    parser.add_argument("--without", action="append", default=[], metavar="BODY")
    parser.add_argument("--seconds", type=float, nargs=2, default=(370, 280), help="of the teacher and the pupil")
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    texts = Texts()
    take_papers(texts, options.exported, random.Random(7))  # noqa: S311 - draws no secret
    texts.groups = [one for one in texts.groups if one.body not in options.without]
    take_public(texts, options.public)
    rows = torch.tensor(often(texts.groups), device=device)
    taught = _judgement(options.teacher, texts, rows, options.seconds[0], device) if options.teacher else None
    pupil, pairs = _reader(_small(), texts, device, kinds=True)
    if options.further is not None:
        resume(pupil, np.load(options.further, allow_pickle=False))
    sheet = Sheet.of(texts.groups, pairs)
    sheet.taught = taught
    settled = _all_but_evidence(pupil) if options.only_evidence else []
    for parameter in settled:
        parameter.requires_grad_(False)
    train(pupil, pairs, sheet, rows, seconds=options.seconds[1], rate=4e-4, groups=64, of_group=10, most=_PAIR)
    for parameter in settled:
        parameter.requires_grad_(True)
    learned: dict[str, Any] = changes(pupil)
    np.savez_compressed(options.to, **learned)


def _all_but_evidence(reader: Reader) -> list[nn.Parameter]:
    own = {id(parameter) for parameter in reader.evidence.parameters()}
    return [one for one in reader.parameters() if one.requires_grad and id(one) not in own]


def _judgement(folder: Path, texts: Texts, rows: Tensor, seconds: float, device: str) -> Tensor | None:
    """Train a teacher, and give its log-odds for every passage of every group: float32 (groups, most passages)."""
    reader, pairs = _reader(_large(folder), texts, device)
    if device == "cuda":
        reader.body.bfloat16()
    sheet = Sheet.of(texts.groups, pairs)
    train(
        reader, pairs, sheet, rows, seconds=seconds, rate=3e-5, groups=48, of_group=7, of_public=_OF_PUBLIC, most=_PAIR
    )
    teach(reader, pairs, sheet, _PAIR)
    return sheet.taught


def _reader(model: Model, texts: Texts, device: str, *, kinds: bool = False) -> tuple[Reader, Pairs]:
    questions = Tokens(model.tokenizer, texts.questions, _QUESTION, device)
    passages = Tokens(model.tokenizer, texts.passages, _PASSAGE, device)
    reader = Reader(model.body, model.width, kinds=kinds).to(device)
    return reader, Pairs(questions, passages, model.special, model.between)


def _small() -> Model:
    from transformers import BertModel

    folder = weights.packaged_folder()
    body = BertModel.from_pretrained(folder, add_pooling_layer=False, use_safetensors=True)
    return _model(with_low_rank(body, _RANK), body.config.hidden_size, folder, ("[CLS]", "[SEP]", "[PAD]"), 1)


def _large(folder: Path) -> Model:
    from transformers import MPNetModel

    body = MPNetModel.from_pretrained(folder, add_pooling_layer=False, use_safetensors=True)
    return _model(fuse(body), body.config.hidden_size, folder, ("<s>", "</s>", "<pad>"), 2)


def _model(body: nn.Module, width: int, folder: Path, special: tuple[str, str, str], between: int) -> Model:
    tokenizer = bert.tokenizer(folder)
    first, end, padding = (tokenizer.token_to_id(one) for one in special)
    return Model(body, width, tokenizer, (first, end, padding), between)


if __name__ == "__main__":
    main()
