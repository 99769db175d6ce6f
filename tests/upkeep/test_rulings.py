"""What a person decides about a paper (withhold, release) holds in every later run, and is kept with its reason."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from indexer.__main__ import BROKEN, DONE, UNUSABLE, main
from indexer.archive import Archive
from indexer.errors import BadArguments
from indexer.upkeep import rulings
from tests.makers.index_maker import minutes, put, run

MOTION = "RESOLVED: That the press and public be excluded as exempt information under paragraph 3 would be disclosed."
PART = f"{MOTION}\n\n## EXEMPT MINUTES\n\nQuillfeather won.\n"
CLOSED = f"{minutes('the pier')}\n## 13. Exclusion of the public\n\n{PART}"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of two public papers, one that is marked as exempt, and one with a closed part."""
    monkeypatch.chdir(tmp_path)
    lease = f"NOT FOR PUBLICATION\n\n{minutes('the lease')}"
    put(tmp_path / "papers", quay=minutes("the quay", 11), lease=lease, closed=CLOSED, weir=minutes("the weir"))
    run(tmp_path / "archive")
    return tmp_path / "archive"


def statuses(archive: Path) -> dict[str, tuple[str, str]]:
    with Archive.open(archive) as opened:
        assert opened.check() == []
        return {entry.path.removeprefix("papers/"): (entry.status, entry.reason) for entry in opened.ledger()}


def text(archive: Path, words: str) -> bool:
    """Whether any page of the archive holds these words."""
    with Archive.open(archive) as opened:
        return any(words in page.text for paper in opened.papers() for page in opened.pages(paper.id))


def test_the_review_lists_what_is_withheld_wholly_and_in_part_with_reasons(archive: Path) -> None:
    about = json.loads(rulings.review_json(archive))
    assert [(entry["path"], entry["status"]) for entry in about["withheld"]] == [
        ("papers/closed.md", "partly read"),
        ("papers/lease.md", "withheld"),
    ]
    assert about["rulings"] == []
    said = rulings.review_text(archive)
    assert "papers/lease.md  (its text says that it is exempt)" in said
    assert "withheld: headed as exempt after the resolution to exclude the public" in said
    assert MOTION in "".join(page.text for page in _pages(archive))


def _pages(archive: Path) -> list:  # type: ignore[type-arg]
    with Archive.open(archive) as opened:
        return [page for paper in opened.papers() for page in opened.pages(paper.id)]


def test_a_withheld_paper_that_is_released_is_read_and_stays_in(archive: Path) -> None:
    rulings.release(archive, "papers/lease.md", "published in 2021")
    assert statuses(archive)["lease.md"] == ("gone", "released: published in 2021")
    assert run(archive).counts == {"indexed": 1}
    (archive / "seen.jsonl").unlink()
    run(archive)
    assert statuses(archive)["lease.md"] == ("indexed", "")


def test_a_closed_part_that_is_released_is_read_with_the_rest(archive: Path) -> None:
    assert not text(archive, "Quillfeather")
    rulings.release(archive, "papers/closed.md", "no longer exempt")
    assert run(archive).counts == {"indexed": 1}
    assert text(archive, "Quillfeather")
    rulings.withhold(archive, "papers/closed.md", "looked at again")
    assert not text(archive, "Quillfeather")
    assert run(archive).counts == {}


def test_a_paper_that_a_person_withholds_stays_out_under_any_name_until_released(archive: Path) -> None:
    rulings.withhold(archive, "papers/quay.md", "names a child")
    status, reason = statuses(archive)["quay.md"]
    assert (status, reason.partition(" (")[0]) == ("withheld", "names a child")
    shutil.copy("papers/quay.md", "papers/again.md")
    (archive / "seen.jsonl").unlink()
    run(archive)
    assert statuses(archive)["quay.md"] == statuses(archive)["again.md"] == (status, reason)
    put(Path("papers"), quay=minutes("the new quay"))
    run(archive)
    assert statuses(archive)["quay.md"][0] == "indexed"
    assert not text(archive, "the quay")
    rulings.release(archive, reason_id(archive, reason), "a mistake")
    run(archive)
    assert text(archive, "the quay")


def reason_id(archive: Path, reason: str) -> str:
    with Archive.open(archive) as opened:
        return next(entry.paper_id for entry in opened.ledger() if entry.reason == reason)


def test_a_withdrawn_paper_that_is_released_is_still_looked_at_for_signs(archive: Path) -> None:
    rulings.withdraw(archive, "papers/lease.md", "court order")
    assert run(archive).counts == {}
    rulings.release(archive, "papers/lease.md", "order lifted")
    assert run(archive).counts == {"withheld": 1}


def test_what_the_sidecar_withholds_is_released_in_the_sidecar(archive: Path) -> None:
    Path("papers/papers.csv").write_text("path,exempt\nweir.md,yes\n")
    assert run(archive).counts == {"withheld": 1}
    with pytest.raises(BadArguments, match="change that row"):
        rulings.release(archive, "papers/weir.md", "public")
    rulings.release(archive, "papers/lease.md", "public")
    Path("papers/papers.csv").write_text("path,exempt\nweir.md,yes\nlease.md,yes\n")
    assert run(archive).counts == {"withheld": 1}


def test_the_commands_say_what_they_did_and_refuse_what_cannot_be(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--archive", str(archive)]
    assert main(["release", "papers/weir.md", "--reason", "x", *where]) == UNUSABLE
    assert "neither withheld nor withdrawn" in capsys.readouterr().err
    assert main(["withhold", "papers/weir.md", "--reason", " ", *where]) == UNUSABLE
    assert main(["withhold", "papers/weir.md", "--reason", "names a child", *where]) == DONE
    assert main(["release", "papers/lease.md", "--reason", "published", *where]) == DONE
    assert capsys.readouterr().out.startswith("Withheld: papers/weir.md. ")
    assert main(["review", *where]) == DONE
    said = capsys.readouterr().out
    assert "withheld (was indexed): names a child" in said
    assert "released (was withheld): published  papers/lease.md" in said
    assert main(["review", "--json", *where]) == DONE
    assert [one["ruling"] for one in json.loads(capsys.readouterr().out)["rulings"]] == ["withheld", "released"]
    assert main(["check", *where]) != BROKEN
