"""What a model is trained on, how it starts, and how its learning curve is read, with small parts of our own."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.training import curve
from benchmarks.training.groups import Group, groups, near, part, plain
from benchmarks.training.vectors import Question, Rows, padded

torch = pytest.importorskip("torch")


def rows(*vectors: tuple[float, ...]) -> Rows:
    """Make unit rows of axes."""
    made: Rows = np.array(vectors, np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def test_others_of_a_paper_that_share_most_words_with_the_question_stand_beside_its_passage() -> None:
    others = ["the pier is shut", "the pier is to be mended", "ferry times", "the fees", "the mended pier is open"]
    taken = near("is the pier mended", others[0], others, random.Random(0))  # noqa: S311 - no secret
    assert (len(taken), set(taken[:2])) == (3, {others[1], others[4]})


def test_a_long_passage_is_cut_to_its_end_only_where_that_holds_the_answer() -> None:
    words = [f"w{at}" for at in range(100)]
    text = " ".join(words)
    assert part(text, ["w5"]).split() == words[:70]
    assert part(text).split() == words[:70]
    assert part(text, ["w95"]).split() == words[30:]


def test_mark_up_of_guidance_and_transcripts_is_left_out() -> None:
    assert plain("<p>pay{vocalsound} the fee</p>").split() == ["pay", "the", "fee"]


def test_public_questions_become_groups_in_the_same_order_each_time(tmp_path: Path) -> None:
    passages = [{"id": f"p{at}", "title": "Piers", "text": f"pier {at} was built in 18{at}0"} for at in range(4)]
    asked = {"question": "when was pier 2 built", "passage": "p2", "answers": ["1820"], "answerable": True}
    guide = {"title": "fees", "question": "must I pay", "evidence": ["<p>All pay.</p>"], "answerable": True}
    meeting = {"meeting": "m", "turns": ["Chair: the pier " + "is shut " * 20]}
    talk = {"meeting": "m", "question": "what of the pier", "answer": "it is shut", "turns": [[0, 0]]}
    files: Mapping[str, Sequence[Mapping[str, object]]] = {
        "squad-passages": passages,
        "squad-questions": [asked, asked | {"question": "who built it", "answerable": False}],
        "conditionalqa": [guide],
        "qmsum-meetings": [meeting],
        "qmsum-questions": [talk],
    }
    for name, found in files.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in found), encoding="utf-8")
    made = groups(tmp_path, [])
    assert made == groups(tmp_path, [])
    assert sorted((one.source, one.answers, len(one.others)) for one in made) == [
        ("guidance", True, 0),
        ("meetings", True, 0),
        ("squad", False, 3),
        ("squad", True, 3),
    ]
    assert next(one for one in made if one.source == "guidance") == Group(
        "must I pay", "fees\n All pay. ", (), answers=True, source="guidance"
    )


def test_texts_side_by_side_are_padded_and_say_where() -> None:
    found, real = padded([rows((1, 0)), rows((0, 1), (1, 0))])
    assert found.tolist() == [[[1, 0], [0, 0]], [[0, 1], [1, 0]]]
    assert real.tolist() == [[True, False], [True, True]]


def test_a_reader_starts_as_late_interaction_and_learns_what_its_loss_says() -> None:
    from benchmarks.training.reader import Reader

    torch.manual_seed(0)
    reader = Reader(4)
    question = Question(rows((1, 0, 0, 0), (0, 1, 0, 0)), np.array([0.75, 0.25], np.float32))
    right, wrong = rows((1, 0, 1, 0)), rows((1, 0, 0, 0), (0, 1, 0, 0))
    match, told = reader([question, question], [right, wrong])
    assert match.tolist() == pytest.approx([0.75 * 0.5**0.5, 1.0])
    assert told.tolist() == [[0, 0], [0, 0]]
    assert reader.read(question, [right, wrong]).tolist() == [[0, 0], [0, 0]]
    rising = torch.optim.AdamW(reader.parameters(), lr=0.01)
    losses = []
    for _ in range(60):
        loss = reader.loss([(question, [right, wrong], True)])
        rising.zero_grad()
        loss.backward()
        rising.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0] / 4
    after = reader.read(question, [right, wrong])
    assert after[0, 0] > after[1, 0]
    assert after[0, 1] > after[1, 1]


def test_padding_changes_nothing_of_what_a_reader_says() -> None:
    from benchmarks.training.reader import Reader

    reader = Reader(4)
    torch.nn.init.normal_(reader.head.weight)
    question = Question(rows((1, 0, 0, 0), (0, 1, 0, 0)), np.array([0.5, 0.5], np.float32))
    short, long = rows((1, 0, 1, 0)), rows(*[(0, 1, at, 1) for at in range(9)])
    together = reader.read(question, [short, long])
    apart = np.concatenate([reader.read(question, [short]), reader.read(question, [long])])
    assert together == pytest.approx(apart, abs=1e-5)


def test_each_body_is_measured_by_the_weight_that_the_others_choose() -> None:
    found = curve.point(["a", "a", "b", "b"], {0.0: [2, 2, 1, 1], 1.0: [1, 1, 2, 0]})
    assert found.weights == {"a": 0.0, "b": 1.0}
    assert (found.hit1, found.hit5) == (0.0, 0.75)
    assert (found.chosen.mrr, found.chosen.change, found.chosen.wins, found.chosen.losses) == (0.375, -0.375, 0, 2)
    assert {weight: one.mrr for weight, one in found.by_weight.items()} == {0.0: 0.75, 1.0: 0.625}


def test_what_is_added_neither_raises_nor_lowers_the_texts_further_down() -> None:
    assert curve.beside_mean([3.0, 1.0, 2.0]) == [1.0, -1.0, 0.0]
    assert curve.beside_mean([]) == []


def test_the_area_under_the_curve_is_the_chance_that_an_answerable_question_has_more() -> None:
    assert curve.area([3, 2, 1, 2], [True, True, False, False]) == 0.875
