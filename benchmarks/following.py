"""A fictional council of many meetings is fetched from this machine, once in peace and once killed at random instants.

    python -m benchmarks.following [--meetings 400] [--papers 6000] [--kills 50] [--folder FOLDER]

Prints a JSON object: whether both folders are the same, byte for byte; how often a document was asked for beyond once
(a kill may cost the one that was on its way); whether anything restricted was asked for; and what a second run with
nothing new costs. The exit status is 1 where one of these is amiss. Needs the tests' folder, for its council.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from indexer.following.client import Manners
from indexer.following.records import Committee, Followed
from indexer.following.store import Store
from indexer.following.sync import Tally, sync
from tests.makers.council_server import Agenda, Council, Doc, Sitting, serving

BODIES = 4
QUICK = Manners(contact="archive@marlbridge.example", pause=0, back_off=0)


class Silent:
    """A watcher that keeps nothing."""

    def meeting(self, title: str) -> None:
        """Not kept."""

    def paper(self, name: str, size: int) -> None:
        """Not kept."""

    def warn(self, line: str) -> None:
        """Not kept."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch, kill, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--meetings", type=int, default=400)
    parser.add_argument("--papers", type=int, default=6000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args(arguments)
    council = fictional(options.meetings, options.papers)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder, serving(council) as base:
        peace, killed = (followed(Path(folder) / name, base, council) for name in ("peace", "killed"))
        began = time.monotonic()
        run(peace)
        seconds = time.monotonic() - began
        council.served.clear()
        kill(killed, council, options.kills, random.Random(options.seed))  # noqa: S311  no secret
        found = {
            "papers": options.papers,
            "seconds": round(seconds, 1),
            "kills": options.kills,
            "same": contents(peace.papers) == contents(killed.papers),
            "served beyond once": sum(council.served.values()) - len(council.served),
            "restricted asked for": council.requests("=secret"),
        }
        council.asked.clear()
        began = time.monotonic()
        run(killed)
        found |= {"second run, requests": len(council.asked), "bodies": BODIES}
        found["second run, seconds"] = round(time.monotonic() - began, 2)
    print(json.dumps(found, indent=1))
    fair = found["served beyond once"] <= options.kills and found["second run, requests"] <= BODIES
    return 0 if found["same"] and fair and not found["restricted asked for"] else 1


def fictional(meetings: int, papers: int) -> Council:
    """Make a council of ``papers`` public documents in ``meetings`` meetings, and a restricted one in each."""
    bodies: dict[str, tuple[str, list[Sitting]]] = {str(n): (f"Committee {n}", []) for n in range(BODIES)}
    chance = random.Random(1)  # noqa: S311  no secret
    for at in range(meetings):
        low, high = papers * at // meetings, papers * (at + 1) // meetings
        docs = [Doc(f"d{n}", f"Report {n % 11}", b"%PDF-1.4 " + chance.randbytes(4_000)) for n in range(low, high)]
        items = [Agenda(f"i{at}", "1", "Reports", docs=docs)]
        items.append(Agenda(f"s{at}", "2", "Sale of land", restricted=True, docs=[Doc(f"secret{at}", "Valuation")]))
        bodies[str(at % BODIES)][1].append(Sitting(f"m{at}", date(2019, 1, 7) + timedelta(5 * at), items=items))
    return Council(bodies)


def followed(papers: Path, base: str, council: Council) -> Store:
    """Follow the council in a folder of its own."""
    store = Store(papers)
    committees = tuple(Committee(number, title) for number, (title, _) in council.bodies.items())
    store.follow(Followed("m", base, "Marlbridge Council", "moderngov", date(2019, 1, 1), committees))
    return store


def run(store: Store) -> Tally:
    """One run at a fixed time, so that both folders are noted alike."""
    return sync(store, Silent(), QUICK, lambda: 1.8e9)


def kill(store: Store, council: Council, times: int, chance: random.Random) -> None:
    """Run again and again, each time killed after some documents, and once to the end."""
    context = multiprocessing.get_context("fork")
    total = sum(1 for _ in council.documents())
    for _ in range(times):
        process = context.Process(target=run, args=(store,))
        enough = sum(council.served.values()) + chance.randint(1, max(2, 2 * total // times))
        process.start()
        while process.is_alive() and sum(council.served.values()) < enough:
            process.join(0.002)
        process.kill()
        process.join()
    run(store)


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file that is not hidden, by its path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in files
        if not p.name.startswith(".") and ".following" not in p.parts
    }


if __name__ == "__main__":
    sys.exit(main())
