"""Draws what ``benchmarks.scale`` measured: time, memory and disk by size of the archive, as one PNG.

    python -m benchmarks.growth FOLDER/growth.jsonl [--to benchmarks/growth.png]
    python -m benchmarks.growth benchmarks/growth.jsonl --plan [--tokens 4000]

``--plan`` prints a table for sizes that nobody has run instead, each figure by one line through the two largest sizes
that were measured, store by store: ``f(n) = f(b) + (f(b) - f(a)) / (b - a) * (n - b)``, never falling. Bytes a passage
are those of the largest size; ``--tokens`` are those of token vectors, where a row has none.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

_TIMES = (
    ("question_off_p50", "question, p50", "o-"),
    ("question_on_p50", "question with filters, p50", "o--"),
    ("question_off_p95", "question, p95", "s-"),
    ("meaning_off_p50", "ranking by meaning", "^-"),
    ("words_off_p50", "ranking by words", "v-"),
    ("common_off_p50", "ranking by ten common words", "v--"),
    ("add_one_paper_ms", "adding one paper, without encoder", "d-"),
)
_MEMORY = (("reader_peak_mb", "process that answers", "o-"), ("writer_peak_mb", "process that fills", "s-"))
_DISK = (
    ("vector_bytes", "vectors (bound 1,200)", "o-"),
    ("rest_bytes", "the rest, packed text and word index included", "s-"),
    ("text_bytes", "text before packing (bound of the rest: twice)", "^--"),
    ("word_index_bytes", "of the rest, word index", "v--"),
)


_PLANNED = (1_000_000, 10_000_000, 100_000_000, 1_000_000_000)
_GROWING = ("reader_peak_mb", "question_off_p50", "meaning_off_p50")


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the last row of each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--to", type=Path, default=Path("benchmarks/growth.png"))
    parser.add_argument("--plan", action="store_true")
    parser.add_argument("--tokens", type=int, default=4_000, help="bytes a passage (default: %(default)s)")
    options = parser.parse_args(arguments)
    every = [json.loads(line) for line in options.rows.read_text(encoding="utf-8").splitlines()]
    if options.plan:
        print(plan(every, options.tokens))
        return 0
    every = [row for row in every if row.get("store", "embedded") == "embedded"]
    rows = [row for _, row in sorted({row["passages"]: row for row in every}.items())]
    figure = Figure(figsize=(13, 4.2), layout="constrained")
    times, memory, disk = figure.subplots(1, 3)
    _draw(times, rows, _TIMES, "milliseconds")
    _draw(memory, rows, _MEMORY, "most resident MB")
    _draw(disk, rows, _DISK, "bytes a passage, token vectors apart")
    figure.savefig(options.to, dpi=110)
    return 0


def plan(every: Sequence[dict[str, Any]], tokens: int) -> str:
    """Return a table in Markdown of what was measured, and of what follows from it for larger archives."""
    lines = ["| store | passages | disk | memory, reader | question, p50 | of it, by meaning | written in |"]
    lines.append("|---|---|---|---|---|---|---|")
    for store in dict.fromkeys(row.get("store", "embedded") for row in every):
        own = {row["passages"]: row for row in every if row.get("store", "embedded") == store}
        known = [own[size] for size in sorted(own)]
        lines += [_planned(store, row, row["passages"], tokens, "") for row in known]
        if len(known) > 1:
            larger = [size for size in _PLANNED if size > known[-1]["passages"]]
            lines += [_planned(store, _line(known[-2], known[-1], size), size, tokens, "~") for size in larger]
    return "\n".join(lines)


def _line(first: dict[str, Any], last: dict[str, Any], size: int) -> dict[str, Any]:
    """Return the last row with each figure that grows, grown to ``size`` passages."""
    steps = (size - last["passages"]) / (last["passages"] - first["passages"])
    return last | {name: last[name] + max(0, last[name] - first[name]) * steps for name in _GROWING}


def _planned(store: str, row: dict[str, Any], size: int, tokens: int, about: str) -> str:
    disk = size * (row["vector_bytes"] + row["rest_bytes"] + row.get("token_bytes", tokens)) / 1e9
    hours = size / row["fill_per_second"] / 3600
    return (
        f"| {store} | {size:,} | {about}{disk:,.1f} GB | {about}{row['reader_peak_mb'] / 1000:,.1f} GB "
        f"| {about}{row['question_off_p50']:,.0f} ms | {about}{row['meaning_off_p50']:,.0f} ms "
        f"| {about}{hours:,.1f} h |"
    )


def _draw(axes: Axes, rows: Sequence[dict[str, Any]], lines: Sequence[tuple[str, str, str]], what: str) -> None:
    sizes = [row["passages"] for row in rows]
    for name, label, style in lines:
        axes.plot(sizes, [row[name] for row in rows], style, label=label, markersize=4)
    axes.set_xscale("log")
    axes.set_xlabel("passages")
    axes.set_ylabel(what)
    if what == "milliseconds":
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=7)


if __name__ == "__main__":
    sys.exit(main())
