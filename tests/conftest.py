"""What every test may use: the sample archive, and rules for tests that need a program of the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Installed under these names by Debian, Ubuntu and Google.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NEEDED = {"browser": BROWSERS, "ocr": ("tesseract",)}


def program(marker: str) -> str | None:
    """Find the program that tests with this marker need."""
    return next((path for name in NEEDED[marker] if (path := shutil.which(name))), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip tests whose program is missing; where ``CI`` is set a missing program is a failure instead."""
    for marker in NEEDED:
        if item.get_closest_marker(marker) and program(marker) is None:
            message = f"needs one of {', '.join(NEEDED[marker])}, and none is installed"
            if os.environ.get("CI"):
                pytest.fail(message, pytrace=False)
            pytest.skip(message)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of the browser; only for tests marked ``browser``."""
    found = program("browser")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index the sample papers once, by the command that a user types, and give the archive's folder. Read only."""
    folder = tmp_path_factory.mktemp("sample") / "archive"
    command = [sys.executable, "-m", "indexer", "index", "data/sample", "--archive", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder
