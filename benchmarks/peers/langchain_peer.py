"""LangChain: PyPDFLoader, recursive splitter, FAISS and BM25 fused by EnsembleRetriever with equal weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.runner import WANTED, Ask, Hit, run


def load(folder: str) -> Any:  # noqa: ANN401
    """Load the model."""
    from langchain_huggingface import HuggingFaceEmbeddings

    return HuggingFaceEmbeddings(model_name=folder, encode_kwargs={"normalize_embeddings": True})


def index(model: Any, papers: Sequence[Path]) -> Ask:  # noqa: ANN401
    """Index PDFs."""
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.document_loaders import PyPDFLoader
    from langchain_community.retrievers import BM25Retriever
    from langchain_community.vectorstores import FAISS
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = splitter.split_documents([page for path in papers for page in PyPDFLoader(str(path)).load()])
    meaning = FAISS.from_documents(chunks, model).as_retriever(search_kwargs={"k": WANTED})
    words = BM25Retriever.from_documents(chunks, k=WANTED)
    both = EnsembleRetriever(retrievers=[words, meaning], weights=[0.5, 0.5])

    def ask(question: str) -> list[Hit]:
        hits = both.invoke(question)
        return [(one.metadata["source"], [one.metadata["page"] + 1], one.page_content) for one in hits]

    return ask


if __name__ == "__main__":
    run(load, index)
