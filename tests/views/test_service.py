"""Who runs the service is said by one file, or plainly by none."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import BadArguments
from search.views import service
from search.views.service import Service

STATEMENT = Path(service.__file__).with_name("pages") / "about.md"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(service.VARIABLE, str(tmp_path / "service.toml"))
    return tmp_path / "service.toml"


def test_without_a_file_the_statement_is_whole_and_nothing_is_left_to_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(service.VARIABLE, raising=False)
    assert service.read() == Service()
    assert "to be completed" not in STATEMENT.read_text(encoding="utf-8").casefold()


def test_the_file_says_who_runs_the_service_and_the_rest_stays_plain(file: Path) -> None:
    file.write_text('organisation = "Marlbridge County Council"\ncontact = "access@marlbridge.example"\n', "utf-8")
    assert service.read() == Service(organisation="Marlbridge County Council", contact="access@marlbridge.example")


@pytest.mark.parametrize("text", ["organisation = 3", 'name = "x"', "organisation ="])
def test_a_file_that_says_something_else_is_told(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(BadArguments, match=r"service\.toml"):
        service.read()


def test_a_file_that_is_named_and_not_there_is_told(file: Path) -> None:
    with pytest.raises(BadArguments, match="cannot be read"):
        service.read()
