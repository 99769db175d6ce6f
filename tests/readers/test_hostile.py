"""Papers that are meant to hurt: each ends as read or with a reason, within its time and memory, and harms no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import UnreadablePaper
from indexer.pipeline.discover import digest
from indexer.pipeline.reading import read_paper
from indexer.readers.pool import Limits, Pool, Task
from indexer.records import Reading
from tests.makers import hostile_maker

SECONDS = 120.0  # for one paper, on a machine that does much else


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Read all of them in two processes that may take a gigabyte each."""
    folder = tmp_path_factory.mktemp("hostile")
    tasks = []
    for name in hostile_maker.HOSTILE:
        path = hostile_maker.write(folder, name)
        assert path.stat().st_size < 1_000_000
        tasks.append(Task(name, (path, path.name, digest(path), {}), SECONDS))
    with Pool(read_paper, 2, Limits(memory=1 << 30), ("indexer.pipeline.reading", "indexer.readers.pdf")) as pool:
        return {task.name: result for task, result in pool.run(tasks)}


@pytest.mark.parametrize("name", hostile_maker.HOSTILE)
def test_a_hostile_paper_is_read_or_refused_with_a_reason(outcomes: dict[str, object], name: str) -> None:
    result, expected = outcomes[name], hostile_maker.HOSTILE[name][1]
    if isinstance(result, Reading):
        text = "\n".join(page.text for page in result.pages)
        assert "The pier is repaired." in text or expected == "any"
        return
    assert isinstance(result, UnreadablePaper)
    assert expected != "read", str(result)
    assert ("memory" in str(result)) == (expected == "memory"), str(result)
    assert "given up" not in str(result)


def test_what_a_paper_names_is_neither_fetched_nor_opened(tmp_path: Path) -> None:
    path = hostile_maker.write(tmp_path, "a form in XML that names a file")
    reading = read_paper(path, path.name, digest(path), {})
    assert isinstance(reading, Reading)
    assert [page.text for page in reading.pages] == ["The pier is repaired."]
