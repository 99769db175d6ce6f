"""What the product is made of: locked by hash, free to use, listed, unchanged weights, and nothing that unpickles."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from docs import house, lock
from indexer.encoding import encoder, weights
from indexer.errors import ModelError
from tests.conftest import ROOT
from tests.test_house import imports, modules, place

PINS = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
LOCKED = {path: lock.entries(path.read_text(encoding="utf-8")) for path in (lock.LOCK, lock.TORCH)}

# Licences that let anybody use, change and pass on, alone or in any combination; as packages write them.
ALLOWED = {
    *("0BSD", "3-Clause BSD License", "BSD License", "BSD-2-Clause", "BSD-3-Clause", "ISC License (ISCL)", "MIT"),
    *("Apache 2.0 License", "Apache License 2.0", "Apache Software License", "Apache-2.0", "LLVM-exception", "MIT-CMU"),
    *("BSL-1.0", "CC0-1.0", "CNRI-Python", "MIT License", "PSF-2.0", "Python Software Foundation License", "Unlicense"),
    *("OFL-1.1", "Zlib", "bzip2-1.0.6"),
    # Changes to files of these packages must be passed on; we change none.
    *("MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"),
    # pypdfium2's words for the licences of what it carries, which are of the above kinds.
    "dependency licenses",
}


def needed(names: set[str]) -> set[str]:
    """The installed packages that these need, themselves among them."""
    found: set[str] = set()
    waiting = {canonicalize_name(name) for name in names}
    while waiting:
        name = waiting.pop()
        found.add(name)
        for line in metadata.requires(name) or ():
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                waiting.add(canonicalize_name(wanted.name))
        waiting -= found
    return found


def test_the_lock_pins_what_requirements_pin_and_every_file_has_a_hash() -> None:
    together = {name: part for parts in LOCKED.values() for name, part in parts.items()}
    assert {name: PINS[name] for name in PINS} == {
        name: re.match(rf"{name}==([^ ;]+)", together[name])[1]  # type: ignore[index] # the lock begins so
        for name in PINS
    }
    for name, part in together.items():
        first, *hashes = part.rstrip().split("\n")
        assert re.match(r"[a-z0-9._-]+==[^ ]+ (; .+ )?\\$", first), first
        assert hashes, name
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes), name


def test_the_lock_holds_all_that_is_needed_and_keeps_torch_apart() -> None:
    missing = needed(set(PINS)) - {canonicalize_name(name) for parts in LOCKED.values() for name in parts}
    # Distributions of Python carry these themselves.
    assert missing - {"pip", "setuptools"} == set()
    assert "torch" in LOCKED[lock.TORCH]
    assert [name for name in LOCKED[lock.LOCK] if re.match("torch|triton|nvidia|cuda", name)] == []


def test_the_installed_packages_fit_together() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_package_of_the_product_has_a_licence_that_is_allowed() -> None:
    command = [sys.executable, "-m", "piplicenses", "--format=json", "--from=mixed", "--packages", *needed(set(PINS))]
    listed = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert {canonicalize_name(row["Name"]) for row in listed} == needed(set(PINS)) - {"pip", "setuptools"}
    terms = {row["Name"]: re.split(r" AND | OR | WITH |; |, ", re.sub("[()]", "", row["License"])) for row in listed}
    plain = {re.sub("[()]", "", name) for name in ALLOWED}
    assert {name: own for name, own in terms.items() if not set(own) <= plain} == {}


def test_the_list_of_parts_names_every_package_of_the_lock_with_its_hashes(tmp_path: Path) -> None:
    written = tmp_path / "parts.json"
    done = subprocess.run(
        [sys.executable, "-m", "docs.sbom", str(written)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(written.read_text(encoding="utf-8"))
    assert (told["bomFormat"], told["metadata"]["component"]["name"]) == ("CycloneDX", "board-papers")
    parts = {part["name"]: part for part in told["components"]}
    assert set(parts) == {name for own in LOCKED.values() for name in own}
    assert parts["numpy"]["version"] == PINS["numpy"]
    hashed = [one for part in parts.values() for link in part["externalReferences"] for one in link.get("hashes", ())]
    assert len(hashed) >= len(parts)


# Weights


def test_weights_with_one_changed_bit_are_refused_before_anything_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = shutil.copytree(weights.packaged_folder(), tmp_path / "model")
    with (copied / "model.safetensors").open("r+b") as file:
        file.seek(copied.joinpath("model.safetensors").stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))
    monkeypatch.setattr(weights, "packaged_folder", lambda: copied)
    with pytest.raises(ModelError, match="hash to"):
        encoder.load(cache=tmp_path / "cache")
    assert not (tmp_path / "cache" / weights.DEFAULT_DIGEST).exists()


# Nothing that unpickles

_LOADERS = {"pickle", "_pickle", "cPickle", "cloudpickle", "dill", "joblib", "marshal", "shelve", "jsonpickle"}


def _called(path: Path) -> list[tuple[str, ast.Call]]:
    tree = house.parsed(path.read_text(encoding="utf-8"))
    return [(ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_nothing_is_unpickled_anywhere() -> None:
    every = [*modules(), *modules("benchmarks"), *modules("data"), *modules("docs")]
    assert len(every) > 100
    assert [place(path) for path in every if _LOADERS & {name.split(".")[0] for name in imports(path)}] == []
    wrong = []
    for path in every:
        for name, call in _called(path):
            said = {word.arg: ast.unparse(word.value) for word in call.keywords}
            last = name.rpartition(".")[2]
            if name in ("torch.load", "pd.read_pickle", "eval", "exec") or said.get("allow_pickle") == "True":
                wrong.append(f"{place(path)}:{call.lineno} {name}")
            if name == "np.load" and said.get("allow_pickle") != "False":
                wrong.append(f"{place(path)}:{call.lineno} {name} without allow_pickle=False")
            if last in ("read_index", "read_VectorTransform", "deserialize_index") and place(path) != _NEARNESS:
                wrong.append(f"{place(path)}:{call.lineno} {name}")
            # What a worker sends comes as bytes (`indexer.wire`); `recv` would unpickle it.
            if last == "recv" and place(path).startswith(("indexer/", "search/")) and place(path) != _WORKER:
                wrong.append(f"{place(path)}:{call.lineno} {name}")
            if last in ("from_pretrained", "SentenceTransformer") and "safetensors" not in ast.unparse(call):
                wrong.append(f"{place(path)}:{call.lineno} {name} without use_safetensors")
    assert wrong == [], wrong


# The archive's own index of vectors, whose file's checksums are verified; an archive is trusted like the program.
_WORKER = "indexer/readers/worker.py"  # takes what its parent gives it
_NEARNESS = "indexer/archive/nearness.py"


def test_a_model_that_is_kept_as_a_pickle_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(weights.packaged_folder(), tmp_path / "model")
    mark = tmp_path / "ran"
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'touch " + str(mark).encode() + b"'\ntR.")
    with pytest.raises(ModelError, match="are a pickle"):
        encoder.load(str(folder))
    assert not mark.exists()
