"""Backup and restore: a copy of an archive that is whole, taken while others read and write it.

The database is copied by SQLite's own backup, at one committed state. Words and vectors are copied before it: a segment
says for which papers it counts, and a word index that is a little behind is replayed, so the copy fits whatever was
written meanwhile. Every file's hash goes along. Words and vectors that have changed meanwhile are left out and rebuilt.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from indexer.archive import roots, rulings_file, segments, words
from indexer.archive.applying import known_rulings
from indexer.archive.database import address_of
from indexer.archive.failures import plain_failures
from indexer.archive.reader import Archive
from indexer.archive.writer import Writer
from indexer.errors import ArchiveDamaged, BadArguments

ABOUT: Final = "backup.json"
_PACKED: Final = {".tar": "w", ".gz": "w:gz", ".tgz": "w:gz"}
_FORMAT: Final = "board papers archive, 1"
# A commit of the word index while its files are being copied is rare; several in a row mean that it is being filled.
_ATTEMPTS: Final = 3


def backup(archive: Path, target: Path) -> str:
    """Copy an archive into a new folder, or into a new file if ``target`` ends in .tar, .tar.gz or .tgz.

    Others may read and write the archive meanwhile. The target appears when it is whole, or not at all.

    Returns:
        What was kept, in words.

    Raises:
        BadArguments: there is something at ``target`` already, or a server keeps the rows.
        ArchiveMissing: there is no archive in ``archive``.
        ArchiveFull: there is no room at ``target``, or it cannot be written.
    """
    if target.exists() and (target.is_file() or any(target.iterdir())):
        message = f"{target} is there already. Give another name: a backup never takes the place of an older one."
        raise BadArguments(message, path=str(target), expected="a new file or folder", found="something")
    if address_of(archive):
        message = f"The rows of {archive} are on a server. Back them up there, with pg_dump: all else is made of them."
        raise BadArguments(message, path=str(archive), expected="a folder with its own rows", found="an address")
    with Archive.open(archive) as source, plain_failures(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _beside(target) as temporary:
            whole = temporary / "whole"
            papers = roots.holding((entry.path for entry in source.ledger()), source.roots())
            rulings = known_rulings(archive, source.rulings(), papers)
            (whole / rulings_file.NAME).write_bytes(rulings_file.lines(rulings))
            # Before the database: what notes and indexes do not know yet is read and replayed; the other way round not.
            for note in archive.glob("*.jsonl"):
                shutil.copyfile(note, whole / note.name)
            people = rulings_file.people_of(archive)
            if people.is_file():
                shutil.copyfile(people, whole / rulings_file.PEOPLE)
            _copy_words(archive, whole)
            _copy_segments(archive, whole)
            for database in sorted(archive.glob("*.sqlite")):
                _copy_database(database, whole / database.name)
            about = _describe(whole)
            (whole / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
            _put(whole, target, temporary)
        count = len(source.papers())
    size = sum(entry["bytes"] for entry in about["files"].values())
    return f"{count} papers, {size / 1e6:.1f} MB, as of {about['made']}"


def restore(source: Path, archive: Path) -> list[str]:
    """Make an archive of a backup in a folder that holds none, and check it.

    Returns:
        What a check finds amiss, none if all is well.

    Raises:
        BadArguments: ``source`` is not a backup, or there is an archive in ``archive``.
        ArchiveDamaged: the backup's database is not what was kept.
        ArchiveFull: there is no room, or no permission to write.
    """
    if archive.exists() and any(archive.iterdir()):
        message = f"{archive} is not empty. Give a new folder with --archive, or move that one out of the way first."
        raise BadArguments(message, path=str(archive), expected="a new or an empty folder", found="something")
    with plain_failures(archive):
        archive.parent.mkdir(parents=True, exist_ok=True)
        with _beside(archive) as temporary:
            whole = temporary / "whole"
            about = _unpack(source, whole)
            (whole / ABOUT).unlink()
            _drop_what_differs(source, whole, about["files"])
            # Before there is an archive to show: what was ruled then and since holds for what is restored.
            rulings_file.add(rulings_file.path_of(archive), rulings_file.read(whole / rulings_file.NAME))
            (whole / rulings_file.NAME).unlink(missing_ok=True)
            _restore_people(whole / rulings_file.PEOPLE, archive)
            if archive.exists():
                archive.rmdir()
            os.replace(whole, archive)
    with contextlib.closing(Archive.open(archive)) as opened:
        model = opened.model
    Writer.open(archive, model).finish()
    with contextlib.closing(Archive.open(archive)) as opened:
        return opened.check()


def _restore_people(kept: Path, archive: Path) -> None:
    """Put the names of a backup before those noted since; the last one counts."""
    if kept.is_file():
        path = rulings_file.people_of(archive)
        since = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        before = [line for line in kept.read_text(encoding="utf-8").splitlines() if line not in since]
        path.write_text("".join(f"{line}\n" for line in (*before, *since)), encoding="utf-8")
        kept.unlink()


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a folder on the same disk as ``target`` that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as temporary:
        (Path(temporary) / "whole").mkdir()
        yield Path(temporary)


def _copy_words(archive: Path, whole: Path) -> None:
    """Copy the word index of one commit, if one stays unchanged for long enough."""
    for _ in range(_ATTEMPTS):
        used = words.current_folder(archive)
        if used is None:
            return
        copy = whole / words.FOLDER / used.name
        with contextlib.suppress(FileNotFoundError):
            before = (used / "meta.json").read_bytes()
            copy.mkdir(parents=True)
            for file in used.iterdir():
                if not file.name.endswith(".lock"):
                    shutil.copyfile(file, copy / file.name)
            if before == (used / "meta.json").read_bytes() == (copy / "meta.json").read_bytes():
                (whole / words.FOLDER / words.POINTER).write_text(used.name, encoding="ascii")
                return
        shutil.rmtree(whole / words.FOLDER)


def _copy_segments(archive: Path, whole: Path) -> None:
    """Copy the vector segments; one that is merged away meanwhile is in the next backup in another form."""
    (whole / segments.FOLDER).mkdir()
    for name in segments.names(archive):
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(archive / segments.FOLDER / name, whole / segments.FOLDER / name)


def _copy_database(database: Path, copy: Path) -> None:
    """Copy one committed state of a database, and whatever else it is, close it as one file without a log."""
    uri = f"{database.resolve().as_uri()}?mode=ro"
    with (
        contextlib.closing(sqlite3.connect(uri, uri=True, timeout=30)) as source,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _describe(whole: Path) -> dict[str, Any]:
    """Return what a backup says of itself: its format, when it was made, and each file's size and hash."""
    files = {
        path.relative_to(whole).as_posix(): {"bytes": path.stat().st_size, "sha256": _hash(path)}
        for path in sorted(whole.rglob("*"))
        if path.is_file()
    }
    return {"format": _FORMAT, "made": datetime.now(UTC).isoformat(timespec="seconds"), "files": files}


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _put(whole: Path, target: Path, temporary: Path) -> None:
    """Give a finished backup its name; sync first, so that a power cut leaves no empty file under it."""
    if (mode := _PACKED.get(target.suffix)) is None:
        for path in whole.rglob("*"):
            if path.is_file():
                _sync(path)
        if target.exists():
            target.rmdir()
        os.replace(whole, target)
        return
    packed = temporary / "packed"
    with tarfile.open(packed, mode) as tar:  # type: ignore[call-overload]
        tar.add(whole, arcname=".")
    _sync(packed)
    os.replace(packed, target)


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _unpack(source: Path, whole: Path) -> dict[str, Any]:
    """Copy a backup's files from its folder or out of its file, and return what it says of itself."""
    try:
        if source.is_dir():
            shutil.copytree(source, whole, dirs_exist_ok=True)
        else:
            with tarfile.open(source) as tar:
                # "data": no member can be written outside of the folder, or as anything but a plain file.
                tar.extractall(whole, filter="data")
        about: dict[str, Any] = json.loads((whole / ABOUT).read_text("utf-8"))
        made_by = str(about["format"])
    except (tarfile.TarError, EOFError, ValueError, KeyError, FileNotFoundError) as error:
        message = f"{source} is not a backup of this program ({error}). Make one with: python -m indexer backup FILE"
        raise BadArguments(message, path=str(source), expected="a backup", found=str(error)) from error
    if made_by != _FORMAT:
        message = f"{source} is a backup of another version: found {made_by}, this program reads {_FORMAT}."
        raise BadArguments(message, path=str(source), expected=_FORMAT, found=made_by)
    return about


def _drop_what_differs(source: Path, whole: Path, kept: dict[str, dict[str, object]]) -> None:
    """Delete what was not kept so; the database must be."""
    there = {path.relative_to(whole).as_posix(): path for path in whole.rglob("*") if path.is_file()}
    wrong = [name for name in {*kept, *there} if not _same(there.get(name), kept.get(name))]
    if lost := [name for name in wrong if name.endswith(".sqlite")]:
        message = f"{source}: {lost[0]} is not what was kept. Use another backup."
        raise ArchiveDamaged(message, path=str(source), expected="the bytes that were kept", found="others")
    for folder in {PurePosixPath(name).parts[0] for name in wrong}:
        place = whole / folder
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def _same(path: Path | None, kept: dict[str, object] | None) -> bool:
    return path is not None and kept is not None and kept["sha256"] == _hash(path)
