"""Open WebUI: its own server in this process, asked by its API, with hybrid search and batches switched on.

Files are uploaded, put into one knowledge base and asked for there, as its pages do. Hybrid search fuses BM25 and
Chroma in equal parts and orders what they found by the embedding model's cosine; a cross-encoder has other weights. It
gives three passages unless told: ten are asked for, as of the others.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.runner import WANTED, Ask, Hit, run

_SETTINGS = {
    "FROM_INIT_PY": "true",  # its pages lie where a package has them
    "OFFLINE_MODE": "true",
    "WEBUI_AUTH": "false",
    "WEBUI_SECRET_KEY": "of one process that nobody else can reach",
    "ENABLE_OLLAMA_API": "false",
    "ENABLE_OPENAI_API": "false",
    "ENABLE_RAG_HYBRID_SEARCH": "true",
    "RAG_EMBEDDING_BATCH_SIZE": "32",  # as it comes, texts are embedded one by one
    "ANONYMIZED_TELEMETRY": "false",
    "GLOBAL_LOG_LEVEL": "ERROR",
}


def load(folder: str) -> Any:  # noqa: ANN401
    """Start the server, which loads the model, and sign on."""
    os.environ.update(_SETTINGS, DATA_DIR=tempfile.mkdtemp(), RAG_EMBEDDING_MODEL=folder)
    # The server prints its banner; the figures are what this process says.
    said, sys.stdout = sys.stdout, sys.stderr
    from open_webui.main import app
    from starlette.testclient import TestClient

    client = TestClient(app)
    client.__enter__()
    token = _posted(client, "auths/signin", {"email": "", "password": ""})["token"]
    client.headers["Authorization"] = f"Bearer {token}"
    sys.stdout = said
    return client


def index(client: Any, papers: Sequence[Path]) -> Ask:  # noqa: ANN401
    """Upload PDFs and put them into one knowledge base."""
    knowledge = _posted(client, "knowledge/create", {"name": "Papers", "description": "Papers"})["id"]
    for path in papers:
        given = {"file": (path.name, path.read_bytes(), "application/pdf")}
        answer = client.post("/api/v1/files/", params={"process_in_background": "false"}, files=given)
        file = answer.raise_for_status().json()["id"]
        read = client.get(f"/api/v1/files/{file}/process/status").raise_for_status().json()
        if read["status"] == "completed":  # a scan has no text, and it takes no paper without
            added = client.post(f"/api/v1/knowledge/{knowledge}/file/add", json={"file_id": file})
            if "Duplicate content" not in added.text:  # nor does it take a second paper of the same text
                added.raise_for_status()

    def ask(question: str) -> list[Hit]:
        asked = {"collection_names": [knowledge], "query": question, "k": WANTED, "k_reranker": WANTED}
        reply = _posted(client, "retrieval/query/collection", asked)
        return [
            (one["name"], [int(one["page"]) + 1], text)
            for one, text in zip(reply["metadatas"][0], reply["documents"][0], strict=True)
        ]

    return ask


def _posted(client: Any, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401
    return client.post(f"/api/v1/{path}", json=body).raise_for_status().json()


if __name__ == "__main__":
    run(load, index)
    # Its threads would keep the process.
    sys.stdout.flush()
    os._exit(0)
