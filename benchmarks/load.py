"""Many readers at once: starts processes of the app on an archive and asks their API as so many readers would.

    python -m benchmarks.load --archive DIR [--processes 2] [--readers 200] [--seconds 30] [--pause 10] [--nginx]
                              [--database-pid PID]

Each reader has its own address, asks a question of the file, reads the answer for a while (on average ``--pause``
seconds, exponentially; with 0 not at all) and asks the next. Readers are spread over the processes by their address, as
nginx spreads them (docs/deployment/nginx.conf); with ``--nginx`` by nginx, and then a question is taken to be in memory
once any process has it. Prints one row: questions a second, p50 and p95 of all and of those that were not in memory,
processor time of the app a question (without nginx's), and of the database's server where the number of its first
process is given, refusals by the limit of each address, errors, and the memory of each process.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import httpx

from benchmarks.processor import Spent
from benchmarks.servers.balancing import balanced
from benchmarks.servers.serving import peak, started

_START: Final = 120.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Start, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", required=True, help="a folder, or the address of a server")
    parser.add_argument("--questions", type=Path, default=Path("data/gold.jsonl"))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--pause", type=float, default=10)
    parser.add_argument("--nginx", action="store_true", help="put nginx before the processes")
    parser.add_argument("--database-pid", type=int, default=0, help="of the database's server on this machine")
    options = parser.parse_args(arguments)
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    servers = [started(options.archive) for _ in range(options.processes)]
    addresses = [address for _, address in servers]
    try:
        asyncio.run(_ready(addresses))
        with ExitStack() as held:
            asked = [held.enter_context(balanced(addresses))] if options.nginx else addresses
            spent, of_database = held.enter_context(Spent()), held.enter_context(Spent(options.database_pid))
            own = time.process_time()
            row = asyncio.run(_asked(asked, questions, options))
            seconds = spent.seconds() - (time.process_time() - own)
            row["processor_ms_a_question"] = round(1000 * seconds / max(1, row["questions"]))
            if options.database_pid:
                row["database_ms_a_question"] = round(1000 * of_database.seconds() / max(1, row["questions"]))
        print(json.dumps(row | {"memory_mb": [peak(process.pid) for process, _ in servers]}, indent=1))
    finally:
        for process, _ in servers:
            process.terminate()
            process.wait(20)
    return 0


async def _ready(addresses: Sequence[str]) -> None:
    """Wait until every process says that it can answer."""
    deadline = time.monotonic() + _START
    async with httpx.AsyncClient() as client:
        for address in addresses:
            while True:
                try:
                    if (await client.get(f"{address}/ready")).status_code == 200:
                        break
                except httpx.TransportError:
                    pass
                if time.monotonic() > deadline:
                    message = f"the app at {address} is not ready"
                    raise SystemExit(message)
                await asyncio.sleep(0.5)


async def _asked(addresses: Sequence[str], questions: Sequence[str], options: argparse.Namespace) -> dict[str, Any]:
    """Let all readers ask until the time is up."""
    ends = time.monotonic() + options.seconds
    seen: set[tuple[str, str]] = set()
    fresh, kept, failed = list[float](), list[float](), Counter[str]()
    # The server closes a connection that was idle for five seconds: one that is used at that moment is lost.
    limits = httpx.Limits(max_connections=None, keepalive_expiry=2)

    async def reader(number: int, client: httpx.AsyncClient) -> None:
        drawn = random.Random(number)  # noqa: S311 - who asks what, the same each time
        address = addresses[number % len(addresses)]
        while True:
            await asyncio.sleep(drawn.expovariate(1 / options.pause) if options.pause else 0)
            if time.monotonic() >= ends:
                return
            question = drawn.choice(questions)
            times = kept if (address, question) in seen else fresh
            seen.add((address, question))
            headers = {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"}
            began = time.monotonic()
            try:
                got = await client.get(f"{address}/api/ask", params={"q": question}, headers=headers)
            except httpx.TransportError as error:
                failed[type(error).__name__] += 1
                continue
            if got.status_code == 200:
                times.append(time.monotonic() - began)
            else:
                failed[str(got.status_code)] += 1

    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        await asyncio.gather(*(reader(number, client) for number in range(options.readers)))
    return {
        **{name: getattr(options, name) for name in ("readers", "processes", "pause", "nginx")},
        "questions": len(fresh) + len(kept),
        "questions_a_second": round((len(fresh) + len(kept)) / options.seconds, 1),
        **_spread("all", [*fresh, *kept]),
        **_spread("new", fresh),
        "failed": dict(failed),
    }


def _spread(name: str, seconds: Sequence[float]) -> dict[str, float]:
    if len(seconds) < 2:
        return {}
    p95 = statistics.quantiles(seconds, n=20)[-1]
    return {f"{name}_p50_ms": round(1000 * statistics.median(seconds)), f"{name}_p95_ms": round(1000 * p95)}


if __name__ == "__main__":
    sys.exit(main())
