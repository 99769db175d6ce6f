"""The app under ten readers: the real server, its websocket protocol, and one real browser.

Each reader opens the app, asks one question after another, and fetches the picture of each cited page: without a pause,
and with one to read, ``--pause`` seconds on average (exponential, as in benchmarks/load.py). Errors are what a reader
would see as one: a stack trace on the page, a script that did not end, a refused picture. Then the same while papers
are indexed into the archive, and while the archive is deleted and made again.

``--before FOLDER`` measures the app of another checkout as well, question by question in turn, so that a busy machine
slows both alike; nothing is written then.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.servers.serving import started
from search.evaluate import read_gold

ROOT = Path(__file__).resolve().parents[1]
_WAIT = 120  # seconds; a reader would have gone long before
_ANSWERS = ('class="quotations"', 'id="passage-1"')
_PICTURES = re.compile(r'<img src="(files/[^"]*)"')
# The picture of the cited page is there, every part of it.
_SHOWN = (
    "() => { const own = [...document.querySelectorAll('.st-key-cited img')];"
    " return own.length > 0 && own.every(one => one.complete && one.naturalWidth); }"
)
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@dataclass
class Seen:
    """What readers saw: seconds of each kind of wait, and errors in words."""

    waits: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, what: str, seconds: float) -> None:
        """Note a wait."""
        self.waits.setdefault(what, []).append(seconds)

    def lines(self) -> Iterator[str]:
        """Give a line for each kind of wait, and one for the errors."""
        for what, every in self.waits.items():
            worst = statistics.quantiles(every, n=20)[-1] if len(every) > 1 else every[0]
            yield f"  {what}: {len(every)}, p50 {statistics.median(every):.2f} s, p95 {worst:.2f} s"
        yield f"  errors: {len(self.errors)}" + "".join(f"\n    {error}" for error in self.errors[:5])


def ask(connection: ClientConnection, base: str, question: str, seen: Seen) -> None:
    """Send one question and read until the page is whole; note when the answer and the whole were there."""
    query = urlencode({"q": question}) if question else ""
    message = BackMsg()
    message.rerun_script.query_string = query
    begun = time.perf_counter()
    connection.send(message.SerializeToString())
    pictures: list[str] = []
    answered = False
    while True:
        came = ForwardMsg.FromString(connection.recv(_WAIT))
        kind = came.WhichOneof("type")
        element = came.delta.new_element if kind == "delta" else None
        if element is not None and element.HasField("exception"):
            seen.errors.append(f"{question[:40]}: {element.exception.type} {element.exception.message[:80]}")
        if element is not None and element.HasField("imgs"):
            pictures = [one.url for one in element.imgs.imgs]
        if element is not None and (sources := _PICTURES.findall(element.html.body)):
            pictures = [f"/{html.unescape(one)}" for one in sources]
        if element is not None and not answered and any(sign in element.html.body for sign in _ANSWERS):
            answered = True
            seen.add("from question to answer", time.perf_counter() - begun)
        # One that is run again finishes early and is followed by another.
        if kind == "script_finished" and came.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            if came.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                seen.errors.append(f"{question[:40]}: the script ended with {came.script_finished}")
            break
    for url in pictures:
        with urllib.request.urlopen(f"{base}{url}", timeout=_WAIT) as got:  # noqa: S310 - our own server
            got.read()
    seen.add("from question to whole page with picture" if question else "first page", time.perf_counter() - begun)


def reader(base: str, questions: Sequence[str], seen: Seen, pauses: Iterator[float]) -> None:
    """Open the app and ask one question after another, each after a pause in seconds."""
    try:
        time.sleep(next(pauses))
        begun = time.perf_counter()
        with urllib.request.urlopen(base, timeout=_WAIT) as got:  # noqa: S310
            got.read()
        seen.add("the app's own page over HTTP", time.perf_counter() - begun)
        address = f"{base.replace('http', 'ws', 1)}/_stcore/stream"
        with connect(address, subprotocols=["streamlit"], max_size=None, open_timeout=_WAIT) as connection:  # type: ignore[list-item]
            for question in ("", *questions):
                ask(connection, base, question, seen)
                time.sleep(next(pauses))
    except (OSError, TimeoutError, EOFError) as error:
        seen.errors.append(f"{type(error).__name__}: {error}")


def pauses(reader: int, mean: float) -> Iterator[float]:
    """Give a reader's pauses in seconds, the same each time; none where ``mean`` is 0."""
    drawn = random.Random(reader)  # noqa: S311 - who waits how long
    while True:
        yield drawn.expovariate(1 / mean) if mean else 0.0


def crowd(base: str, questions: Sequence[str], readers: int, each: int, pause: float = 0.0) -> Seen:
    """Let readers ask at once, each his own questions, with a pause of so many seconds on average after each."""
    seen = Seen()
    shares = [[questions[(first * each + at) % len(questions)] for at in range(each)] for first in range(readers)]
    threads = [
        threading.Thread(target=reader, args=(base, share, seen, pauses(number, pause)))
        for number, share in enumerate(shares)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def browsed(page: Page, base: str, questions: Sequence[str], seen: Seen) -> None:
    """Measure in a real browser: from address to the question box, and from Enter to answer, picture and whole page."""
    for question in questions:
        begun = time.perf_counter()
        page.goto(base)
        page.get_by_label("Your question").wait_for(timeout=_WAIT * 1000)
        seen.add("browser: first useful paint", time.perf_counter() - begun)
        page.get_by_label("Your question").fill(question)
        begun = time.perf_counter()
        page.keyboard.press("Enter")
        page.locator(".quotations, #passage-1").first.wait_for(timeout=_WAIT * 1000)
        seen.add("browser: from Enter to answer on screen", time.perf_counter() - begun)
        while not page.evaluate(_SHOWN) and time.perf_counter() - begun < _WAIT:
            time.sleep(0.01)
        seen.add("browser: from Enter to the picture of the page", time.perf_counter() - begun)
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=_WAIT * 1000)
        seen.add("browser: from Enter to whole page", time.perf_counter() - begun)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own server
            return True
    except OSError:
        return False


@contextmanager
def served(archive: Path, root: Path) -> Iterator[tuple[str, int]]:
    """Run a checkout's app on an archive; print after how long it could be opened; give its address and process."""
    begun = time.perf_counter()
    log = archive.with_name(f"{archive.name}.log")
    with log.open("wb") as out:
        server, base = started(archive, out, root)
    try:
        while not _answers(f"{base}/_stcore/health"):
            time.sleep(0.05)
        print(f"The app could be opened {time.perf_counter() - begun:.2f} s after its start.")
        with urllib.request.urlopen(f"{base}/api/ask?q=beds", timeout=_WAIT) as got:  # noqa: S310
            json.load(got)
        print(f"It answered its first question {time.perf_counter() - begun:.2f} s after its start.")
        while not _answers(f"{base}/ready") and time.perf_counter() - begun < _WAIT:
            time.sleep(0.05)
        print(f"It was ready {time.perf_counter() - begun:.2f} s after its start.")
        yield base, server.pid
    finally:
        server.terminate()
        server.wait(30)
    traces = log.read_text(encoding="utf-8", errors="replace").count("Traceback")
    log.unlink()
    print(f"Stack traces in the server's log: {traces}")


def used(process: int) -> float:
    """Give the processor time that a process has used, in seconds; other work on the machine does not count."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def indexed(papers: Path, archive: Path) -> subprocess.Popen[bytes]:
    """Start indexing papers into an archive."""
    command = [sys.executable, "-m", "indexer", "index", str(papers), "--archive", str(archive)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def copied(archive: Path, name: str) -> Iterator[Path]:
    """Give a copy of an archive, which a newer program may upgrade: beside it, as papers may be found from there."""
    copy = archive.absolute().with_name(f"{archive.name}-{name}-{os.getpid()}")
    try:
        yield Path(shutil.copytree(archive, copy))
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="questions, as `search evaluate` reads them")
    parser.add_argument("--archive", type=Path, default=Path("data/archive"), help="is copied, not changed")
    parser.add_argument("--papers", type=Path, default=Path("data/sample"), help="indexed while readers ask")
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--each", type=int, default=5, help="questions of each reader")
    parser.add_argument("--pause", type=float, default=10, help="seconds that each reads on average")
    parser.add_argument("--before", type=Path, help="another checkout, whose app is measured in turn with this one's")
    options = parser.parse_args(arguments)
    questions = [str(judged["question"]) for judged in read_gold(options.gold)]
    with ExitStack() as running:
        roots = {"now": ROOT} | ({"before": options.before} if options.before else {})
        archives = {name: running.enter_context(copied(options.archive, name)) for name in roots}
        started_apps = {name: running.enter_context(served(archives[name], root)) for name, root in roots.items()}
        apps = {name: base for name, (base, _) in started_apps.items()}
        alone(apps, questions)
        for name, (base, process) in started_apps.items():
            spent = used(process)
            crowd(base, questions[25:], 1, 20)
            print(f"{name}: {(used(process) - spent) / 21:.2f} s of one core for each page, the first page among them")
        many, each = options.readers, options.each
        for name, base in apps.items():
            scene = f"{name}: {many} readers at once"
            show(f"{scene}, without a pause", crowd(base, questions[15:], many, each))
            reading = crowd(base, questions[15 + many * each :], many, each, options.pause)
            show(f"{scene}, each reading for {options.pause:g} s on average", reading)
        if not options.before:
            writing(apps["now"], archives["now"], questions, options)
    return 0


def alone(apps: Mapping[str, str], questions: Sequence[str]) -> None:
    """Measure one browser, its cache warm, and one reader, question by question in each app in turn."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    seen = {name: Seen() for name in apps}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        pages = {name: browser.new_page() for name in apps}
        for name, base in apps.items():
            browsed(pages[name], base, questions[-1:], Seen())
        for question in questions[:10]:
            for name, base in apps.items():
                browsed(pages[name], base, [question], seen[name])
        browser.close()
    for name, base in apps.items():
        show(f"{name}: one browser alone, its cache warm", seen[name])
        show(f"{name}: one reader alone", crowd(base, questions[5:], 1, 10))


def writing(base: str, archive: Path, questions: Sequence[str], options: argparse.Namespace) -> None:
    """Go through the scenes in which the archive is written meanwhile."""
    many, each = options.readers, options.each
    writer = indexed(options.papers, archive)
    show(f"{many} readers while papers are indexed", crowd(base, questions[15:], many, each))
    writer.wait()
    shutil.rmtree(archive)
    writer = indexed(options.papers, archive)
    show(f"{many} readers while the archive is deleted and made again", crowd(base, questions[15:], many, each))
    writer.wait()
    show("One reader after that", crowd(base, questions[:5], 1, 5))


def show(scene: str, seen: Seen) -> None:
    """Print one scene."""
    print(f"{scene}:")
    for line in seen.lines():
        print(line)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
