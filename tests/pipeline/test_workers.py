"""Who reads papers: what a reading process finds loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.makers import pdf_maker

ROOT = Path(__file__).parents[2]
_PROGRAM = """
import importlib, sys
from pathlib import Path
from indexer.pipeline import workers
for name in workers.PRELOAD:
    importlib.import_module(name)
before = set(sys.modules)
from indexer.pipeline import discover, reading
paper = Path(sys.argv[1])
reading.read_paper(paper, paper.name, discover.digest(paper), {})
rooms = ("indexer.readers", "indexer.layout", "indexer.structure", "indexer.decisions", "indexer.passages")
print([name for name in set(sys.modules) - before if name.startswith((*rooms, "pypdf"))])
"""


def test_a_process_that_reads_a_pdf_loads_nothing_that_all_could_share(tmp_path: Path) -> None:
    paper = pdf_maker.write(
        tmp_path / "minutes.pdf", lambda canvas: pdf_maker.text(canvas, ["Minutes of the Harbour Board"])
    )
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(paper)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
