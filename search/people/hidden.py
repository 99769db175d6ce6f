"""Who asked not to be in the register of people: a file of names beside the rulings.

``archive-people.jsonl`` is beside the folder ``archive``, or where ``BOARD_PAPERS_PEOPLE`` says. Each line hides a
name of an authority or shows it again; lines are only ever added, and of those on one name the last counts. What papers
print stays as it is printed: the register alone has nothing of somebody who is hidden.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from indexer.archive import people_of
from indexer.errors import ArchiveDamaged, BadArguments
from indexer.text import names
from indexer.text.names import Name
from indexer.text.words import fold

# The authority, folded, and a name; "" for the authority hides the name of any.
Hidden = frozenset[tuple[str, Name]]


@runtime_checkable
class Housed(Protocol):
    """An archive that lies in a folder."""

    @property
    def folder(self) -> Path:
        """Where it is."""
        ...


def of(library: object) -> Hidden:
    """Give who is hidden from the register of an archive; nobody of a library without a folder.

    Raises:
        ArchiveDamaged: a line of the file cannot be read: somebody might be shown who asked not to be.
    """
    return read(people_of(library.folder)) if isinstance(library, Housed) else frozenset()


def read(path: Path) -> Hidden:
    """Read who is hidden.

    Raises:
        ArchiveDamaged: a line cannot be read.
    """
    return frozenset(given(path))


def given(path: Path) -> dict[tuple[str, Name], tuple[str, str]]:
    """Read who is hidden: each with the authority ("" for any) and the name as they were given.

    Raises:
        ArchiveDamaged: a line cannot be read.
    """
    if not path.is_file():
        return {}
    names_given: dict[tuple[str, Name], tuple[str, str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            place, part = _key(row["authority"], row["name"])
            if row["hidden"]:
                names_given[place, part] = row["authority"], row["name"]
            else:
                names_given = {
                    key: said for key, said in names_given.items() if key[0] != place or not names.agree(key[1], part)
                }
        except (ValueError, TypeError, KeyError, BadArguments) as error:
            message = f"{path}, line {number}: no name can be read there. Mend it from a backup of the file."
            raise ArchiveDamaged(message, path=str(path), expected="a name", found=line[:80]) from error
    return names_given


def rule(path: Path, name: str, authority: str = "", *, hide: bool) -> None:
    """Hide a name, or show it again.

    Raises:
        BadArguments: it is not a person's name.
    """
    _key(authority, name)
    row = {"authority": authority, "name": name, "hidden": hide, "noted": datetime.now(UTC).isoformat()}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def hides(hidden: Hidden, authority: str, name: Name) -> bool:
    """Whether a name of an authority is hidden: any name that agrees with one on the list is."""
    return any(place in ("", fold(authority).casefold()) and names.agree(name, one) for place, one in hidden)


def _key(authority: str, text: str) -> tuple[str, Name]:
    part = names.name(text)
    if part is None:
        message = f"{text!r} is not a person's name"
        raise BadArguments(message, expected="a name", found=text)
    return fold(authority).casefold(), part
