"""Texts to unit vectors, and to one vector a token: load an encoder by name.

The default model runs through OpenVINO; any other that the user names runs through sentence-transformers. Nothing
heavy is imported until `load` is called.
"""

from __future__ import annotations

from pathlib import Path

from indexer.encoding import Encoder, TokenVectors
from indexer.weights import DEFAULT

__all__ = ["DEFAULT", "Encoder", "TokenVectors", "load"]


def load(name: str = DEFAULT, cache: Path | None = None) -> Encoder:
    """Load an encoder.

    Args:
        name: the default model, or any sentence-transformers model or folder.
        cache: parent folder for the converted default model; see `indexer.weights.cache_folder`.

    Raises:
        ModelError: the weights are missing or not the expected bytes.
    """
    if name in (DEFAULT, DEFAULT.rpartition("/")[2]):
        from indexer.encoder_openvino import OpenVinoEncoder

        return OpenVinoEncoder(cache)
    from indexer.encoder_torch import TorchEncoder

    return TorchEncoder(name)
