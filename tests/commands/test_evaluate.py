"""Judged questions: what is measured of an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.errors import BadArguments
from search.engine import Engine
from search.evaluate import measure, read_gold
from tests.makers.library_maker import MemoryLibrary


def test_a_judged_question_without_evidence_only_counts_as_answered_or_not() -> None:
    library = MemoryLibrary()
    library.add("The ferry was replaced by a bridge.", file="minutes.pdf")
    engine = Engine(library, library.encoder)
    evidence = [{"file": "minutes.pdf", "page": 1, "quote": "the ferry was replaced by a bridge"}]
    question = {"id": "a", "type": "fact", "question": "What was the ferry replaced by?"}
    bare = measure([question, question | {"evidence": []}, question | {"evidence": None}], engine.ask)
    assert bare.keys() == {"answered_answerable"}
    full = measure([question | {"evidence": evidence}, question | {"also_ok": evidence}], engine.ask)
    assert full["hit@1"] == [1.0, 1.0]
    assert full["evidence_recall@10"] == [1.0]


@pytest.mark.parametrize(
    "odd",
    [
        [],
        {"id": "a"},
        {"evidence": [{}]},
        {"evidence": ["p. 3"]},
        {"also_ok": [{"file": "a", "page": 1}]},
        {"question": 7},
        {"question": " "},
        {"evidence": {"file": "a"}},
        {"evidence": [{"file": 3, "quote": "b", "page": 1}]},
        {"evidence": [{"file": "a", "quote": "b", "page": "x"}]},
    ],
)
def test_a_line_that_is_no_judged_question_is_named(tmp_path: Path, odd: object) -> None:
    whole = {"id": "a", "type": "fact", "question": "What?", "evidence": [{"file": "a", "pages": [1], "quote": "b"}]}
    path = tmp_path / "gold.jsonl"
    row = odd if not isinstance(odd, dict) or "id" in odd else whole | odd
    path.write_text(f"{json.dumps(whole)}\n{json.dumps(row)}\n", encoding="utf-8")
    with pytest.raises(BadArguments, match=r"gold\.jsonl line 2"):
        read_gold(path)
