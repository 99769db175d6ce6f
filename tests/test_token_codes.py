"""Token vectors in four bits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.encoding.protocol import TokenVectors
from indexer.encoding.token_codes import pack, unpack


def tokens(count: int, seed: int = 0, dimension: int = 384) -> TokenVectors:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return TokenVectors(("word",) * count, tuple((5 * n, 5 * n + 4) for n in range(count)), rows)


@given(st.integers(1, 40), st.integers(0, 10_000))
def test_four_bits_keep_every_token_almost_as_it_was(count: int, seed: int) -> None:
    given = tokens(count, seed)
    found = unpack(pack(given))
    rows = found.codes * found.scales[:, None]
    assert (np.sum(rows * given.vectors, axis=1) > 0.985).all()
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert found.offsets == given.offsets


def test_a_passage_of_a_hundred_tokens_takes_twenty_kilobytes() -> None:
    assert len(pack(tokens(100))) == 4 + 100 * (4 + 4 + 192)


def test_punctuation_is_left_out() -> None:
    given = TokenVectors(("ferry", ",", "##man", "("), ((0, 5), (5, 6), (7, 10), (10, 11)), tokens(4).vectors)
    assert unpack(pack(given)).offsets == ((0, 5), (7, 10))


def test_a_text_without_tokens_is_kept_as_one() -> None:
    empty = TokenVectors((), (), np.empty((0, 8), np.float32))
    assert unpack(pack(empty)).codes.shape == (0, 8)


def test_an_odd_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="7 parts"):
        pack(tokens(2, dimension=7))
