"""The file behind a reference is served by its paper's id, and only while it is the paper that was indexed."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from indexer.errors import ArchiveMissing
from indexer.records import Meeting, Paper
from search.views.api import files


class Library:
    """Holds papers by id; with ``closed`` their first page is withheld."""

    def __init__(self, *papers: Paper, closed: bool = False) -> None:
        self.papers = {paper.id: paper for paper in papers}
        self.closed = closed

    def snapshot(self) -> AbstractContextManager[None]:
        """Stay as it is."""
        return nullcontext()

    def paper(self, paper_id: str) -> Paper | None:
        """Fetch a paper."""
        return self.papers.get(paper_id)

    def keeps_back(self, paper_id: str) -> bool:
        """Whether its file must not be given out."""
        return self.closed and paper_id in self.papers


def paper(path: Path, form: str = "pdf") -> Paper:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Paper(digest, str(path), form, form == "pdf", "pack", "Pack", Meeting(), 2)


@pytest.fixture
def pack(tmp_path: Path) -> Paper:
    path = tmp_path / "Public reports pack é.pdf"
    path.write_bytes(b"%PDF-1.7 " + b"x" * 5_000)
    return paper(path)


def client(library: Library) -> TestClient:
    return TestClient(Starlette(routes=[files.route(lambda: library)]))  # type: ignore[arg-type, return-value]


def test_a_pdf_is_served_in_place_under_its_own_name(pack: Paper) -> None:
    got = client(Library(pack)).get(f"/files/{pack.id}")
    assert (got.status_code, got.content) == (200, Path(pack.path).read_bytes())
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"] == "inline; filename*=UTF-8''Public%20reports%20pack%20%C3%A9.pdf"
    assert got.headers["x-content-type-options"] == "nosniff"


def test_a_paper_of_which_a_part_is_withheld_is_not_given_out(pack: Paper) -> None:
    got = client(Library(pack, closed=True)).get(f"/files/{pack.id}")
    assert got.status_code == 404
    assert "wholly or in part" in got.text


def test_a_part_of_a_pdf_is_served_to_viewers_that_ask_for_parts(pack: Paper) -> None:
    got = client(Library(pack)).get(f"/files/{pack.id}", headers={"Range": "bytes=0-3"})
    assert (got.status_code, got.content) == (206, b"%PDF")


def test_a_web_page_is_only_ever_downloaded(tmp_path: Path) -> None:
    path = tmp_path / "minutes.html"
    path.write_text("<script>alert(1)</script>", encoding="utf-8")
    page = paper(path, "web")
    got = client(Library(page)).get(f"/files/{page.id}")
    assert got.status_code == 200
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    "name", ["0" * 64, "0" * 63, "..%2f..%2fapp.py", "%2e%2e%2fapp.py", "pack.pdf", "A" * 64, "%00", "1" * 64 + "%0a"]
)
def test_anything_but_the_id_of_a_paper_in_the_archive_is_refused(pack: Paper, name: str) -> None:
    got = client(Library(pack)).get(f"/files/{name}")
    assert got.status_code == 404
    assert b"%PDF" not in got.content


def test_a_paper_withdrawn_after_the_page_was_drawn_is_refused(pack: Paper) -> None:
    library = Library(pack)
    browser = client(library)
    assert browser.get(f"/files/{pack.id}").status_code == 200
    library.papers.clear()
    assert browser.get(f"/files/{pack.id}").status_code == 404


def test_a_file_that_was_changed_since_is_refused(pack: Paper) -> None:
    browser = client(Library(pack))
    assert browser.get(f"/files/{pack.id}").status_code == 200
    Path(pack.path).write_bytes(b"%PDF-1.7 another paper, perhaps an exempt one")
    got = browser.get(f"/files/{pack.id}")
    assert got.status_code == 404
    assert b"exempt" not in got.content
    assert not files.present(pack)


def test_a_deleted_file_is_refused(pack: Paper) -> None:
    Path(pack.path).unlink()
    assert client(Library(pack)).get(f"/files/{pack.id}").status_code == 404


def test_an_archive_that_cannot_be_read_is_said_to_be_so(pack: Paper) -> None:
    def missing() -> Library:
        message = "no archive here"
        raise ArchiveMissing(message)

    got = TestClient(Starlette(routes=[files.route(missing)])).get(f"/files/{pack.id}")  # type: ignore[arg-type]
    assert (got.status_code, got.text) == (503, "The archive cannot be read just now.")


def test_the_address_opens_a_pdf_at_its_page_and_other_papers_at_their_start(pack: Paper, tmp_path: Path) -> None:
    assert files.address(pack, 12) == f"files/{pack.id}#page=12"
    text = tmp_path / "note.txt"
    text.write_text("note", encoding="utf-8")
    note = paper(text, "text")
    assert files.address(note, 1) == f"files/{note.id}"
