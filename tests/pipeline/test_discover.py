"""What folders and files offer, in one order, and what sidecars say of it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import get_args

import pytest

from indexer.errors import BadArguments, UnreadablePaper
from indexer.pipeline import sidecar
from indexer.pipeline.discover import Offered, Refused, digest, discover
from indexer.records import PaperKind
from tests.makers.index_maker import unlisted


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an empty folder ``papers`` in the current folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"This is {name}.")


def walked(*paths: str) -> Offered:
    return discover(paths, [Path("archive")])


def offered(*paths: str) -> list[str]:
    return [offer.path for offer in walked(*paths).offers]


def test_files_are_offered_sorted_and_named_by_their_folder(papers: Path) -> None:
    put(papers, "b.pdf", "cabinet/2025-01-30/a.pdf", "a.txt")
    assert offered("papers") == ["papers/a.txt", "papers/b.pdf", "papers/cabinet/2025-01-30/a.pdf"]
    assert offered("./papers/../papers/") == offered("papers")
    assert offered(".") == offered("papers")
    assert offered(str(papers)) == offered("papers")
    assert offered("papers/b.pdf", "papers/a.txt") == ["papers/a.txt", "papers/b.pdf"]


def test_hidden_files_sidecars_and_the_archive_are_not_papers(papers: Path) -> None:
    put(papers, "a.pdf", ".hidden.pdf", ".git/b.pdf", "papers.csv", "archive/archive.sqlite")
    assert [offer.path for offer in discover(["papers"], [papers / "archive"]).offers] == ["papers/a.pdf"]


def test_a_link_that_leads_back_is_walked_once_and_a_broken_one_is_refused(papers: Path) -> None:
    put(papers, "cabinet/a.pdf")
    (papers / "cabinet" / "loop").symlink_to(papers, target_is_directory=True)
    (papers / "lost.pdf").symlink_to(papers / "nowhere.pdf")
    assert offered("papers") == ["papers/cabinet/a.pdf"]
    assert walked("papers").refused == (Refused("papers/lost.pdf", "cannot be opened: No such file or directory"),)


def test_a_file_reached_by_two_paths_is_offered_once(papers: Path) -> None:
    put(papers, "cabinet/a.pdf")
    assert offered("papers", "papers/cabinet", "papers/cabinet/a.pdf") == ["papers/cabinet/a.pdf"]


def test_a_pipe_is_refused_and_never_opened(papers: Path) -> None:
    put(papers, "a.pdf")
    os.mkfifo(papers / "b.pdf")
    assert walked("papers").refused == (Refused("papers/b.pdf", "not a regular file"),)


def test_a_folder_that_cannot_be_listed_is_refused_and_the_rest_is_offered(
    papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(papers, "a.pdf", "shut/b.pdf")
    unlisted(monkeypatch, "shut")
    assert offered("papers") == ["papers/a.pdf"]
    assert walked("papers").refused == (Refused("papers/shut", "folder cannot be listed: Permission denied"),)


def test_a_missing_or_empty_folder_is_an_error_that_names_it(papers: Path) -> None:
    with pytest.raises(BadArguments, match="nowhere: no such file or folder"):
        offered("nowhere")
    with pytest.raises(BadArguments, match="papers: no files in it"):
        offered("papers")


def test_a_name_that_is_not_utf8_is_spelt_out_and_still_opens(papers: Path) -> None:
    (Path(os.fsdecode(os.fsencode(papers) + b"/caf\xe9.txt"))).write_text("The board met.")
    (offer,) = walked("papers").offers
    assert offer.path == "papers/caf\\xe9.txt"
    assert offer.file.read_text() == "The board met."


def test_a_digest_is_the_sha256_of_the_bytes(papers: Path) -> None:
    put(papers, "a.pdf")
    assert digest(papers / "a.pdf") == hashlib.sha256(b"This is a.pdf.").hexdigest()
    with pytest.raises(UnreadablePaper, match="cannot be opened"):
        digest(papers / "b.pdf")


def test_the_nearest_sidecar_wins_column_by_column(papers: Path) -> None:
    put(papers, "cabinet/a.pdf", "cabinet/b.pdf")
    (papers / "papers.csv").write_text("path,authority,board\ncabinet/a.pdf,Saltmarsh,Cabinet\n")
    (papers / "cabinet" / "papers.csv").write_text("file,Board,url\na.pdf,Executive,https://saltmarsh.example/a\n")
    first, second = walked("papers").offers
    assert first.overrides == {
        "authority": "Saltmarsh",
        "board": "Executive",
        "url": "https://saltmarsh.example/a",
    }
    assert second.overrides == {}
    assert walked("papers/cabinet/a.pdf").offers[0].overrides == {
        "board": "Executive",
        "url": "https://saltmarsh.example/a",
    }


def test_bad_values_of_a_sidecar_are_named_by_row_and_column_and_the_rest_counts() -> None:
    rows = "path,meeting_date,kind,url,title\na.pdf,30/01/2025,pamphlet,javascript:x,Pier\n../b.pdf,,,,\n"
    read = sidecar.parse(rows, "papers.csv")
    assert read.rows == {"a.pdf": {"title": "Pier"}}
    assert read.warnings == (
        "papers.csv, row 2, column meeting_date: '30/01/2025' is not a date like 2025-01-30; ignored",
        f"papers.csv, row 2, column kind: 'pamphlet' is none of {', '.join(get_args(PaperKind))}; ignored",
        "papers.csv, row 2, column url: 'javascript:x' is not an http(s) address; ignored",
        "papers.csv, row 3, column path: empty or outside the sidecar's folder; row not used",
    )


def test_an_unclear_word_on_exemption_counts_as_yes() -> None:
    read = sidecar.parse("path,exempt\na.pdf,perhaps\nb.pdf,no\nc.pdf,YES\nd.pdf,\n", "papers.csv")
    assert read.rows == {"a.pdf": {"exempt": "yes"}, "b.pdf": {"exempt": "no"}, "c.pdf": {"exempt": "yes"}, "d.pdf": {}}
    assert read.warnings == ("papers.csv, row 2, column exempt: 'perhaps' is neither yes nor no; taken as yes",)


def test_a_sidecar_without_paths_or_with_an_unknown_column_says_so() -> None:
    assert sidecar.parse("title\nPier\n", "papers.csv").warnings == (
        "papers.csv: no column path or file in its first line; not used",
    )
    unknown = sidecar.parse("path,colour\na.pdf,blue\n", "papers.csv")
    assert unknown.rows == {"a.pdf": {}}
    assert unknown.warnings[0].startswith("papers.csv: column colour is not known")


def test_a_sidecar_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_bytes("path,title\r\na.pdf,Café\r\n".encode("utf-8-sig"))
    assert sidecar.read(path).rows == {"a.pdf": {"title": "Café"}}
    path.write_bytes("path,title\r\na.pdf,Café\r\n".encode("cp1252"))
    assert sidecar.read(path).rows == {"a.pdf": {"title": "Café"}}
    assert "cannot be read" in sidecar.read(tmp_path / "gone.csv").warnings[0]
