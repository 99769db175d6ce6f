"""txtai: one hybrid Embeddings with its content. Its own reading of PDFs needs Java or other models, so pypdf reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.runner import WANTED, Ask, Hit, run


def load(folder: str) -> Any:  # noqa: ANN401
    """Load the model, with the first text that it embeds."""
    from txtai import Embeddings

    made = Embeddings(path=folder, hybrid=True, content=True)
    made.batchtransform(["The first batch loads what is loaded late."])
    return made


def index(model: Any, papers: Sequence[Path]) -> Ask:  # noqa: ANN401
    """Index PDFs, in chunks of 1,000 characters."""
    import pypdf
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    model.index(
        {"text": text, "file": path.name, "page": number}
        for path in papers
        for number, page in enumerate(pypdf.PdfReader(path).pages, 1)
        for text in splitter.split_text(page.extract_text())
    )

    def ask(question: str) -> list[Hit]:
        query = "SELECT text, file, page FROM txtai WHERE similar(:asked)"
        hits = model.search(query, WANTED, parameters={"asked": question})
        return [(one["file"], [int(one["page"])], one["text"]) for one in hits]

    return ask


if __name__ == "__main__":
    run(load, index)
