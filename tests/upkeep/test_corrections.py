"""What people correct about a paper is kept in papers.csv beside it, and nothing else there is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.__main__ import main
from indexer.errors import BadArguments
from indexer.pipeline import sidecar
from indexer.upkeep.corrections import correct


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "minutes.md"
    path.parent.mkdir()
    path.write_text("# Minutes", encoding="utf-8")
    return path


def test_a_correction_is_written_beside_the_paper_and_read_by_the_indexer(paper: Path, tmp_path: Path) -> None:
    correct(tmp_path / "archive", str(paper), {"board": "Harbour Board", "meeting_date": "2024-03-05"})
    assert sidecar.read(paper.parent / "papers.csv").rows == {
        "minutes.md": {"board": "Harbour Board", "meeting_date": "2024-03-05"}
    }


def test_other_rows_and_columns_stay_and_an_empty_value_takes_a_correction_back(paper: Path, tmp_path: Path) -> None:
    own = paper.parent / "papers.csv"
    own.write_bytes("File,Title,Note\nother.pdf,“Other”,mine\nminutes.md,Wrong,\n".encode("cp1252"))
    correct(tmp_path / "archive", str(paper), {"title": "", "board": "Cabinet"})
    assert own.read_text(encoding="utf-8") == ("path,title,note,board\nother.pdf,“Other”,mine,\nminutes.md,,,Cabinet\n")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "nothing to correct"),
        ({"meeting_date": "5 March"}, "is not a date like 2025-01-30"),
        ({"kind": "thing"}, "is none of pack"),
    ],
)
def test_a_correction_that_cannot_be_used_is_refused_and_changes_nothing(
    paper: Path, tmp_path: Path, values: dict[str, str], said: str
) -> None:
    with pytest.raises(BadArguments, match=said):
        correct(tmp_path / "archive", str(paper), values)
    assert not (paper.parent / "papers.csv").exists()


def test_a_paper_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["correct", "gone.pdf", "--board", "Cabinet", "--archive", str(tmp_path / "archive")]) == 2
    assert "no file goes by that name or id" in capsys.readouterr().err
