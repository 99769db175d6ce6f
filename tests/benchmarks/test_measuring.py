"""What benchmarks measure with: processor time of a whole family of processes, and hits of other programs judged."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pypdfium2
import pytest

from benchmarks.peers.__main__ import _answered, _quality, _ranks
from benchmarks.peers.drawing import drawn, gathered
from benchmarks.processor import Spent
from benchmarks.servers.balancing import balanced
from tests.makers.nginx_runner import Answers, serving

# What was used after the last look at a process is not seen: this one is looked at again before it ends.
_BURN = "import time; end = time.process_time() + 0.4\nwhile time.process_time() < end: pass\ntime.sleep(0.5)\n"
_PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {_BURN!r}]).wait()"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_processor_time_counts_what_children_of_children_used_and_not_what_was_used_before() -> None:
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass
    with Spent() as spent:
        subprocess.run([sys.executable, "-c", _PARENT], check=True)
        assert 0.3 <= spent.seconds() <= 1.5


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_processor_time_of_another_process_is_counted_without_ones_own() -> None:
    with subprocess.Popen([sys.executable, "-c", _PARENT]) as other, Spent(other.pid) as spent:
        end = time.process_time() + 2
        while time.process_time() < end:
            pass
        other.wait()
        assert 0.3 <= spent.seconds() <= 1.5


@pytest.mark.nginx
def test_nginx_leaves_each_reader_with_one_process_and_asks_all_of_them() -> None:
    class Named(Answers):
        def do_GET(self) -> None:
            self.answer(200, str(self.server.server_address[1]).encode())

    with (
        serving(Named) as one,
        serving(Named) as other,
        balanced([f"http://127.0.0.1:{at}" for at in (one, other)]) as app,
    ):
        told = [httpx.get(app, headers={"X-Forwarded-For": f"10.0.0.{at % 20}"}).text for at in range(60)]
    assert told[:20] == told[20:40] == told[40:]
    assert set(told) == {str(one), str(other)}


def test_hits_of_other_programs_are_judged_by_file_page_and_quotation() -> None:
    evidence = {"file": "minutes.pdf", "page": 3, "quote": "that the ferry be replaced by a bridge within two years"}
    gold = [{"id": "a", "evidence": [evidence]}, {"id": "b", "evidence": [evidence]}]
    right = {"file": "/any/where/minutes.pdf", "pages": [3], "page": 3, "text": f"RESOLVED: {evidence['quote']}."}
    wrong = right | {"pages": [4], "page": 4}
    assert _ranks(gold, {"a": [right], "b": [wrong, right]}) == [1, 2]
    assert _ranks(gold, {"a": [wrong], "b": []}) == [0, 0]
    assert _quality([1, 2], [1, 2]) == "0.500  1.000  0.750  +0.000 (+0.000 to +0.000)"
    assert _quality([0, 0], [1, 2]) == "0.000  0.000  0.000  -0.750 (-1.000 to -0.500)"


def test_other_programs_are_asked_only_what_the_papers_given_answer(tmp_path: Path) -> None:
    def judged(id: str, kind: str, *files: str) -> dict[str, object]:
        evidence = [{"file": file, "page": 1, "quote": "that the ferry be replaced"} for file in files]
        return {"id": id, "type": kind, "question": "What of the ferry?", "evidence": evidence}

    rows = [judged("a", "fact", "here.pdf"), judged("b", "fact", "here.pdf", "elsewhere.pdf")]
    gold, more = tmp_path / "gold.jsonl", tmp_path / "more.jsonl"
    gold.write_text("".join(json.dumps(one) + "\n" for one in [*rows, judged("c", "unanswerable")]))
    more.write_text(json.dumps(judged("d", "who", "here.pdf")) + "\n")
    asked = _answered([gold, more], [tmp_path / "here.pdf"])
    assert [one["id"] for one in asked] == ["a", "d"]


def test_papers_are_drawn_by_lot_within_their_pages_and_those_asked_about_fill_half(tmp_path: Path) -> None:
    for folder, sheets in (("", (1, 1, 1, 1, 9)), ("deeper", (1, 1, 1, 1, 1))):
        (tmp_path / folder).mkdir(exist_ok=True)
        for at, pages in enumerate(sheets):
            _pdf(tmp_path / folder / f"{folder}{at}.pdf", pages)
    papers = gathered([tmp_path])
    assert len(papers) == 10
    asked = {"deeper0.pdf", "deeper1.pdf", "deeper2.pdf", "deeper3.pdf", "deeper4.pdf"}
    chosen = drawn(papers, asked, 4)
    assert chosen == drawn(papers, asked, 4)
    assert len(chosen) == 4
    assert len([paper for paper in chosen if paper.name in asked]) >= 2
    assert len(drawn(papers, set(), 8)) == 8  # the paper of nine pages is passed over
    assert drawn(papers, asked, 100) == papers


def _pdf(path: Path, pages: int) -> None:
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(pages):
            document.new_page(100, 100)
        document.save(path)
