"""What every test may use: the sample archive, and rules for tests that need a program of the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.servers import database_server
from indexer.archive import database, engines
from tests.makers.app_runner import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# Archives of made-up models would be looked for on a hub, again and again where none can be reached.
os.environ["HF_HUB_OFFLINE"] = "1"

_NUMBERS = count(1)
ROOT = Path(__file__).resolve().parents[1]
# Installed under these names by Debian, Ubuntu and Google.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Generous: a busy machine with two cores loads the model meanwhile.
WAIT = 60_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
NEEDED = {"browser": BROWSERS, "ocr": ("tesseract",), "nginx": ("nginx",), "postgresql": ("postgres",)}
# Debian keeps servers where not every user looks.
SEARCHED = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *map(str, database_server.PLACES)])


def program(marker: str) -> str | None:
    """Find the program that tests with this marker need."""
    return next((path for name in NEEDED[marker] if (path := shutil.which(name, path=SEARCHED))), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip tests whose program is missing; where ``CI`` is set a missing program is a failure instead."""
    for marker in NEEDED:
        if item.get_closest_marker(marker) and program(marker) is None:
            message = f"needs one of {', '.join(NEEDED[marker])}, and none is installed"
            if os.environ.get("CI"):
                pytest.fail(message, pytrace=False)
            pytest.skip(message)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests in a browser last: while one is open, an event loop runs that others would meet.

    Several processes that share the tests take a file each, and files of tests in a browser after all others.
    """
    items.sort(key=in_browser)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(item.path.stem + " in a browser" * in_browser(item)))


def in_browser(item: pytest.Item) -> bool:
    """Whether a test drives a browser."""
    return item.get_closest_marker("browser") is not None


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Give the tests' own main module back: Streamlit runs its pages as main, and new processes start from that."""
    own = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = own


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of the browser; only for tests marked ``browser``."""
    found = program("browser")
    assert found is not None
    return found


@pytest.fixture(scope="session", name="postgresql")
def rows_server() -> Iterator[str]:
    """Run a database server and give its address; only for tests marked ``postgresql``."""
    from indexer.archive import postgresql

    # Two parts tell as much as eight, and are made in less time.
    postgresql.PARTS = 2
    with database_server.server() as address:
        yield address


# Where an archive's rows may be: fixtures with these params make tests run on each.
STORES = ["embedded", *(pytest.param(kind, marks=pytest.mark.postgresql) for kind in ("postgresql", "milvus"))]


def placed(request: pytest.FixtureRequest, folder: Path) -> Path:
    """Make a folder for an archive of the kind that a fixture's param names."""
    if request.param != "embedded":
        address: str = request.getfixturevalue("postgresql")
        patch = pytest.MonkeyPatch()
        request.addfinalizer(patch.undo)
        patch.setenv(engines.VARIABLE, _milvus(folder) if request.param == "milvus" else "")
        database.keep(folder, database_server.schema(address, f"archive_{next(_NUMBERS)}"))
    return folder


def _milvus(folder: Path) -> str:
    from tests.makers import milvus_lite

    return milvus_lite.started(folder / "vectors.db")


@pytest.fixture(params=STORES[:2])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give a folder for an archive: one whose rows it holds, and one whose rows a server holds."""
    return placed(request, tmp_path)


@pytest.fixture(params=STORES)
def anyplace(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give a folder for an archive as `place` does, and one whose vectors are in Milvus besides."""
    return placed(request, tmp_path)


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index the sample papers once, by the command that a user types, and give the archive's folder. Read only."""
    folder = tmp_path_factory.mktemp("sample") / "archive"
    command = [sys.executable, "-m", "indexer", "index", "data/sample", "--archive", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def site(sample_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the app on the sample papers as users do and give its address. It may speak to this machine alone."""
    with running(sample_archive, tmp_path_factory.mktemp("app")) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One reader's browser, whose cache spares every test the app's own files."""
    from playwright.sync_api import expect

    made = browser.new_context(viewport={"width": 1280, "height": 900}, ignore_https_errors=True)
    made.set_default_timeout(WAIT)
    expect.set_options(timeout=WAIT)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    made = context.new_page()
    yield made
    made.close()
