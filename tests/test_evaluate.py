"""Judged questions: what is measured of an answer."""

from __future__ import annotations

from library_maker import MemoryLibrary

from search.engine import Engine
from search.evaluate import measure


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
