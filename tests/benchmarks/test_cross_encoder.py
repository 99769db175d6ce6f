"""The training of the cross-encoder: it learns, a pupil learns from it, and what it learned is read as it was kept."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from benchmarks.cross_encoder.groups import NONE, Texts, made_up
from benchmarks.cross_encoder.models import Pairs, Reader, Tokens, changes, resume, with_low_rank
from benchmarks.cross_encoder.training import Sheet, score, teach, train
from indexer.encoding import bert, weights

WORDS = "bridge tip library budget hedge school clock lamp".split()  # noqa: SIM905


def _texts() -> Texts:
    """Questions of one word, each with a passage that says it and others that do not."""
    texts, dice = Texts(), _dice(1)
    for _ in range(60):
        word, *others = dice.sample(WORDS, 5)
        told = [f"the {one} was seen" for one in (word, *others)]
        texts.add("ashshire", "council", f"where is the {word}", told, 0)
    return texts


def _reader(texts: Texts, rank: int = 0) -> tuple[Reader, Pairs]:
    torch.manual_seed(0)
    tokenizer = bert.tokenizer(weights.packaged_folder())
    body = BertModel(
        BertConfig(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64),
        add_pooling_layer=False,
    )
    tokens = [Tokens(tokenizer, own, 30, "cpu") for own in (texts.questions, texts.passages)]
    special = tuple(tokenizer.token_to_id(one) for one in ("[CLS]", "[SEP]", "[PAD]"))
    reader = Reader(with_low_rank(body, rank) if rank else body, 32, kinds=True)
    return reader, Pairs(tokens[0], tokens[1], (special[0], special[1], special[2]), 1)


def test_pairs_are_joined_as_the_tokenizer_joins_them() -> None:
    texts = _texts()
    _, pairs = _reader(texts)
    tokenizer = bert.tokenizer(weights.packaged_folder())
    for number in (0, 7):
        ids, mask, kinds = pairs(torch.tensor([number]), torch.tensor([number]), 64)
        expected = tokenizer.encode(texts.questions[number], texts.passages[number])
        count = int(mask.sum())
        assert ids[0, :count].tolist() == expected.ids
        assert kinds[0, :count].tolist() == expected.type_ids


def test_what_is_too_long_loses_the_end_of_the_passage() -> None:
    _, pairs = _reader(_texts())
    ids, mask, _ = pairs(torch.tensor([0, 1]), torch.tensor([0, 1]), 9)
    assert mask.sum(dim=1).max() == 9
    assert ids[0, 8] == pairs.end


@pytest.mark.parametrize("rank", [0, 8])
def test_a_reader_fits_what_it_is_shown(rank: int) -> None:
    texts = _texts()
    reader, pairs = _reader(texts, rank)
    sheet = Sheet.of(texts.groups, "cpu")
    before = _loss(reader, pairs, sheet)
    train(reader, pairs, sheet, seconds=4, rate=3e-3, groups=12, of_group=5, most=32)
    assert _loss(reader, pairs, sheet) < before


def test_a_pupil_comes_nearer_to_what_its_teacher_says() -> None:
    texts = _texts()
    teacher, pairs = _reader(texts)
    sheet = Sheet.of(texts.groups, "cpu")
    teach(teacher, pairs, sheet, 32)
    assert sheet.taught is not None
    sheet.labels[:] = -2
    sheet.taught = torch.where(torch.arange(5)[None] == 0, 3.0, -3.0).expand_as(sheet.taught).contiguous()
    pupil, pairs = _reader(texts, 8)
    before = _apart(pupil, pairs, sheet)
    train(pupil, pairs, sheet, seconds=4, rate=3e-3, groups=12, of_group=5, most=32)
    assert _apart(pupil, pairs, sheet) < before


def test_what_was_learned_is_kept_in_a_byte_a_number(tmp_path: Path) -> None:
    reader, _ = _reader(_texts(), 8)
    kept = changes(reader)
    downs = [name for name in kept if name.endswith(".down")]
    assert len(downs) == 12
    assert all(kept[name].dtype == np.int8 for name in downs)
    parameters = dict(reader.named_parameters())
    for name in downs:
        back = kept[name] * kept[f"{name}_scale"][:, None]
        np.testing.assert_allclose(back, parameters[f"body.{name}"].detach().numpy(), atol=0.01)


def test_training_goes_on_from_what_was_kept() -> None:
    texts = _texts()
    first, pairs = _reader(texts, 8)
    sheet = Sheet.of(texts.groups, "cpu")
    train(first, pairs, sheet, seconds=2, rate=3e-3, groups=12, of_group=5, most=32)
    second, pairs = _reader(texts, 8)
    fresh = _loss(second, pairs, sheet)
    resume(second, changes(first))
    assert _loss(second, pairs, sheet) == pytest.approx(_loss(first, pairs, sheet), abs=0.1) != pytest.approx(fresh)


def test_a_group_of_few_passages_teaches_nothing() -> None:
    texts = Texts()
    texts.add("ashshire", "council", "where is the bridge", ["a", "b", "c"], NONE)
    assert texts.groups == []


def test_a_made_up_query_has_words_of_its_passage_only() -> None:
    passage = "Minutes\nThe footbridge at Applebury was closed for repair until the spring of next year."
    for seed in range(20):
        query = made_up(passage, _dice(seed))
        assert query is not None
        assert set(query.lower().split()) <= set(passage.lower().replace(".", "").split())
    assert made_up("Minutes\nNone.", _dice(0)) is None


def _dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same queries every time


def _loss(reader: Reader, pairs: Pairs, sheet: Sheet) -> float:
    scores = _scores(reader, pairs, sheet)
    return float(torch.nn.functional.cross_entropy(scores, sheet.labels))


def _apart(reader: Reader, pairs: Pairs, sheet: Sheet) -> float:
    assert sheet.taught is not None
    return float((_scores(reader, pairs, sheet) - sheet.taught).abs().mean())


def _scores(reader: Reader, pairs: Pairs, sheet: Sheet) -> torch.Tensor:
    questions = sheet.questions[:, None].expand_as(sheet.passages).flatten()
    return score(reader, pairs, questions, sheet.passages.flatten(), 32).reshape(sheet.passages.shape)
