"""Which reader reads a file is decided by its content; what is no paper says what it is."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from indexer import readers
from indexer.errors import UnreadablePaper


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("paper.txt", b"<!-- by hand --><html><body><p>The board met.</p></body></html>", "html"),
        ("paper.dat", b"\xef\xbb\xbf  <!DOCTYPE html><p>The board met.</p>", "html"),
        ("paper.htm", b"<p>The board met.</p>", "html"),
        ("paper.html", b"The board met.", "txt"),
        ("paper", b"The board met.", "txt"),
        ("paper.md", b"# The board met", "md"),
        ("paper.docx", b"The board met.", "txt"),
    ],
)
def test_the_format_is_read_from_the_content(tmp_path: Path, name: str, content: bytes, form: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    document = readers.read(path)
    assert document.format == form
    assert document.pages[0].text.lstrip("# ").rstrip(".") == "The board met"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "empty file"),
        ("a.txt", b"\n \t\r\n", "nothing but blanks"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "found a picture (PNG)"),
        ("a.pdf", b"\xff\xd8\xff\xe0" + bytes(50), "found a picture (JPEG)"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "save it as .docx or PDF"),
        ("a.rtf", rb"{\rtf1 The board met.}", "rich text (RTF)"),
        ("a.pdf", b"The board met.", "its first bytes lack %PDF"),
        ("a.csv", b"a,b\n1,2\n", "data or a program (.csv)"),
        ("a.bin", bytes(range(256)), "binary data"),
        ("a.pdf", b"<!DOCTYPE html><title>Sign in</title><p>Please sign in.</p>", "no PDF: found a web page"),
        ("a.pdf.crdownload", b"%PDF-1.4 half", "a download that is not finished"),
        ("a.url", b"[InternetShortcut]\nURL=x", "data or a program (.url)"),
        ("robots.txt", b"User-agent: *\nDisallow: /", "data or a program"),
        ("a.eml", b"From: a\n\nThe board met.", "an e-mail or archived page (.eml)"),
        ("a.gz", b"\x1f\x8b\x08\x00" + bytes(20), "compressed file"),
    ],
)
def test_what_is_no_paper_says_what_it_is(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadablePaper) as refusal:
        readers.read(path)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "member", "said"),
    [
        ("a.xlsx", "xl/workbook.xml", "a spreadsheet or presentation"),
        ("a.odt", "content.xml", "an OpenDocument file; save it as Word or PDF"),
        ("a.zip", "minutes.pdf", "a packed file (zip); unpack it"),
        ("a.docx", "nothing.xml", "a damaged Word file"),
    ],
)
def test_a_package_that_is_no_word_file_says_so(tmp_path: Path, name: str, member: str, said: str) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(member, "The board met.")
    with pytest.raises(UnreadablePaper) as refusal:
        readers.read(path)
    assert said in str(refusal.value)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePaper, match="cannot be opened: No such file"):
        readers.read(tmp_path / "gone.pdf")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "shut.txt"
    path.write_text("The board met.")
    path.chmod(0)
    with pytest.raises(UnreadablePaper, match="cannot be opened: Permission denied"):
        readers.read(path)
