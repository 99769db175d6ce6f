"""Records to bytes and back. The bytes can become the expected records, and nothing else.

Readers work in separate processes because a hostile paper may take one over. What such a process sends must
not be able to do anything here, which is why this is not pickle. The only importer of msgspec.
"""

from __future__ import annotations

import os
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from indexer.sweeps import unswept

Kinds = Mapping[str, Any]


def kinds(function: Callable[..., object]) -> Kinds:
    """Name the types that a function may return, by its annotation."""
    hint = typing.get_type_hints(function)["return"]
    return {getattr(kind, "__name__", str(kind)): kind for kind in typing.get_args(hint) or (hint,)}


def packed(value: object) -> bytes:
    """Give a value with the name of its type as bytes.

    Raises:
        TypeError: it holds something other than a plain value, record or path.
        ValueError: it holds invalid text (half a character).
    """
    return type(value).__name__.encode() + b"\0" + msgspec.msgpack.encode(value, enc_hook=_plain)


def unpacked(data: bytes, known: Kinds) -> object:
    """Give the value that `packed` made bytes of.

    Args:
        data: the bytes; their maker may be hostile.
        known: the types that it may be, by name.

    Raises:
        ValueError: the bytes are not a value of these types.
    """
    name, _, body = data.partition(b"\0")
    kind = known.get(name.decode("ascii", "replace"), known)
    if kind is known:
        message = f"bytes that begin with {name[:40]!r} are none of {', '.join(known)}"
        raise ValueError(message)
    try:
        with unswept():
            return msgspec.msgpack.decode(body, type=kind, dec_hook=_made)
    except msgspec.MsgspecError as error:
        message = f"bytes are not a {name.decode()}: {error}"
        raise ValueError(message) from error


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return os.fsencode(value)  # a name on disk need not be text
    if hasattr(value, "item"):  # numbers of numpy
        return value.item()
    message = f"{type(value).__name__} is not a plain value"
    raise TypeError(message)


def _made(kind: type, value: Any) -> object:  # noqa: ANN401 - whatever was there
    if issubclass(kind, Path) and isinstance(value, bytes):
        return Path(os.fsdecode(value))
    message = f"no {kind.__name__} can be made of a {type(value).__name__}"
    raise ValueError(message)
