"""Texts to unit vectors, and to one vector a token: load an encoder by name.

The default model runs through OpenVINO; any other that the user names runs through sentence-transformers, and so does
the default one where there is a graphics card to index with. Nothing heavy is imported until one of them is loaded.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from indexer.encoding.protocol import Encoder, TokenVectors
from indexer.encoding.weights import DEFAULT, DEFAULT_DIGEST, packaged_folder

__all__ = ["DEFAULT", "Encoder", "TokenVectors", "load", "load_for_indexing"]


def load(name: str = DEFAULT, cache: Path | None = None) -> Encoder:
    """Load an encoder.

    Args:
        name: the default model, or any sentence-transformers model or folder.
        cache: parent folder for the converted default model; see `indexer.encoding.weights.cache_folder`.

    Raises:
        ModelError: the weights are missing or not the expected bytes.
    """
    if name in (DEFAULT, DEFAULT.rpartition("/")[2]):
        from indexer.encoding.encoder_openvino import OpenVinoEncoder

        return OpenVinoEncoder(cache)
    from indexer.encoding.encoder_torch import TorchEncoder

    return TorchEncoder(name)


def load_for_indexing() -> Encoder:
    """Load the default encoder where it is fastest with many texts: on a CUDA card if there is one.

    The weights and therefore the archive are the same; vectors made in the card's half precision (bfloat16) have
    cosines above .999 with the processor's.

    Raises:
        ModelError: the weights are missing or not the expected bytes.
    """
    if _cuda_driver():
        from indexer.encoding import encoder_torch

        if encoder_torch.card_usable():
            return encoder_torch.TorchEncoder(str(packaged_folder()), encoder_torch.CARD, (DEFAULT, DEFAULT_DIGEST))
    return load()


def _cuda_driver() -> bool:
    """Whether the driver of an Nvidia card is installed; torch, which knows more, takes seconds to import."""
    try:
        ctypes.CDLL("nvcuda.dll" if os.name == "nt" else "libcuda.so.1")
    except OSError:
        return False
    return True
