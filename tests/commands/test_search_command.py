"""The command line of search: its JSON, its text on 80 columns, and one clear line for every bad argument."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from search import __main__ as command
from search.engine import Engine
from search.evaluate import covers, finds, interval, measure
from search.question.filter_choices import day
from tests.conftest import ROOT
from tests.makers.library_maker import MemoryLibrary


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> MemoryLibrary:
    """Let every command search a small library instead of an archive on disk."""
    library = MemoryLibrary()
    library.add(
        "RESOLVED that the Applebury footbridge be repaired by May.", kind="resolution", number="93", title="Footbridge"
    )
    library.add("Ward\tRepairs\nApplebury\t31", kind="table", page=2, title="Repairs by ward")
    monkeypatch.setattr(Engine, "open", lambda _: Engine(library, library.encoder))
    return library


def run(*arguments: str) -> int:
    try:
        return command.main(arguments)
    except SystemExit as stop:  # argparse leaves this way
        return int(stop.code or 0)


def test_ask_prints_quotations_then_passages_on_80_columns(library: MemoryLibrary, capsys: Any) -> None:
    assert run("ask", "Was the Applebury footbridge repaired by May?") == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 80
    assert printed.startswith("Decided by Cabinet (Ashshire County Council) on 14 May 2024: item 93,\nFootbridge.\n\n")
    assert "\n“RESOLVED that the Applebury footbridge be repaired by May.” [1]\n" in printed
    assert "[1] Cabinet (Ashshire County Council), 14 May 2024, minute 93" in printed
    assert printed.index("[1] Cabinet") < printed.index("Passages") < printed.index("Applebury | 31")


def test_ask_says_honestly_that_nothing_was_found(library: MemoryLibrary, capsys: Any) -> None:
    assert run("ask", "zebra wildlife consultancy") == 0
    printed = capsys.readouterr().out
    assert "does not seem to hold the answer (searched 1 papers, 9 pages" in printed.replace("\n", " ")
    assert "Nearest passages" in printed


def test_json_is_one_object_on_one_line(library: MemoryLibrary, capsys: Any) -> None:
    assert run("ask", "footbridge repaired", "--limit", "1", "--json") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    row = json.loads(lines[0])
    assert [hit["rank"] for hit in row["hits"]] == [1]


def test_batch_answers_every_line_in_order_with_its_id(
    library: MemoryLibrary, capsys: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = '{"id": "b", "question": "footbridge"}\n\n{"id": 7, "question": "repairs by ward"}\n'
    path = tmp_path / "questions.jsonl"
    path.write_text(lines, encoding="utf-8")
    assert run("batch", str(path)) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in rows] == ["b", 7]
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    assert run("batch", "-") == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == rows


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", ""), "empty"),
        (("ask", "x" * 10_001), "10,000 characters"),
        (("ask", "bins", "--board", "Cabinett"), "did you mean 'Cabinet'?"),
        (("ask", "bins", "--authority", "Northby"), "it holds Ashshire County Council"),
        (("ask", "bins", "--kind", "poem"), "resolution, recommendation, minute"),
        (("ask", "bins", "--from", "tomorrow"), "2025-01-30"),
        (("ask", "bins", "--from", "2025-02-30"), "2025-01-30"),
        (("ask", "bins", "--from", "2025", "--to", "2024"), "no day lies between"),
        (("ask", "bins", "--limit", "0"), "from 1 to 100"),
        (("batch", "no such file.jsonl"), "no such file.jsonl"),
    ],
)
def test_a_bad_argument_gets_status_2_and_says_what_would_do(
    library: MemoryLibrary, capsys: Any, arguments: tuple[str, ...], said: str
) -> None:
    assert run(*arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("line", ["not json", "[]", '{"id": 1}', '{"question": "bins"}', '{"id": 1, "question": 7}'])
def test_a_bad_line_of_a_batch_is_named_and_the_others_are_answered(
    library: MemoryLibrary, capsys: Any, tmp_path: Path, line: str
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"id": "a", "question": "bins"}}\n{line}\n{{"id": "c", "question": "roads"}}\n', "utf-8")
    assert run("batch", str(path)) == 2
    captured = capsys.readouterr()
    first, bad, last = map(json.loads, captured.out.splitlines())
    assert (first["id"], last["id"], "hits" in first, "hits" in last) == ("a", "c", True, True)
    assert (list(bad), bad["id"], "line 2" in bad["error"]) == (["id", "error"], None, True)
    assert "1 of 3 questions could not be used" in captured.err


def test_a_question_of_a_batch_that_cannot_be_asked_keeps_its_place_and_its_id(
    library: MemoryLibrary, capsys: Any, tmp_path: Path
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "a", "question": " "}\n{"id": "b", "question": "bins"}\n', "utf-8")
    assert run("batch", str(path)) == 2
    empty, asked = map(json.loads, capsys.readouterr().out.splitlines())
    assert (empty["id"], "empty" in empty["error"], asked["id"]) == ("a", True, "b")


def test_without_an_archive_there_is_one_line_with_the_command_that_makes_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "search", "ask", "bins", "--archive", str(tmp_path / "none")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "python -m indexer index" in done.stderr


def test_help_imports_nothing_heavy() -> None:
    began = time.process_time()
    program = (
        "import sys, search.__main__\n"
        "try: search.__main__.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print({'numpy', 'faiss', 'openvino', 'streamlit', 'tantivy', 'torch'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
    assert time.process_time() - began < 5


def test_a_month_or_year_means_its_first_or_last_day() -> None:
    assert str(day("2024-02", last=True)) == "2024-02-29"
    assert str(day("2024-12", last=True)) == "2024-12-31"
    assert str(day("2024", last=True)) == "2024-12-31"
    assert str(day("2024", last=False)) == "2024-01-01"
    assert day("  ", last=True) is None


def test_a_hit_finds_a_quotation_in_its_file_on_its_page_by_its_words() -> None:
    hit = {
        "file": "papers/pack.pdf",
        "page": 3,
        "pages": [3, 4],
        "text": "It was RESOLVED that the bridge be repaired by May.",
    }
    evidence = {"file": "pack.pdf", "page": 4, "quote": "resolved that the bridge be repaired"}
    assert finds(hit, evidence)
    assert not finds(hit, {**evidence, "page": 5})
    assert not finds(hit, {**evidence, "file": "other.pdf"})
    assert not finds(hit, {**evidence, "quote": "the statue shall be cleaned in spring"})


def test_a_table_row_in_another_order_still_covers_its_quotation() -> None:
    assert covers(["31", "applebury", "repairs", "ward"], "Applebury repairs 31")
    assert not covers(["31", "northby", "repairs"], "Applebury repairs 31")


def test_measures_are_those_of_hand_counting(library: MemoryLibrary) -> None:
    place = {"file": "pack.pdf", "page": 1, "quote": "the Applebury footbridge be repaired by May"}
    gold = [
        {"id": 1, "type": "decision", "question": "Applebury footbridge repaired May", "evidence": [place]},
        {"id": 2, "type": "figure", "question": "repairs Applebury", "evidence": [{**place, "page": 9}]},
        {"id": 3, "type": "unanswerable", "question": "zebra wildlife consultancy", "evidence": []},
    ]
    found = measure(gold, Engine(library, library.encoder).ask)
    assert found["hit@1"] == [1.0, 0.0]
    assert found["mrr@10"] == [1.0, 0.0]
    assert found["evidence_recall@10"] == [1.0, 0.0]
    assert found["refused_unanswerable"] == [1.0]
    assert (found["hit@5 decision"], found["hit@5 figure"]) == ([1.0], [0.0])


def test_an_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = interval([0.0, 1.0] * 10), interval([0.0, 1.0] * 200)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
