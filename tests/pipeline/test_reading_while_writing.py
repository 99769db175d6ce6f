"""Several processes search while a run adds, changes and removes papers: whole papers only, no error, no restart."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from indexer.upkeep import desk
from tests.conftest import ROOT
from tests.makers.index_maker import minutes, put, run

READERS = 3
# Asks until the file "stop" is there; prints how often it asked, which numbers of papers it saw, and what was amiss.
READER = """
    import json, sys, traceback
    sys.path.insert(0, {root!r})
    from pathlib import Path
    from tests.makers.index_maker import TinyEncoder
    from indexer.archive import Archive
    from search.engine import Engine
    asked, seen, amiss = 0, [], []
    encoder = TinyEncoder()
    archive = Archive.open(Path("archive"), encoder.identity)
    engine = Engine(archive, encoder)
    Path(sys.argv[1]).touch()
    last = False
    while not last and not amiss:
        last = Path("stop").exists()
        try:
            asked += 1
            seen.append(archive.totals().papers)
            hits = engine.ask(f"What was resolved on ferry {{asked % 40}} and its moorings?", limit=20).hits
            for paper in {{hit.stored.paper.id: hit.stored.paper for hit in hits}}.values():
                passages = archive.paper_passages(paper.id)
                # A paper that was removed since is gone as a whole.
                if passages and [one.passage.ordinal for one in passages] != list(range(len(passages))):
                    amiss.append(f"half of {{paper.path}}")
                if passages and not any(one.passage.kind == "resolution" for one in passages):
                    amiss.append(f"{{paper.path}} without its resolution")
            if not hits:
                amiss.append("nothing found")
            wrong = [hit for hit in hits if "quay" in hit.stored.passage.text and "ferry" in hit.stored.paper.path]
            amiss += [hit.stored.paper.path for hit in wrong]
        except Exception:
            amiss.append(traceback.format_exc())
    print(json.dumps([asked, sorted(set(seen)), amiss]))
"""


def ferries(edition: str, *numbers: int) -> dict[str, str]:
    return {f"ferry{at}": minutes(f"ferry {at} and its {edition} moorings") for at in numbers}


def test_readers_see_whole_papers_only_and_new_ones_without_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "papers", **ferries("old", *range(8)))
    run(tmp_path / "archive")
    code = textwrap.dedent(READER.format(root=str(ROOT)))
    command = [sys.executable, "-c", code]
    readers = [
        subprocess.Popen([*command, f"ready{at}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for at in range(READERS)
    ]
    while len(list(tmp_path.glob("ready*"))) < READERS and all(one.poll() is None for one in readers):
        time.sleep(0.05)
    put(tmp_path / "papers", **ferries("new", *range(4)), **ferries("old", *range(8, 30)))
    run(tmp_path / "archive")
    (tmp_path / "papers" / "ferry29.md").unlink()
    run(tmp_path / "archive")
    (tmp_path / "stop").touch()
    told = [one.communicate(timeout=60) for one in readers]
    assert [one.returncode for one in readers] == [0] * READERS, told
    for out, _ in told:
        asked, seen, amiss = json.loads(out)
        assert amiss == []
        assert asked > 3
        assert (seen[0], 29 in seen) == (8, True)
    assert desk.check(tmp_path / "archive") == []
