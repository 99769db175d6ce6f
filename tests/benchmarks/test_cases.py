"""What is expected of odd papers is held against what became of them, and whatever differs is named."""

from __future__ import annotations

from pathlib import Path

from benchmarks import cases
from tests.makers import pdf_maker
from tests.makers.index_maker import TinyEncoder, run

MINUTES = [
    "SALTMARSH DISTRICT COUNCIL",
    "HARBOUR COMMITTEE",
    "Minutes of the meeting held on 9 April 2019",
    "PRESENT: Councillors A Brine (Chair), C Dulse",
    "12. THE QUAY",
    "RESOLVED: That the quay be dredged.",
]


def test_what_differs_from_what_is_expected_of_a_paper_is_named(tmp_path: Path) -> None:
    papers = tmp_path / "papers" / "07-plain" / "a"
    papers.mkdir(parents=True)
    pdf_maker.write(papers / "m.pdf", lambda canvas: pdf_maker.text(canvas, MINUTES))
    (papers / "n.pdf").write_bytes(b"")
    run(tmp_path / "archive", str(tmp_path / "papers"))
    listed = tmp_path / "expected.jsonl"
    listed.write_text(
        '{"case": "07-*/a/m.pdf", "says": ["THE QUAY"], "decided": ["the quay be dredged"], "date": "2019-04-09"}\n'
        '{"case": "07-*/a/m.pdf", "lacks": ["Brine"], "decisions": 3}\n'
        '{"case": "07-*/a/n.pdf", "status": "unreadable", "reason": "empty"}\n'
        '{"case": "08-*/a/m.pdf"}\n'
    )
    table = cases.compared(tmp_path / "archive", cases.expected(listed), TinyEncoder())
    assert [differs for *_, differs in table] == [
        "",
        "a/m.pdf: says 'Brine'; a/m.pdf: 1 decisions",
        "",
        "no such paper",
    ]
