"""The benchmark of judged questions: whose question is whose, what is compared, what is chosen out of sample."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from benchmarks.judged import Result, _named, compared, left_out, table
from benchmarks.questions import labels
from benchmarks.questions.bodies import Body, bodies, gathered, opened
from search.ablation import ablations, trials
from search.settings import DEFAULT, of_archive
from tests.makers import pdf_maker


def result(key: str, rank: int) -> Result:
    return Result(key, rank, quoted=False, settled=True)


def test_a_question_belongs_to_the_folder_of_its_evidence_and_one_without_to_that_of_its_kin(tmp_path: Path) -> None:
    for name in ("papers/pdf/ashshire-board.pdf", "papers-kent/cabinet.pdf", "papers-more/quay/minutes.pdf"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    first = [
        {"id": "1", "evidence": [{"file": "ashshire-board.pdf"}]},
        {"id": "2", "evidence": []},
        {"id": "3", "evidence": [{"file": "lost.pdf"}]},
    ]
    second = [
        {"id": "4", "body": "quay", "evidence": [{"file": "minutes.pdf"}]},
        {"id": "5", "body": "quay", "evidence": []},
        {"id": "6", "body": "nowhere", "evidence": []},
    ]
    found = gathered(bodies(tmp_path), [first, second])
    assert {name: [(one.row["id"], one.body) for one in body.questions] for name, body in found.items()} == {
        "papers": [("1", "ashshire"), ("2", "unanswerable"), ("3", "unanswerable")],
        "quay": [("4", "quay"), ("5", "quay")],
    }


def test_wins_and_losses_are_counted_question_by_question_and_scope_by_scope() -> None:
    base = {key: result(key, rank) for key, rank in {"alone/a/1": 6, "alone/a/2": 1, "together/a/1": 2}.items()}
    now = {key: result(key, rank) for key, rank in {"alone/a/1": 2, "alone/a/2": 0, "together/a/1": 2}.items()}
    alone, together = compared({"changed": now}, base).splitlines()[2:]
    assert alone.split()[:5] == ["changed", "alone", "0.000", "0.500", "0.250"]
    assert alone.split()[-6:-3] == ["1", "1", "+1/−1"]
    assert together.split()[-6:-3] == ["0", "0", "+0/−0"]


def test_what_changes_answers_and_not_their_order_shows_in_quoted_answered_and_refused() -> None:
    keys = ("alone/a/1", "alone/a/2", "alone/a/3?", "alone/a/4?")
    base = {key: Result(key, 1, quoted=key == keys[0], settled=True) for key in keys}
    now = {key: Result(key, 1, quoted=key == keys[1], settled=key in keys[:2]) for key in keys}
    (line,) = compared({"changed": now}, base).splitlines()[2:]
    assert line.split()[-4:] == ["+0/−0", "+1/−1", "+0/−0", "+0/−2"]


def test_a_constant_is_chosen_by_the_other_bodies_and_measured_on_the_one_left_out() -> None:
    ranks = {"0.1": {"a": 1, "b": 2, "c": 2}, "0.5": {"a": 2, "b": 1, "c": 1}}
    runs = {
        value: {f"alone/{body}/1": result(f"alone/{body}/1", rank) for body, rank in some.items()}
        for value, some in ranks.items()
    }
    # a is left out by what b and c like, b and c by ties that go to the value in use.
    assert "chosen 0.5, 0.1" in left_out("kind", runs)
    assert "left out 0.500 (now 0.667)" in left_out("kind", runs)


def test_the_table_keeps_bodies_and_scopes_apart_and_counts_refusals() -> None:
    run = {key: result(key, rank) for key, rank in {"alone/a/1": 1, "alone/b/2": 0, "alone/b/3?": 0}.items()}
    lines = [line.split() for line in table(run).splitlines()[1:]]
    assert [line[:3] for line in lines] == [["alone,", "a", "1"], ["alone,", "b", "1"], ["alone,", "all", "2"]]
    assert [line[3:6] for line in lines] == [
        ["1.000", "1.000", "1.000"],
        ["0.000", "0.000", "0.000"],
        ["0.500", "0.500", "0.500"],
    ]


def test_every_number_of_ranking_and_quoting_can_be_switched_off_and_tried() -> None:
    every = trials(DEFAULT)
    assert set(every) >= {"kind", "stop", "versions", "quoting.near", "quoting.above"}
    assert all(next(iter(values.values())) == DEFAULT and len(values) > 1 for values in every.values())
    assert len(set(ablations(DEFAULT).values())) == len(ablations(DEFAULT))
    assert _named(every, []) == every
    assert list(_named(every, ["kind", "quoting.near"])) == ["kind", "quoting.near"]
    assert list(_named(ablations(DEFAULT), ["kind"])) == ["kind 0"]


def test_an_archive_calibrated_for_other_signs_is_asked_with_the_usual_thresholds(tmp_path: Path) -> None:
    for kept in ({"coverage": 0.0, "match": 0.5, "least": 2.0}, {"matter": {"match": 0.5, "least": 2.0}}):
        (tmp_path / "thresholds.jsonl").write_text(json.dumps(kept), encoding="utf-8")
        assert of_archive(tmp_path) is DEFAULT


def test_words_of_evidence_are_looked_up_by_the_hash_page_and_place_of_a_paper(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    lines = ["The ferry (2) is re-opened."]
    file = pdf_maker.write(folder / "a.pdf", lambda canvas: pdf_maker.text(canvas, lines))
    place = {"paper": hashlib.sha256(file.read_bytes()).hexdigest(), "page": 1, "start": 3, "end": 19}
    kept = {"id": "1", "type": "fact", "question": "Is there a ferry?", "evidence": [place], "also_ok": []}
    lost = kept | {"id": "2", "evidence": [place | {"paper": "0" * 64}]}
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, (kept, lost))), encoding="utf-8")
    evidence = [{"file": "a.pdf", "page": 1, "quote": "ferry (2) is re-opened"}]
    assert labels.read(gold, [folder]) == [{**kept, "evidence": evidence, "also_ok": []}]


@pytest.mark.parametrize("name", ["fresh.jsonl", "everyday.jsonl", "points.jsonl", "sums.jsonl"])
def test_judged_questions_hold_no_words_of_papers(name: str) -> None:
    path = Path(labels.__file__).with_name(name)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {name for row in rows for name in row} - {"lot"} == {"id", "type", "body", "question", "evidence", "also_ok"}
    places = [one for row in rows for one in (*row["evidence"], *row["also_ok"])]
    assert {name for one in places for name in one} == {"paper", "page", "start", "end"}


def test_an_archive_that_was_cut_short_is_gone_on_with_and_not_taken_for_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(command: list[str], **_: object) -> None:
        Path(command[-1]).mkdir()
        raise KeyboardInterrupt

    monkeypatch.setattr("benchmarks.questions.bodies.subprocess.run", cut_short)
    with pytest.raises(KeyboardInterrupt):
        opened(tmp_path, "quay", {"quay": Body(tmp_path)})
    assert [path.name for path in tmp_path.iterdir()] == ["quay.unfinished"]
