"""Draws what ``benchmarks.scale`` measured: time, memory and disk by size of the archive, as one PNG.

python -m benchmarks.growth FOLDER/growth.jsonl [--to benchmarks/growth.png]
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the last row of each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--to", type=Path, default=Path("benchmarks/growth.png"))
    options = parser.parse_args(arguments)
    every = [json.loads(line) for line in options.rows.read_text(encoding="utf-8").splitlines()]
    rows = [row for _, row in sorted({row["passages"]: row for row in every}.items())]
    figure = Figure(figsize=(13, 4.2), layout="constrained")
    times, memory, disk = figure.subplots(1, 3)
    _draw(times, rows, _TIMES, "milliseconds")
    _draw(memory, rows, _MEMORY, "most resident MB")
    _draw(disk, rows, _DISK, "bytes a passage, token vectors apart")
    figure.savefig(options.to, dpi=110)
    return 0


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
