"""Retrieval measured on a folder in the manner of BEIR, by the way that the product searches."""

from __future__ import annotations

import json
from pathlib import Path

import ir_measures
import pytest

from benchmarks import quality

DOCUMENTS = {
    "d1": ("Footbridges", "A footbridge carries walkers over a river or a railway."),
    "d2": ("", "Lichens grow slowly on bare rock and live for centuries."),
    "d3": ("", "Bread rises because yeast turns sugar into gas."),
}
QUERIES = {"q1": "how does dough get its bubbles", "q2": "crossing a stream on foot", "q3": "long-lived life on stone"}
WANTED = {"q1": "d3", "q2": "d1", "q3": "d2"}


def test_a_folder_in_the_manner_of_beir_is_indexed_asked_and_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = [{"_id": id, "title": title, "text": text} for id, (title, text) in DOCUMENTS.items()]
    queries = [{"_id": id, "text": text} for id, text in QUERIES.items()]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    lines = ["query-id\tcorpus-id\tscore", *(f"{query}\t{document}\t1" for query, document in WANTED.items())]
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert quality.main([str(tmp_path)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed == [
        "3 documents, 3 queries",
        "as it is            nDCG@10 1.000  R@10 1.000",
        "no cross-encoder    nDCG@10 1.000  R@10 1.000",
    ]
    root = str(Path(__file__).parents[2])
    assert quality.main([str(tmp_path), "--before", root, "--limit", "2"]) == 0
    printed = capsys.readouterr().out.splitlines()
    same = "nDCG@10 1.000  R@10 1.000  +0.000 (+0.000 to +0.000) of nDCG@10, 0 won, 0 lost"
    assert printed == [
        "3 documents, 2 queries",
        "before              nDCG@10 1.000  R@10 1.000",
        f"as it is            {same}",
        f"no cross-encoder    {same}",
    ]


def test_a_query_is_compared_with_what_an_earlier_version_made_of_it() -> None:
    judged = [ir_measures.Qrel(query, "d", 1) for query in ("q1", "q2", "q3")]
    now = [ir_measures.ScoredDoc("q1", "d", 1.0), ir_measures.ScoredDoc("q2", "other", 1.0)]
    before = [ir_measures.ScoredDoc("q2", "d", 1.0), ir_measures.ScoredDoc("q3", "d", 1.0)]
    line = quality._line("now", judged, now, before)
    assert line.startswith("now                 nDCG@10 0.333  R@10 0.333  -0.333 (")
    assert line.endswith(" of nDCG@10, 1 won, 2 lost")
