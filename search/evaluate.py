"""How well an archive answers judged questions: the measures that decide whether a change of ranking is kept.

A judged question is one line of JSON: ``{"id", "type", "question", "evidence": [{"file", "page", "quote"}], "also_ok":
[…]}``; ``pages`` may be given besides ``page``. Type "unanswerable" means that the archive does not hold the answer.

The measures are computed here: ir-measures goes by ids of documents, while here the words of a hit decide.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from indexer.errors import BadArguments
from indexer.text.words import shingles
from search.results import Answered
from search.settings import FIRST, SCORING

_WORD = re.compile(r"[a-z0-9£%']+")

Judged = Mapping[str, Any]
Measures = dict[str, list[float]]


def read_gold(path: Path, placed: Collection[str] = ("file", "quote")) -> list[Judged]:
    """Read judged questions.

    Args:
        path: one JSON object a line.
        placed: what evidence has besides its page; evidence by file and quote always counts.

    Raises:
        BadArguments: there is no such file, or a line is not a judged question.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        message = f"Cannot read the judged questions {path}: {fault}"
        raise BadArguments(message, path=str(path)) from fault
    gold: list[Judged] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as fault:
            message = f"{path.name} line {number} is not JSON: {fault}"
            raise BadArguments(message, path=str(path)) from fault
        if not _is_judged(row, placed):
            needs = "id, type, question and evidence by file, page and quote"
            message = f"{path.name} line {number}: a judged question needs {needs}"
            raise BadArguments(message, path=str(path), found=line[:80])
        gold.append(row)
    return gold


def _is_judged(row: object, placed: Collection[str]) -> bool:
    if not isinstance(row, dict) or not {"id", "type"} <= row.keys() or not _is_text(row.get("question")):
        return False
    evidence, also = row.get("evidence") or [], row.get("also_ok") or []
    return (
        isinstance(evidence, list)
        and isinstance(also, list)
        and all(_is_placed(one, placed) for one in evidence + also)
    )


def _is_placed(one: object, placed: Collection[str]) -> bool:
    if not isinstance(one, dict) or not {"page", "pages"} & one.keys():
        return False
    pages, own = one.get("pages", [one.get("page")]), set(placed) - {"file", "quote"}
    if not isinstance(pages, list) or not all(page is None or isinstance(page, int) for page in pages):
        return False
    return all(_is_text(one.get(key)) for key in ("file", "quote")) or (bool(own) and set(placed) <= one.keys())


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def measure(gold: Iterable[Judged], ask: Callable[[str], Answered]) -> Measures:
    """Ask every question and judge the answers.

    Returns:
        By measure, one value a question, in [0, 1] except the number of ``quotations``: ``hit@k`` (evidence among the
        first k hits), ``mrr@10``, ``evidence_recall@10``, ``answer_quotes_evidence``, ``first_quotation_is_evidence``,
        ``answered_answerable`` and ``refused_unanswerable``; ``hit@5 TYPE`` for each type of question.
    """
    tally: Measures = defaultdict(list)
    for judged in gold:
        row = ask(judged["question"]).to_json()
        if judged["type"] == "unanswerable":
            tally["refused_unanswerable"].append(float(row["status"] == "not_found"))
            continue
        tally["answered_answerable"].append(float(row["status"] == "answered"))
        evidence = judged.get("evidence") or ()
        if not evidence and not judged.get("also_ok"):
            continue  # nobody said where the answer is, only that there is one
        rank, quoted = rank_of(judged, row)
        for k in (1, 3, 5, 10):
            tally[f"hit@{k}"].append(float(1 <= rank <= k))
        tally["mrr@10"].append(1 / rank if rank else 0.0)
        recalled = [one for one in evidence if any(finds(hit, one) for hit in row["hits"][:10])]
        if evidence:
            tally["evidence_recall@10"].append(len(recalled) / len(evidence))
        tally["answer_quotes_evidence"].append(float(quoted))
        tally["first_quotation_is_evidence"].append(float(first_is_evidence(judged, row)))
        tally["quotations"].append(float(len(row["answer"])))
        tally[f"hit@5 {judged['type']}"].append(float(1 <= rank <= FIRST))
    return dict(tally)


def rank_of(judged: Judged, row: Mapping[str, Any]) -> tuple[int, bool]:
    """Give the place of a question's evidence among the first ten hits, 0 for none, and whether the answer quotes it.

    Args:
        judged: the question.
        row: what was answered, in its JSON form.
    """
    accepted = [*(judged.get("evidence") or ()), *(judged.get("also_ok") or ())]
    hits = row["hits"][:10]
    rank = next((i for i, hit in enumerate(hits, 1) if any(finds(hit, one) for one in accepted)), 0)
    shown = _words(" ".join(sentence["text"] for sentence in row["answer"]))[: SCORING.answer_words]
    return rank, any(covers(shown, one["quote"]) for one in accepted)


def first_is_evidence(judged: Judged, row: Mapping[str, Any]) -> bool:
    """Whether the first quotation of an answer, in its JSON form, holds the evidence of a question by itself."""
    accepted = [*(judged.get("evidence") or ()), *(judged.get("also_ok") or ())]
    first = _words(row["answer"][0]["text"]) if row["answer"] else []
    return any(covers(first, one["quote"]) for one in accepted)


def ablation_table(rows: Mapping[str, Measures]) -> str:
    """Print one line for each of the settings compared, with the main measures."""
    names = ("hit@1", "hit@5", "mrr@10", "evidence_recall@10", "answer_quotes_evidence")
    lines = [f"{'':24}" + "".join(f"{name[:15]:>16}" for name in names)]
    for label, measures in rows.items():
        lines.append(f"{label:24.24}" + "".join(f"{_mean(measures[name]):16.3f}" for name in names if name in measures))
    return "\n".join(lines)


def table(measures: Measures) -> str:
    """Print measures as a table: mean, 95% interval by bootstrap over the questions, number of questions."""
    lines = [f"{'measure':26}  mean   95% interval   n"]
    for name, values in measures.items():
        low, high = interval(values)
        lines.append(f"{name:26} {_mean(values):5.3f}   {low:.3f}–{high:.3f}   {len(values):4d}")
    return "\n".join(lines)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Give the 95% interval of the mean, by bootstrap; scipy, which has one too, is not installed by ``make run``."""
    dice = random.Random(0)  # noqa: S311 - resampling, no secret; the same figures every time
    means = sorted(_mean(dice.choices(values, k=len(values))) for _ in range(SCORING.samples))
    outside = int(SCORING.outside * SCORING.samples)
    return means[outside], means[-outside - 1]


def finds(hit: Mapping[str, Any], evidence: Mapping[str, Any]) -> bool:
    """Whether a hit shows a quotation: same file, one of its pages, and enough of its words."""
    pages = set(hit["pages"] or [hit["page"]])
    return (
        os.path.basename(hit["file"]) == os.path.basename(evidence["file"])
        and bool(pages & set(evidence.get("pages") or [evidence["page"]]))
        and covers(_words(hit["text"])[: SCORING.hit_words], evidence["quote"])
    )


def covers(shown: Sequence[str], quote: str) -> bool:
    """Whether words hold a quotation: 60% of its four-word runs or, for reordered tables, 85% of its words."""
    quoted = _words(quote)
    runs = shingles(quoted, SCORING.run)
    if len(runs & shingles(shown, SCORING.run)) >= SCORING.runs * len(runs):
        return True
    return len(set(quoted) & set(shown)) >= SCORING.words * len(set(quoted))


def _words(text: str) -> list[str]:
    return _WORD.findall(re.sub(r"<[^>]+>", " ", text.lower().replace("’", "'").replace("‘", "'")))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
