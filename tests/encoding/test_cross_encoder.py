"""The cross-encoder: the scores of torch, whatever is read beside it, and off where it is switched off."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from indexer.encoding import bert, cross_encoder, weights
from indexer.encoding.cross_encoder import ADAPTER, CrossEncoder, Verdict
from indexer.encoding.protocol import TOKENS_A_BATCH

QUESTION = "how much will the footbridge cost"
ANSWER = "Repair of the footbridge at Applebury\nThe repair of the footbridge will cost £14,300, paid from reserves."
OTHERS = [
    "Minutes of the last meeting\nThe minutes of the meeting on 4 May were agreed as a true record.",
    "Repair of the footbridge at Applebury\nThe member for Applebury asked why the footbridge had been closed. " * 30,
    "",
]


def _odds(verdicts: Sequence[Verdict]) -> list[float]:
    return [one.odds for one in verdicts]


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return CrossEncoder()


def test_a_passage_that_answers_scores_above_those_that_do_not(reader: CrossEncoder) -> None:
    answer, *others = (one.odds for one in reader.judge(QUESTION, [ANSWER, *OTHERS]))
    assert answer > max(others)


def test_the_words_that_answer_are_told_from_those_around_them(reader: CrossEncoder) -> None:
    (verdict,) = reader.judge(QUESTION, [f"{ANSWER} The Clerk read out the apologies. The next meeting is on 4 May."])
    begin, end = ANSWER.index("The repair of"), len(ANSWER)
    own = (verdict.offsets[:, 0] >= begin) & (verdict.offsets[:, 1] <= end)
    assert verdict.evidence[own].mean() > verdict.evidence[~own].mean() + 0.2


def test_a_verdict_says_where_each_token_stands_that_was_read(reader: CrossEncoder) -> None:
    short, long = reader.judge(QUESTION, [ANSWER, OTHERS[1]])
    assert [ANSWER[begin:end] for begin, end in short.offsets][-3:] == ["from", "reserves", "."]
    assert len(long.offsets) == len(long.evidence) < 192
    assert ((long.evidence >= 0) & (long.evidence <= 1)).all()


def test_scores_are_those_of_torch(reader: CrossEncoder) -> None:
    import torch
    from transformers import BertModel

    folder = weights.packaged_folder()
    changed = bert.adapted(folder, ADAPTER)
    model = BertModel.from_pretrained(folder, add_pooling_layer=False)
    states = {name: torch.from_numpy(array) for name, array in changed.items() if not name.startswith("head.")}
    assert not model.load_state_dict(states, strict=False).unexpected_keys
    tokenizer = bert.tokenizer(folder)
    for text in (ANSWER, OTHERS[0]):
        pair = tokenizer.encode(QUESTION, text)
        ids, kinds = torch.tensor([pair.ids]), torch.tensor([pair.type_ids])
        with torch.no_grad():
            first = model(input_ids=ids, token_type_ids=kinds).last_hidden_state[0, 0].numpy()
        expected = float(first @ changed["head.weight"][0] + changed["head.bias"][0])
        # Multiplied in half precision where the processor has units for it.
        assert reader.judge(QUESTION, [text])[0].odds == pytest.approx(expected, abs=0.1)


def test_a_score_does_not_depend_on_what_is_read_beside_it(reader: CrossEncoder) -> None:
    together = reader.judge(QUESTION, [ANSWER, *OTHERS])
    alone = [one for text in (ANSWER, *OTHERS) for one in reader.judge(QUESTION, [text])]
    np.testing.assert_allclose(_odds(together), _odds(alone), atol=0.1)
    for one, other in zip(together, alone, strict=True):
        np.testing.assert_allclose(one.evidence, other.evidence, atol=0.05)


def test_passages_are_shared_out_so_that_all_cores_are_done_at_about_the_same_time() -> None:
    lengths = [192, 64, 192, 128, 192, 64, 192, 128, 192, 64]
    groups = cross_encoder._shared_out(lengths, 2)
    assert sorted(at for group in groups for at in group) == list(range(10))
    assert [len(group) * lengths[group[0]] for group in groups] == [5 * 192, 5 * 128]
    assert [len(group) for group in cross_encoder._shared_out(lengths, 16)] == [1] * 10
    many = cross_encoder._shared_out([192] * 400, 2)
    assert max(len(group) * 192 for group in many) <= TOKENS_A_BATCH
    assert cross_encoder._shared_out([], 2) == []


def test_several_threads_get_the_scores_that_one_gets(reader: CrossEncoder) -> None:
    expected = reader.judge(QUESTION, [ANSWER, *OTHERS])
    with ThreadPoolExecutor(4) as threads:
        for made in threads.map(lambda _: reader.judge(QUESTION, [ANSWER, *OTHERS]), range(8)):
            np.testing.assert_allclose(_odds(made), _odds(expected), atol=0.1)


def test_of_nothing_there_is_no_verdict(reader: CrossEncoder) -> None:
    assert reader.judge(QUESTION, []) == []


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cross_encoder.VARIABLE, "off")
    cross_encoder.load.cache_clear()
    assert cross_encoder.load() is None
    cross_encoder.load.cache_clear()
