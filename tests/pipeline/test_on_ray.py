"""Papers read by Ray: the same archive as by processes of one machine, row by row."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import ray

from benchmarks.lives import rows
from indexer.archive import Archive
from indexer.pipeline.build import Report, index
from indexer.pipeline.intake import Options
from indexer.pipeline.progress import Lines
from tests.makers.index_maker import TinyEncoder, minutes, put


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ray on this machine, begun in ``tmp_path``; a machine too busy to start it in time is asked again."""
    monkeypatch.chdir(tmp_path)
    own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    for left in (2, 1, 0):
        with contextlib.suppress(*([Exception] if left else [])):
            ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": own})
            break
    yield
    ray.shutdown()


def run(archive: str, options: Options) -> Report:
    with Lines() as lines:
        return index(["papers"], Path(archive), TinyEncoder, lines, options)


@pytest.mark.usefixtures("cluster")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:ray")
def test_papers_read_by_ray_make_the_same_archive_as_those_read_by_one_machine(tmp_path: Path) -> None:
    put(tmp_path / "papers", **{f"ferry{at}": minutes(f"ferry {at}", at + 1) for at in range(9)})
    (tmp_path / "papers" / "nobody.md").write_text("# Minutes\n\nRESOLVED: That the quay be mended.\n", "utf-8")
    (tmp_path / "papers" / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    (tmp_path / "papers" / "closed.md").write_text("# NOT FOR PUBLICATION\n\nExempt, paragraph 3.\n", "utf-8")
    here, there = run("here", Options(2)), run("there", Options(ray=True))
    assert (there.counts, there.passages, there.embedded) == (here.counts, here.passages, here.embedded)
    assert rows(tmp_path / "there") == rows(tmp_path / "here")
    with Archive.open(tmp_path / "there") as archive:
        assert archive.check() == []
    assert run("there", Options(ray=True)).unchanged == here.offered
