"""LlamaIndex: SimpleDirectoryReader, sentence splitter, vector and BM25 retrievers fused by reciprocal rank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.runner import WANTED, Ask, Hit, run


def load(folder: str) -> Any:  # noqa: ANN401
    """Load the model."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    return HuggingFaceEmbedding(model_name=folder)


def index(model: Any, papers: Sequence[Path]) -> Ask:  # noqa: ANN401
    """Index PDFs; chunks of 256 tokens, as its hybrid pack has them and the model can read."""
    from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
    from llama_index.core.llms import MockLLM
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.retrievers.bm25 import BM25Retriever

    pages = []
    for path in papers:
        # Its page labels are those printed on paper; what is cited and judged is the sheet.
        for sheet, page in enumerate(SimpleDirectoryReader(input_files=[str(path)]).load_data(), 1):
            page.metadata["sheet"] = sheet
            page.excluded_embed_metadata_keys.append("sheet")
            pages.append(page)
    nodes = SentenceSplitter(chunk_size=256, chunk_overlap=20).get_nodes_from_documents(pages)
    meaning = VectorStoreIndex(nodes, embed_model=model).as_retriever(similarity_top_k=WANTED)
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=WANTED)
    both = QueryFusionRetriever(
        [meaning, words],
        llm=MockLLM(),
        similarity_top_k=WANTED,
        num_queries=1,
        mode="reciprocal_rerank",
        use_async=False,
    )

    def ask(question: str) -> list[Hit]:
        hits = both.retrieve(question)
        return [(one.node.metadata["file_name"], [one.node.metadata["sheet"]], one.node.get_content()) for one in hits]

    return ask


if __name__ == "__main__":
    run(load, index)
