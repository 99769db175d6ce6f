"""Train the cross-encoder on a graphics card, in some seven minutes; or further, on the processor, in some forty.

    python -m benchmarks.cross_encoder EXPORTED --teacher FOLDER --to FILE.npz [--without BODY]... [--public FOLDER]
    python -m benchmarks.cross_encoder EXPORTED --further FILE.npz --to FILE.npz [--without BODY]... [--minutes 40]

``EXPORTED`` is what `benchmarks.cross_encoder.export` wrote, ``--teacher`` the folder of all-mpnet-base-v2,
``--without`` a body of whose papers and questions nothing is learned, so that it can be asked about them. The teacher
learns which passage of a group answers; the packaged model with changes of low rank learns the teacher's judgement, on
made-up queries too. ``--further`` goes on from what was learned before, on the questions about boards' papers alone and
without a teacher: where those on answerability have grown, that is what there is to learn.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmarks.cross_encoder.groups import Group, Texts, gather, of_papers
from benchmarks.cross_encoder.models import Pairs, Reader, Tokens, changes, resume, with_low_rank
from benchmarks.cross_encoder.training import Sheet, teach, train
from indexer.encoding import bert, weights

_QUESTION, _PASSAGE, _PAIR = 48, 180, 192  # most tokens of each; see `indexer.encoding.cross_encoder`
_RANK: Final = 64
_MADE_UP, _PUBLIC = 24_000, 6_000  # most groups that the pupil learns from
_OFTEN: Final = 3  # times that a question about boards' papers is taken for one of the others


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
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--teacher", type=Path, help="folder of the large model")
    way.add_argument("--further", type=Path, metavar="FILE.npz", help="what was learned before")
    parser.add_argument("--minutes", type=float, default=40, help="how long --further trains")
    parser.add_argument("--without", action="append", default=[], metavar="BODY")
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    further = options.further is not None
    texts = of_papers(options.exported) if further else gather(options.exported, options.public, _nearest)
    groups = [one for one in texts.groups if one.body not in options.without]
    pupil, pairs = _reader(_small(), texts, device, kinds=True)
    own = [one for one in groups if one.kind == "council"]
    if further:
        resume(pupil, np.load(options.further, allow_pickle=False))
        seconds = 60 * options.minutes
        train(pupil, pairs, Sheet.of(own, device), seconds=seconds, rate=3e-4, groups=10, of_group=6, most=_PAIR)
    else:
        sheet = Sheet.of(_lots(groups), device)
        _taught(sheet, own, groups, _reader(_large(options.teacher), texts, device), device)
        train(pupil, pairs, sheet, seconds=170, rate=6e-4, groups=64, of_group=12, most=_PAIR)
    learned: dict[str, Any] = changes(pupil)
    np.savez_compressed(options.to, **learned)


def _taught(
    sheet: Sheet, own: list[Group], groups: Sequence[Group], teacher: tuple[Reader, Pairs], device: str
) -> None:
    """Train a teacher, and write its judgement into the sheet."""
    reader, pairs = teacher
    of_teacher = Sheet.of([*own * _OFTEN, *(one for one in groups if one.kind == "public")], device)
    train(reader, pairs, of_teacher, seconds=140, rate=3e-5, groups=48, of_group=7, most=_PAIR)
    teach(reader, pairs, sheet, _PAIR)


def _lots(groups: Sequence[Group]) -> list[Group]:
    dice = random.Random(5)  # noqa: S311 - draws no secret
    kinds = {kind: [one for one in groups if one.kind == kind] for kind in ("council", "public", "made up")}
    drawn = [dice.sample(kinds[kind], min(len(kinds[kind]), most)) for kind, most in _MOST.items()]
    return [*kinds["council"] * _OFTEN, *(one for some in drawn for one in some)]


_MOST: Final = {"public": _PUBLIC, "made up": _MADE_UP}


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
    return _model(body, body.config.hidden_size, folder, ("<s>", "</s>", "<pad>"), 2)


def _model(body: nn.Module, width: int, folder: Path, special: tuple[str, str, str], between: int) -> Model:
    tokenizer = bert.tokenizer(folder)
    first, end, padding = (tokenizer.token_to_id(one) for one in special)
    return Model(body, width, tokenizer, (first, end, padding), between)


def _nearest(asked: Sequence[str], passages: Sequence[str], most: int) -> NDArray[np.int64]:
    """Rank passages by words and by meaning, fused as the program fuses them."""
    from sentence_transformers import SentenceTransformer
    from sklearn.feature_extraction.text import TfidfVectorizer

    encoder = SentenceTransformer(str(weights.packaged_folder()), model_kwargs={"use_safetensors": True})
    rows, columns = (encoder.encode(list(own), normalize_embeddings=True) for own in (asked, passages))
    words = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
    by_passage = words.fit_transform(passages)
    by_question = words.transform(asked)
    found = np.empty((len(asked), min(most, len(passages))), np.int64)
    for at in range(len(asked)):
        places = np.zeros(len(passages))
        by_words = np.asarray((by_question[at] @ by_passage.T).todense()).ravel()
        for scores, weight in ((rows[at] @ columns.T, 1.0), (by_words, 1.5)):
            places[np.argsort(-scores)[:100]] += weight / (10 + np.arange(1, min(100, len(scores)) + 1))
        found[at] = np.argsort(-places)[: found.shape[1]]
    return found


if __name__ == "__main__":
    main()
