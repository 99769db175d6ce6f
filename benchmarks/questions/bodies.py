"""The bodies whose papers judged questions are about: their papers, their archives, and whose question is whose."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from search.engine import Engine

TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged question, and the body it counts for when bodies are left out in turn."""

    row: Mapping[str, Any]
    body: str


@dataclass(slots=True)
class Body:
    """One folder of papers, with the questions about them."""

    papers: Path
    questions: list[Judged] = field(default_factory=list)


def bodies(shared: Path) -> dict[str, Body]:
    """Find the folders of papers: five packs, a county's cabinet, and each folder of ``papers-more``."""
    folders = [shared / "papers" / "pdf", shared / "papers-kent", *sorted((shared / "papers-more").iterdir())]
    return {folder.parent.name if folder.name == "pdf" else folder.name: Body(folder) for folder in folders}


def gathered(every: Mapping[str, Body], gold: Sequence[Sequence[Mapping[str, Any]]]) -> dict[str, Body]:
    """Give each question to the folder that holds its evidence, and return the folders that have any.

    A question without evidence goes where most others of the same file and ``body`` went.

    Args:
        every: the folders.
        gold: judged questions, file by file.
    """
    for rows in gold:
        _deal(every, rows)
    return {name: body for name, body in every.items() if body.questions}


def _deal(every: Mapping[str, Body], rows: Sequence[Mapping[str, Any]]) -> None:
    held = {path.name: name for name, body in every.items() for path in body.papers.rglob("*") if path.is_file()}
    of_file: dict[str, Counter[str]] = {}
    waiting: list[Mapping[str, Any]] = []
    for row in rows:
        name = next((held[one["file"]] for one in row.get("evidence") or [] if one["file"] in held), None)
        if name is None:
            waiting.append(row)
            continue
        of_file.setdefault(row.get("body", ""), Counter())[name] += 1
        every[name].questions.append(Judged(row, row.get("body") or _council(row)))
    for row in waiting:
        if homes := of_file.get(row.get("body", "")):
            every[homes.most_common(1)[0][0]].questions.append(Judged(row, row.get("body") or "unanswerable"))


def _council(row: Mapping[str, Any]) -> str:
    """Name a question's council by how its file's name begins."""
    return str(row["evidence"][0]["file"]).partition("-")[0]


def opened(folder: Path, name: str, every: Mapping[str, Body]) -> Engine:
    """Open the archive of one body, or of all ("together"), indexing its papers where that was not done yet."""
    archive = folder / name
    if not archive.is_dir():
        papers = [body.papers for body in every.values()] if name == TOGETHER else [every[name].papers]
        _index(papers, archive)
    return Engine.open(archive)


def _index(papers: Sequence[Path], archive: Path) -> None:
    """Index into a folder of another name until all is there: an archive cut short would be taken for a whole one."""
    print(f"Indexing {', '.join(path.name for path in papers)} into {archive}", file=sys.stderr)
    unfinished = archive.with_name(f"{archive.name}.unfinished")
    command = [sys.executable, "-m", "indexer", "index", *map(str, papers), "--archive", str(unfinished)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    unfinished.rename(archive)
