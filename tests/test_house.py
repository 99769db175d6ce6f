"""The house rules that no linter knows: which room may import which, what an import costs, how long a thing may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from docs import house
from search import ablation, settings
from tests.conftest import ROOT

HEAVY = ("torch", "transformers", "sentence_transformers", "faiss", "openvino", "streamlit", "tantivy", "pypdfium2")
# Of requirements-scale.txt: who keeps an archive on one machine has none of them.
SCALE = ("prometheus_client", "psycopg", "psycopg_binary", "pymilvus", "milvus_lite", "ray")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
LARGEST = 1_500_000  # bytes of a file
LARGEST_WEIGHTS = 3_000_000
# Most lines of the modules of a room itself, rooms inside it apart.
CEILINGS = {
    ".": 50,
    "indexer": 625,
    "indexer/archive": 6360,
    "indexer/archive/migrations": 375,
    "indexer/decisions": 2975,
    "indexer/encoding": 1080,
    "indexer/following": 1725,
    "indexer/heads": 900,
    "indexer/labelling": 925,
    "indexer/labelling/training": 525,
    "indexer/layout": 2925,
    "indexer/passages": 625,
    "indexer/pipeline": 1900,
    "indexer/provenance": 1025,
    "indexer/readers": 750,
    "indexer/readers/flowing": 1475,
    "indexer/readers/pdf": 2325,
    "indexer/readers/scan": 1325,
    "indexer/records": 675,
    "indexer/structure": 1100,
    "indexer/text": 1875,
    "indexer/upkeep": 400,
    "indexer/withholding": 450,
    "search": 2985,
    "search/answer": 2275,
    "search/answerability": 360,
    "search/commands": 475,
    "search/history": 1875,
    "search/meetings": 675,
    "search/people": 1375,
    "search/protocol": 200,
    "search/question": 1875,
    "search/ranking": 1825,
    "search/register": 1490,
    "search/summary": 450,
    "search/terminal": 540,
    "search/views": 425,
    "search/views/admin": 150,
    "search/views/alerts": 425,
    "search/views/api": 1570,
    "search/views/exports": 475,
    "search/views/feeds": 475,
    "search/views/guard": 250,
    "search/views/pages": 1305,
    "search/views/render": 2705,
    "search/views/watching": 175,
    "search/views/widgets": 875,
}

# What `search` may take from `indexer`; everything else there is the business of indexing.
# Readers are for drafts that somebody wants precedents for: any format that is indexed can be one.
OPEN_TO_SEARCH = {
    "archive",
    "defaults",
    "encoding",
    "errors",
    "logs",
    "readers",
    "records",
    "text",
}
# Standard library apart, packages that several modules may use: arrays, pictures and requests are common language.
COMMON = {"numpy", "PIL", "starlette", "httpx", "msgspec"}
# Reading a format and writing it are two halves of one package: a reader never writes, an export reads no text.
HALVES = {
    "docx": {"indexer/readers/flowing/word.py", "search/views/exports/word.py"},
    "pypdf": {"indexer/readers/pdf/frame.py", "search/views/exports/bundle.py"},
}
# Packages that have a room rather than a module of their own.
ROOMS = {
    "lxml": ("indexer/readers/", "indexer/following/"),
    "openvino": ("indexer/encoding/",),
    "streamlit": ("app.py", "search/views/"),
    "tantivy": ("indexer/archive/",),
}


def modules(*rooms: str) -> list[Path]:
    """Every module of ``rooms`` (all of the product's by default)."""
    found = [path for room in rooms or ("indexer", "search") for path in sorted((ROOT / room).rglob("*.py"))]
    return found if rooms else [ROOT / "app.py", *found]


def imports(path: Path) -> Iterator[str]:
    """Every module that ``path`` names in an import, at its top or inside a function, as a dotted name."""
    yield from _named(path, ast.walk(house.parsed(path.read_text(encoding="utf-8"))))


def top_imports(path: Path) -> Iterator[str]:
    """Every module that ``path`` imports as it is imported itself."""
    yield from _named(path, house.parsed(path.read_text(encoding="utf-8")).body)


def _named(path: Path, nodes: Iterable[ast.AST]) -> Iterator[str]:
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join((*package[: len(package) + 1 - node.level], node.module or "")) if node.level else node.module
            )
            # "from indexer import sheets" names the module indexer.readers.pdf.sheets.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def starts(name: str, *bases: str) -> bool:
    """Whether a dotted name is one of ``bases`` or inside it."""
    return any(name == base or name.startswith(f"{base}.") for base in bases)


def place(path: Path) -> str:
    """A module's path as the messages show it."""
    return path.relative_to(ROOT).as_posix()


def wrong_arrows(path: Path) -> list[str]:
    """Imports of ``path`` that point the wrong way."""
    where = place(path)
    wrong = []
    for name in imports(path):
        if where.startswith("indexer/"):
            bad = starts(name, "search", "app", "data", "benchmarks", "tests", "streamlit")
        elif where.startswith("search/") and not where.startswith(("search/views/", "search/commands/")):
            bad = starts(name, "search.views", "app", "data", "benchmarks", "tests", "streamlit")
        else:
            bad = starts(name, "app", "data", "benchmarks", "tests")
        if where.startswith(("search/", "app.py")) and starts(name, "indexer"):
            bad = bad or name.split(".")[1] not in OPEN_TO_SEARCH
        if bad:
            wrong.append(f"{where} imports {name}")
    return wrong


def test_imports_point_one_way() -> None:
    assert [wrong for path in modules() for wrong in wrong_arrows(path)] == []


def room(name: str) -> str:
    """The room that a dotted name of ours is in: its folder, or the module itself where it is in no room of its own."""
    parts = name.split(".")
    depth = next((at for at in range(len(parts), 0, -1) if ROOT.joinpath(*parts[:at]).is_dir()), 1)
    own = ".".join(parts[:depth]) in ("indexer", "search", "search.views")
    return ".".join(parts[: depth + own])


def circles(imported: dict[str, set[str]]) -> dict[str, set[str]]:
    """What is left of rooms and their imports when those that import none of the others are taken away, in turn."""
    while free := {name for name, others in imported.items() if not others & imported.keys()}:
        imported = {name: others for name, others in imported.items() if name not in free}
    return imported


@pytest.mark.parametrize("house", ["indexer", "search"])
def test_rooms_import_each_other_in_no_circle(house: str) -> None:
    imported = defaultdict(set)
    for path in modules(house):
        own = room(".".join(path.relative_to(ROOT).with_suffix("").parts))
        # Commands and pages import when they are run: nothing is in a circle by that.
        for name in imports(path) if house == "indexer" else top_imports(path):
            # A room and one inside it, as the archive and its migrations, are one house: its front door opens both.
            if starts(name, house) and not (starts(room(name), own) or starts(own, room(name))):
                imported[own].add(room(name))
    assert circles(imported) == {}


def test_records_and_errors_import_nothing_of_ours() -> None:
    paths = [ROOT / "indexer" / "errors.py", *modules("indexer/records")]
    named = [name for path in paths for name in imports(path) if starts(name, "indexer", "search")]
    assert [name for name in named if not starts(name, "indexer.records")] == []


def test_only_the_archive_knows_its_own_parts() -> None:
    outside = [path for path in modules() if not place(path).startswith("indexer/archive/")]
    named = [(place(path), name) for path in outside for name in imports(path) if starts(name, "indexer.archive")]
    parts = {path.stem for path in (ROOT / "indexer" / "archive").glob("*.py")} - {"__init__"}
    assert [(where, name) for where, name in named if len(name.split(".")) > 2 and name.split(".")[2] in parts] == []


def test_each_third_party_package_has_one_importer() -> None:
    importers = defaultdict(set)
    for path in modules():
        for name in imports(path):
            importers[name.split(".")[0]].add(place(path))
    ours = {"indexer", "search", *COMMON, *sys.stdlib_module_names}
    several = {
        package: sorted(where)
        for package, where in importers.items()
        if package not in ours
        and not all(path.startswith(ROOMS.get(package, ())) for path in where)
        and len(where) > 1
        and where != HALVES.get(package)
    }
    assert several == {}


def test_only_the_archive_and_what_readers_save_speak_sql() -> None:
    own = ("indexer/archive/", "search/saved.py", "search/collections.py", "search/subscriptions.py")
    outside = [place(path) for path in modules() if not place(path).startswith(own)]
    assert [where for where in outside if "sqlite3" in set(imports(ROOT / where))] == []


@pytest.mark.parametrize("name", ["indexer", "search", "indexer.__main__", "search.__main__"])
def test_importing_a_room_loads_nothing_heavy(name: str) -> None:
    program = f"import sys, {name}; print([heavy for heavy in {HEAVY!r} if heavy in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_archive_on_one_machine_is_made_and_asked_without_the_packages_of_larger_ones(tmp_path: Path) -> None:
    program = f"""
import sys
sys.modules.update(dict.fromkeys({SCALE!r}))
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tests.makers.index_maker import TinyEncoder, minutes, put, run
from indexer.archive import Archive
from search.engine import Engine
put(Path("papers"), pier=minutes("the pier"))
run(Path("archive"))
print(len(Engine(Archive.open(Path("archive")), TinyEncoder()).ask("Is the pier to be repaired?").hits) > 0)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("True", 0), done.stderr


def test_modules_and_functions_are_short() -> None:
    long = []
    for path in [*modules(), *modules("data"), *modules("benchmarks")]:
        text = path.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        if lines > LONGEST_MODULE:
            long.append(f"{place(path)}: {lines} lines")
        for node in ast.walk(house.parsed(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                # A docstring that explains much makes no function complicated.
                told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                words = (first.end_lineno or 0) - first.lineno + 1 if told else 0
                length = (node.end_lineno or 0) - node.lineno + 1 - words
                if length > LONGEST_FUNCTION:
                    long.append(f"{place(path)}: {node.name} has {length} lines")
    assert long == []


def test_rooms_grow_no_longer_than_was_argued_for() -> None:
    """Who must raise a ceiling says in the commit why the room is better for it; who makes a room shorter lowers it."""
    lines: defaultdict[str, int] = defaultdict(int)
    for path in modules():
        lines[place(path.parent)] += len(path.read_text(encoding="utf-8").splitlines())
    assert {room: length for room, length in lines.items() if length > CEILINGS.get(room, 0)} == {}
    assert CEILINGS.keys() - lines.keys() == set()


def test_numbers_of_ranking_and_answering_are_in_the_settings() -> None:
    texts = {place(path): path.read_text(encoding="utf-8") for path in modules()}
    assert house.counts(texts)["constants outside settings and bounds"] == 0


def test_numbers_say_what_they_are_and_are_ablated_unless_they_say_why_not() -> None:
    lines = (ROOT / "search" / "settings.py").read_text(encoding="utf-8").splitlines()
    declared = [at for at, line in enumerate(lines) if re.match(r"    \w+: (?:int|float) = ", line)]
    # A comment stands beside a number, or above the first of a few that are declared together.
    alone = [at for at in declared if "#" not in lines[at] and at - 1 not in declared]
    assert [lines[at] for at in alone if not lines[at - 1].strip().startswith("#")] == []
    numbers = {match[1]: lines[at] for at in declared if (match := re.match(r"    (\w+): \w+ = _number", lines[at]))}
    reached = {name.rpartition(".")[2] for name in ablation.trials(settings.DEFAULT)}
    assert numbers.keys() == reached
    others = (settings.Findable, settings.Scoring, settings.History)
    assert [group for group in others if "ablated" not in (group.__doc__ or "")] == []


def test_no_handler_swallows_everything() -> None:
    broad = []
    for path in modules():
        for node in ast.walk(house.parsed(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                # To undo something and raise again is no swallowing.
                passed_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
                if caught in ("everything", "Exception", "BaseException") and not passed_on:
                    broad.append(f"{place(path)}:{node.lineno} catches {caught}")
    assert broad == []


def tracked() -> list[Path]:
    """Files that git keeps, those being added included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_tracked_file_names_a_place_on_one_machine() -> None:
    # Put together here, so that this file does not name them itself.
    private = [f"/{folder}/".encode() for folder in ("work", "root", "home", "Users")]
    allowed = {Path(__file__).resolve()}
    named = [
        f"{place(path)}: {word.decode()}"
        for path in tracked()
        if path not in allowed and path.suffix not in (".pdf", ".png", ".docx")
        for word in private
        if word in path.read_bytes()
    ]
    assert named == []


def test_no_tracked_file_is_large() -> None:
    large = [
        path for path in tracked() if path.stat().st_size > (LARGEST_WEIGHTS if path.suffix == ".npz" else LARGEST)
    ]
    assert [place(path) for path in large] == []
