"""Haystack: its tutorial on hybrid retrieval, joined by reciprocal rank (the cross-encoder has other weights)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.runner import WANTED, Ask, Hit, run


def load(folder: str) -> Any:  # noqa: ANN401
    """Load the model, once for papers and once for questions."""
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )

    both = (
        SentenceTransformersDocumentEmbedder(model=folder, progress_bar=False),
        SentenceTransformersTextEmbedder(model=folder, progress_bar=False),
    )
    for one in both:
        one.warm_up()
    return both


def index(model: Any, papers: Sequence[Path]) -> Ask:  # noqa: ANN401
    """Index PDFs; 150 words with 20 of overlap are what the model can read."""
    from haystack.components.converters import PyPDFToDocument
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    for_papers, for_questions = model
    documents = PyPDFToDocument().run(sources=list(papers))["documents"]
    documents = DocumentCleaner().run(documents=documents)["documents"]
    splitter = DocumentSplitter(split_by="word", split_length=150, split_overlap=20)
    splitter.warm_up()
    documents = splitter.run(documents=documents)["documents"]
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(for_papers.run(documents=documents)["documents"])
    words = InMemoryBM25Retriever(store, top_k=WANTED)
    meaning = InMemoryEmbeddingRetriever(store, top_k=WANTED)
    join = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=WANTED)

    def ask(question: str) -> list[Hit]:
        near = meaning.run(query_embedding=for_questions.run(text=question)["embedding"])["documents"]
        hits = join.run(documents=[words.run(query=question)["documents"], near])["documents"]
        return [(one.meta["file_path"], [int(one.meta["page_number"])], one.content) for one in hits]

    return ask


if __name__ == "__main__":
    run(load, index)
