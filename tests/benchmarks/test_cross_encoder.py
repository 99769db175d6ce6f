"""The training of the cross-encoder: it learns, a pupil learns from it, and what it learned is read as it was kept."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from benchmarks.cross_encoder.evidence import place, without
from benchmarks.cross_encoder.fused import fuse
from benchmarks.cross_encoder.groups import NONE, Texts, often, take_papers
from benchmarks.cross_encoder.models import Pairs, Reader, Tokens, changes, resume, with_low_rank
from benchmarks.cross_encoder.training import Sheet, of_labels, score, teach, train
from indexer.encoding import bert, weights

WORDS = "bridge tip library budget hedge school clock lamp".split()  # noqa: SIM905
ROWS = torch.arange(60)


def _texts() -> Texts:
    """Questions of one word, each with a passage that says it and others that do not."""
    texts, dice = Texts(), _dice(1)
    for _ in range(60):
        word, *others = dice.sample(WORDS, 5)
        told = [f"the {one} was seen" for one in (word, *others)]
        texts.answered("ashshire", "council", f"where is the {word}", told[0], told[1:], (4, 4 + len(word)))
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
        ids, mask, kinds, _ = pairs(torch.tensor([number]), torch.tensor([number]), 64)
        expected = tokenizer.encode(texts.questions[number], texts.passages[number])
        count = int(mask.sum())
        assert ids[0, :count].tolist() == expected.ids
        assert kinds[0, :count].tolist() == expected.type_ids


def test_what_is_too_long_loses_the_end_of_the_passage() -> None:
    _, pairs = _reader(_texts())
    ids, mask, _, _ = pairs(torch.tensor([0, 1]), torch.tensor([0, 1]), 9)
    assert mask.sum(dim=1).max() == 9
    assert ids[0, 8] == pairs.end


@pytest.mark.parametrize("rank", [0, 8])
def test_a_reader_fits_what_it_is_shown(rank: int) -> None:
    texts = _texts()
    reader, pairs = _reader(texts, rank)
    sheet = Sheet.of(texts.groups, pairs)
    before = _loss(reader, pairs, sheet)
    train(reader, pairs, sheet, ROWS, seconds=4, rate=3e-3, groups=12, of_group=5, most=32)
    assert _loss(reader, pairs, sheet) < before


def test_a_pupil_comes_nearer_to_what_its_teacher_says() -> None:
    texts = _texts()
    teacher, pairs = _reader(texts)
    sheet = Sheet.of(texts.groups, pairs)
    teach(teacher, pairs, sheet, 32)
    assert sheet.taught is not None
    sheet.labels[:] = NONE
    sheet.taught = torch.where(torch.arange(5)[None] == 0, 3.0, -3.0).expand_as(sheet.taught).contiguous()
    pupil, pairs = _reader(texts, 8)
    before = _apart(pupil, pairs, sheet)
    train(pupil, pairs, sheet, ROWS, seconds=4, rate=3e-3, groups=12, of_group=5, most=32)
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
    sheet = Sheet.of(texts.groups, pairs)
    train(first, pairs, sheet, ROWS, seconds=2, rate=3e-3, groups=12, of_group=5, most=32)
    second, pairs = _reader(texts, 8)
    fresh = _loss(second, pairs, sheet)
    resume(second, changes(first))
    assert _loss(second, pairs, sheet) == pytest.approx(_loss(first, pairs, sheet), abs=0.1) != pytest.approx(fresh)


def test_both_heads_are_kept_as_rows_of_one() -> None:
    first, _ = _reader(_texts(), 8)
    kept = changes(first)
    assert kept["head.weight"].shape == (2, 32)
    assert kept["head.bias"].shape == (2,)
    second, _ = _reader(_texts(), 8)
    torch.nn.init.ones_(second.evidence.weight)
    resume(second, kept)
    assert torch.equal(second.evidence.weight, first.evidence.weight)
    assert torch.equal(second.head.bias, first.head.bias)


def test_a_group_of_few_passages_teaches_nothing() -> None:
    texts = Texts()
    texts.unanswered("ashshire", "council", "where is the bridge", ["a", "b", "c"])
    texts.answered("ashshire", "council", "where is the bridge", "a", ["b", "c"])
    assert texts.groups == []


HEADING = "Minutes\n"
BEFORE = "The panel met in the hall at six and heard of the works at the library, the clock and the school. "
EVIDENCE = "The footbridge will cost £2,400. "
AFTER = "It was agreed to report again in the spring of next year."


def test_a_copy_without_evidence_has_all_else_as_it_was() -> None:
    passage = HEADING + BEFORE + EVIDENCE + AFTER
    span = place(["not there", "cost  £2400"], passage)
    assert span is not None
    assert passage[slice(*span)] == "cost £2,400"
    assert without(passage, span) == HEADING + BEFORE + AFTER


def test_there_is_no_copy_without_a_heading_or_of_a_few_words() -> None:
    passage = HEADING + BEFORE + EVIDENCE + AFTER
    assert without(passage, (0, 4)) is None
    assert without(HEADING + EVIDENCE + AFTER, (12, 20)) is None
    assert place(["£"], passage) is None


def test_questions_are_grouped_by_what_was_told_of_their_passages(tmp_path: Path) -> None:
    passage, bad = HEADING + BEFORE + EVIDENCE + AFTER, ["a", "b", "c", "d"]
    span = list(place(["cost £2,400"], passage) or ())
    asked = {"body": "ashshire", "answerable": True, "passages": ["a", passage, "b", "also", "c"]}
    asked |= {"answers": [False, True, False, True, False], "evidence": [None, span, None, None, None]}
    never = {"body": "ashshire", "answerable": False, "passages": bad, "answers": [False] * 4, "evidence": [None] * 4}
    lines = [{**asked, "question": f"cost {at}", "altered": [f"cost in {at}"]} for at in range(60)]
    lines.append({**never, "question": "colour", "altered": []})
    (tmp_path / "asked.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    texts = Texts()
    take_papers(texts, tmp_path, _dice(7))
    of_question = {texts.questions[one.question]: one for one in texts.groups}
    first = of_question["cost 0"]
    assert [texts.passages[at] for at in first.passages] == [passage, HEADING + BEFORE + AFTER, "a", "b", "c"]
    assert (first.label, first.evidence, first.copied) == (0, tuple(span), True)
    assert of_question["colour"].label == NONE
    others = [one for asked, one in of_question.items() if asked.startswith("cost in")]
    assert 8 < len(others) < 40
    assert all(one.label == NONE and texts.passages[one.passages[0]] == passage for one in others)
    assert often(texts.groups).count(0) == 3


def test_the_tokens_of_the_evidence_are_known_to_the_sheet() -> None:
    texts = _texts()
    _, pairs = _reader(texts)
    sheet = Sheet.of(texts.groups, pairs)
    tokenizer = bert.tokenizer(weights.packaged_folder())
    for group, (begin, end) in zip(texts.groups, sheet.evidence.tolist(), strict=True):
        word = texts.questions[group.question].split()[-1]
        tokens = tokenizer.encode(texts.passages[group.passages[0]], add_special_tokens=False).ids[begin:end]
        assert tokenizer.decode(tokens) == word


def test_a_model_in_bf16_learns_by_its_copy_in_single_precision() -> None:
    texts = _texts()
    reader, pairs = _reader(texts)
    reader.body.bfloat16()
    sheet = Sheet.of(texts.groups, pairs)
    before = _loss(reader, pairs, sheet)
    train(reader, pairs, sheet, ROWS, seconds=4, rate=3e-3, groups=12, of_group=5, most=32)
    assert {one.dtype for one in reader.body.parameters()} == {torch.bfloat16}
    assert _loss(reader, pairs, sheet) < before


def test_fused_attention_reads_what_mpnet_reads() -> None:
    torch.manual_seed(0)
    body = MPNetModel(
        MPNetConfig(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, vocab_size=50),
        add_pooling_layer=False,
    ).eval()
    ids, mask = torch.randint(4, 50, (3, 12)), torch.ones(3, 12, dtype=torch.long)
    mask[1, 7:] = 0
    before = body(input_ids=ids, attention_mask=mask).last_hidden_state.detach()
    after = fuse(body)(input_ids=ids, attention_mask=mask).last_hidden_state.detach()
    torch.testing.assert_close(after[mask.bool()], before[mask.bool()], atol=1e-5, rtol=1e-4)


def _dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same lots every time


def _loss(reader: Reader, pairs: Pairs, sheet: Sheet) -> float:
    scores = _scores(reader, pairs, sheet)
    return float(of_labels(sheet, scores, sheet.passages >= 0))


def _apart(reader: Reader, pairs: Pairs, sheet: Sheet) -> float:
    assert sheet.taught is not None
    return float((_scores(reader, pairs, sheet) - sheet.taught).abs().mean())


def _scores(reader: Reader, pairs: Pairs, sheet: Sheet) -> torch.Tensor:
    questions = sheet.questions[:, None].expand_as(sheet.passages).flatten()
    return score(reader, pairs, questions, sheet.passages.flatten(), 32).reshape(sheet.passages.shape)
