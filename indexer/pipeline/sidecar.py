"""Read ``papers.csv``: what a person says about papers, which overrules what the papers say.

A sidecar may lie in any folder of the papers and applies to files in that folder and below. Its columns, all but the
first optional: ``path`` (or ``file``; relative to the sidecar), ``authority``, ``board``, ``meeting_date``
(2025-01-30), ``kind``, ``title``, ``url``, ``exempt`` (yes or no). A value that cannot be used is dropped with a
warning that names row and column, never the whole row, except ``exempt``, where anything unclear counts as yes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final, get_args
from urllib.parse import urlsplit

from indexer.records import PaperKind

NAME: Final = "papers.csv"
COLUMNS: Final = ("authority", "board", "meeting_date", "kind", "title", "url", "exempt")
_LARGEST: Final = 20_000_000  # bytes; a hundred thousand rows


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What one sidecar says: by path relative to its folder, in posix style, the usable columns that are not empty."""

    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def read(path: Path) -> Sidecar:
    """Read one sidecar; a file that cannot be read at all gives no rows and one warning."""
    try:
        if path.stat().st_size > _LARGEST:
            return Sidecar(warnings=(f"{path}: larger than {_LARGEST // 1_000_000} MB, not read; split it up",))
        raw = path.read_bytes()
    except OSError as error:
        return Sidecar(warnings=(f"{path}: cannot be read ({error.strerror}); its papers go by their own words",))
    return parse(decoded(raw), str(path))


def parse(text: str, where: str) -> Sidecar:
    """Take a sidecar's text apart; ``where`` names it in warnings."""
    warnings: list[str] = []
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    try:
        columns = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
        reader.fieldnames = columns
        key = next((name for name in ("path", "file") if name in columns), "")
        if not key:
            return Sidecar(warnings=(f"{where}: no column path or file in its first line; not used",))
        unknown = [name for name in columns if name and name not in (*COLUMNS, "path", "file")]
        warnings += [f"{where}: column {name} is not known; known are path, {', '.join(COLUMNS)}" for name in unknown]
        rows = {}
        for row in reader:
            place = f"{where}, row {reader.line_num}"
            name = _relative(row.get(key) or "")
            if not name:
                warnings.append(f"{place}, column {key}: empty or outside the sidecar's folder; row not used")
                continue
            rows[name] = _usable(row, place, warnings)
    except csv.Error as error:
        return Sidecar(warnings=(*warnings, f"{where}, row {reader.line_num}: not CSV ({error}); sidecar not used"))
    return Sidecar(rows, tuple(warnings))


def decoded(raw: bytes) -> str:
    """Give the text of CSV; spreadsheets on Windows save it as UTF-8 with a mark, or in the old code page."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _relative(value: str) -> str:
    path = PurePosixPath(value.strip().replace("\\", "/"))
    return "" if path.is_absolute() or ".." in path.parts or str(path) == "." else str(path)


def _usable(row: Mapping[str, str], place: str, warnings: list[str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for column in COLUMNS:
        value = " ".join((row.get(column) or "").split())
        if not value:
            continue
        complaint = _CHECKS[column](value) if column in _CHECKS else ""
        if complaint:
            warnings.append(f"{place}, column {column}: {value[:60]!r} {complaint}")
        if column == "exempt":
            kept[column] = "no" if value.casefold() in _NO else "yes"
        elif not complaint:
            kept[column] = value
    return kept


def _no_date(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        return "is not a date like 2025-01-30; ignored"
    return ""


def _no_kind(value: str) -> str:
    kinds = get_args(PaperKind)
    return "" if value in kinds else f"is none of {', '.join(kinds)}; ignored"


def _no_url(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        return "is not an address; ignored"
    return "" if parts.scheme in ("http", "https") and parts.netloc else "is not an http(s) address; ignored"


def _neither(value: str) -> str:
    return "" if value.casefold() in (*_YES, *_NO) else "is neither yes nor no; taken as yes"


_YES: Final = ("yes", "y", "true", "1", "exempt")
_NO: Final = ("no", "n", "false", "0")
_CHECKS: Final[Mapping[str, Callable[[str], str]]] = {
    "meeting_date": _no_date,
    "kind": _no_kind,
    "url": _no_url,
    "exempt": _neither,
}
