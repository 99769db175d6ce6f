"""Public questions become folders in the manner of BEIR."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import general


def test_paragraphs_and_meetings_become_documents_and_only_what_they_answer_is_asked(tmp_path: Path) -> None:
    turns = ["Chair: " + "one " * 60, "Clerk: " + "two " * 60, "Chair: {laugh} three", "Clerk: four"]
    for name, rows in {
        "squad-passages": [{"id": "p", "title": "Ferries", "text": "The ferry was replaced."}],
        "squad-questions": [
            {"id": "a", "passage": "p", "question": "What was replaced?", "answerable": True},
            {"id": "b", "passage": "p", "question": "Who replaced it?", "answerable": False},
        ],
        "qmsum-meetings": [{"meeting": "m", "turns": turns}],
        "qmsum-questions": [
            {"id": "c", "meeting": "m", "question": "What came last?", "turns": [[1, 1], [3, 3]]},
            {"id": "d", "meeting": "m", "question": "Summarise it.", "turns": [[0, 30]]},
            {"id": "e", "meeting": "another", "question": "What else?", "turns": [[0, 0]]},
        ],
    }.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    assert general.main([str(tmp_path), str(tmp_path), "--paragraphs", "1", "--meetings", "1"]) == 0
    assert _read(tmp_path / "squad" / "corpus.jsonl") == [
        {"_id": "p", "title": "Ferries", "text": "The ferry was replaced."}
    ]
    assert _read(tmp_path / "squad" / "queries.jsonl") == [{"_id": "a", "text": "What was replaced?"}]
    assert (tmp_path / "squad" / "qrels.tsv").read_text().splitlines()[1:] == ["a\tp\t1"]
    documents = {one["_id"]: one["text"] for one in _read(tmp_path / "qmsum" / "corpus.jsonl")}
    assert list(documents) == ["m-0", "m-1"]
    assert documents["m-1"].endswith("Chair:  three Clerk: four")
    assert _read(tmp_path / "qmsum" / "queries.jsonl") == [{"_id": "c", "text": "What came last?"}]
    assert (tmp_path / "qmsum" / "qrels.tsv").read_text().splitlines()[1:] == ["c\tm-1\t1"]


def _read(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
