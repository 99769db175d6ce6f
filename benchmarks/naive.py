"""The pipeline that most tutorials end with, to compare ours with: the same papers, the same weights, nothing tuned.

pypdf, LangChain's recursive splitter at 1,000 characters with 200 of overlap, sentence-transformers on torch, FAISS
flat. It keeps no layout, no dates, no decisions and no token vectors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.encoding import weights
from indexer.encoding.protocol import Vectors

_CHUNK, _OVERLAP = 1_000, 200


class Naive:
    """Model and splitter, loaded once."""

    def __init__(self) -> None:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
        from sentence_transformers import SentenceTransformer

        folder = str(weights.packaged_folder())
        self._model: Any = SentenceTransformer(folder, device="cpu", model_kwargs={"use_safetensors": True})
        self._splitter: Any = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts with the library's own batches: float32 (texts, dim), unit rows."""
        rows: Vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return rows

    def index(self, papers: Sequence[Path], folder: Path) -> int:
        """Index PDFs into ``folder``; return the number of chunks."""
        import faiss

        kept = [chunk for path in papers for chunk in self.chunks(path)]
        index = faiss.IndexFlatIP(int(self._model.get_embedding_dimension()))
        index.add(np.ascontiguousarray(self.encode([chunk["text"] for chunk in kept])))
        faiss.write_index(index, str(folder / "vectors.faiss"))
        (folder / "chunks.json").write_text(json.dumps(kept), encoding="utf-8")
        return len(kept)

    def chunks(self, path: Path) -> Iterator[dict[str, Any]]:
        """Cut a PDF page by page: ``file``, ``page`` (from 1) and ``text``."""
        import pypdf

        for number, page in enumerate(pypdf.PdfReader(path).pages, 1):
            for text in self._splitter.split_text(page.extract_text()):
                yield {"file": path.name, "page": number, "text": text}
