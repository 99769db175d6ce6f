"""Turns born-digital papers into scans, reads them by OCR, and compares words and answers with those of the originals.

    python -m benchmarks.scans [FOLDER] [--dpi 200] [--noise 6] [--tilt 0.3] [--gold data/gold.jsonl]

Each page of each PDF below the folder (the sample papers by default) is drawn in grey, tilted, given grain and pressed
as a JPEG, and bound into a PDF without a letter of text. Word accuracy is the share of the original's words, in their
order, that the scan gives. Judged questions are then asked of an archive of the originals and of one of the scans;
those whose evidence is among the first five passages are counted, evidence being a quotation of the original that the
passage holds with at most one word in ten misread. Needs Tesseract and takes some seconds a page.
"""

from __future__ import annotations

import argparse
import difflib
import io
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image

from indexer.encoding import encoder
from indexer.pipeline import build
from indexer.pipeline.progress import Lines
from indexer.readers import pdf_reader
from indexer.readers.pdf.sheets import opened, picture
from indexer.readers.scan import ocr
from search import evaluate
from search.engine import Engine

_WORD: Final = re.compile(r"\w+")
_MISREAD: Final = 0.1


def main(arguments: Sequence[str] | None = None) -> int:
    """Scan, read, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("data/sample"))
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--noise", type=float, default=6.0, help="standard deviation of the grain, of 255")
    parser.add_argument("--tilt", type=float, default=0.3, help="degrees")
    parser.add_argument("--gold", type=Path, default=Path("data/gold.jsonl"))
    options = parser.parse_args(arguments)
    if not ocr.available():
        print("Tesseract is not installed here", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        about = compared(options, Path(place))
    print(json.dumps(about, indent=1, ensure_ascii=False))
    return 0


def compared(options: argparse.Namespace, place: Path) -> dict[str, Any]:
    """Make the scans and both archives below ``place``; return what is printed."""
    drawn = np.random.default_rng(5)
    papers: dict[str, Any] = {}
    originals, scans = place / "originals", place / "scans"
    for path in sorted(options.folder.rglob("*.pdf")):
        born = pdf_reader.read(path)
        if any(page.method != "text" for page in born.pages):
            continue
        copy, made = originals / path.name, scans / path.name
        for folder in (originals, scans):
            folder.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
        bind(path, made, options, drawn)
        read = pdf_reader.read(made)
        same, count = agreed(" ".join(p.text for p in born.pages), " ".join(p.text for p in read.pages))
        sure = [page.confidence for page in read.pages if page.method == "ocr"]
        papers[path.name] = {"words": count, "same": same, "pages": len(sure), "confidence": round(sum(sure), 2)}
    total = {name: sum(paper[name] for paper in papers.values()) for name in ("words", "same", "pages", "confidence")}
    questions = [one for one in evaluate.read_gold(options.gold) if evidence(one, papers)]
    return {
        "papers": {name: round(one["same"] / max(one["words"], 1), 4) for name, one in papers.items()},
        "pages": total["pages"],
        "words": total["words"],
        "word_accuracy": round(total["same"] / max(total["words"], 1), 4),
        "mean_confidence": round(total["confidence"] / max(total["pages"], 1), 3),
        "questions": len(questions),
        "found_in_originals": found(originals, place / "a", questions, papers),
        "found_in_scans": found(scans, place / "b", questions, papers),
    }


def bind(path: Path, target: Path, options: argparse.Namespace, drawn: np.random.Generator) -> None:
    """Write a PDF of pictures of another's pages."""
    pictures = []
    with opened(path) as file:
        for number in range(1, len(file) + 1):
            grey = Image.open(io.BytesIO(picture(file, number, options.dpi / 72))).convert("L")
            tilted = grey.rotate(options.tilt, resample=Image.Resampling.BICUBIC, fillcolor=255)
            grain = np.asarray(tilted, np.float32) + drawn.normal(0, options.noise, (tilted.height, tilted.width))
            pictures.append(Image.fromarray(grain.clip(0, 255).astype(np.uint8)))
    first, *rest = pictures
    first.save(target, "PDF", save_all=True, append_images=rest, resolution=options.dpi, quality=75)


def agreed(born: str, read: str) -> tuple[int, int]:
    """Return how many words of the original the scan gives in their order, and how many there are."""
    wanted, got = _WORD.findall(born), _WORD.findall(read)
    blocks = difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks), len(wanted)


def evidence(question: evaluate.Judged, papers: dict[str, Any]) -> list[evaluate.Judged]:
    """Return what may count as evidence for a question and stands in the papers that were scanned."""
    accepted = [*question.get("evidence", []), *question.get("also_ok", [])]
    return [one for one in accepted if one["file"] in papers]


def found(folder: Path, archive: Path, questions: Sequence[evaluate.Judged], papers: dict[str, Any]) -> int:
    """Index a folder and count the questions whose evidence is among the first five passages."""
    with Lines() as lines:
        build.index([str(folder)], archive, encoder.load, lines)
    engine = Engine.open(archive)
    return sum(
        any(_holds(hit, one) for hit in engine.ask(question["question"]).to_json()["hits"][:5] for one in wanted)
        for question in questions
        if (wanted := evidence(question, papers))
    )


def _holds(hit: dict[str, Any], one: evaluate.Judged) -> bool:
    """Whether a passage stands on the page and holds the quotation, but for some misread words."""
    if Path(hit["file"]).name != one["file"] or one["page"] not in (hit["pages"] or [hit["page"]]):
        return False
    same, count = agreed(one["quote"], hit["text"])
    return same >= (1 - _MISREAD) * count


if __name__ == "__main__":
    sys.exit(main())
