"""Token vectors as an archive keeps them: what is left out, how near they stay, how small they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.archive import Codebook, codebook, join, pack, unpack
from indexer.encoding.weights import DEFAULT_DIGEST

PACKAGED = codebook(DEFAULT_DIGEST, 384)


def rows(count: int, seed: int = 0, dimension: int = 384) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def cosines(vectors: NDArray[np.float32], book: Codebook) -> NDArray[np.float32]:
    """How near each vector is to what is decoded of it."""
    return np.einsum("ij,ij->i", book.decode(book.encode(vectors)), vectors @ book.axes)


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(0, 10_000))
def test_a_model_without_a_codebook_of_its_own_keeps_four_bits_a_number(count: int, seed: int) -> None:
    book = codebook("of another model", 64)
    assert book.width == 32
    assert (cosines(rows(count, seed, 64), book) > 0.95).all(), "an axis may be longer than the outermost step"


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 10_000))
def test_what_is_decoded_is_as_long_as_makes_cosines_come_out_right(count: int, seed: int) -> None:
    decoded = PACKAGED.decode(PACKAGED.encode(rows(count, seed)))
    np.testing.assert_allclose(PACKAGED.kept * np.linalg.norm(decoded, axis=1), np.ones(count), atol=1e-5)


def test_the_packaged_codebook_has_even_axes_and_takes_46_bytes_a_vector() -> None:
    np.testing.assert_allclose(PACKAGED.axes.T @ PACKAGED.axes, np.eye(264), atol=0.01)
    assert PACKAGED.width == 46


def test_what_a_code_stands_for_is_coded_as_itself() -> None:
    codes = np.random.default_rng(1).integers(256, size=(20, PACKAGED.width)).astype(np.uint8)
    centroids = PACKAGED.decode(codes) @ PACKAGED.axes.T
    assert 0.85 < PACKAGED.kept < 0.95
    assert (cosines(centroids / np.linalg.norm(centroids, axis=1, keepdims=True), PACKAGED) > 0.85).all()


def test_a_hundred_words_take_less_than_five_kilobytes() -> None:
    text = "ferry " * 100
    offsets = [(6 * n, 6 * n + 5) for n in range(100)]
    assert len(next(pack([(text, offsets, rows(100))], PACKAGED))) == 100 * (3 + 46)


def test_texts_packed_together_are_as_each_alone() -> None:
    texts = [
        ("ferry " * count, [(6 * n, 6 * n + 5) for n in range(count)], rows(count, count)) for count in (300, 0, 7)
    ]
    assert list(pack(texts, PACKAGED)) == [next(pack([text], PACKAGED)) for text in texts]
    assert list(pack([], PACKAGED)) == []


@pytest.mark.parametrize(
    ("text", "offsets", "kept"),
    [
        ("ferry, quay (", [(0, 5), (5, 6), (7, 11), (12, 13)], [(0, 5), (7, 11)]),
        ("of the Ferry", [(0, 2), (3, 6), (7, 12)], [(7, 12)]),
        ("crisis is here", [(0, 4), (4, 6), (7, 9), (10, 14)], [(0, 4), (4, 6)]),
        ("Who is who?", [(0, 3), (4, 6), (7, 10), (10, 11)], [(0, 3), (4, 6), (7, 10)]),
        ("a" * 300, [(0, 300)], [(0, 255)]),
        ("", [], []),
    ],
    ids=["signs", "words that tell nothing", "pieces of words", "nothing else", "a word without end", "no text"],
)
def test_only_what_tells_something_is_kept(
    text: str, offsets: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    [data] = pack([(text, offsets, rows(len(offsets)))], PACKAGED)
    assert unpack(data, PACKAGED).offsets == tuple(kept)


def test_offsets_may_count_from_a_later_part_of_the_text() -> None:
    [data] = pack([("Quay\nferry", [(0, 4), (5, 10)], rows(2))], PACKAGED)
    tokens = unpack(data, PACKAGED, before=5)
    assert tokens.offsets == ((-5, -1), (0, 5))
    np.testing.assert_array_equal(tokens.codes, PACKAGED.encode(rows(2)))


def test_an_odd_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="7 parts"):
        codebook("of another model", 7)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["ferry", "the", "quay", "of", "47"]), max_size=12), st.integers(0, 12))
def test_two_stretches_packed_apart_and_joined_are_as_the_text_packed_whole(words: list[str], cut: int) -> None:
    text = " ".join(words)
    starts = [len(" ".join(words[:at])) + bool(at) for at in range(len(words))]
    offsets = [(start, start + len(word)) for start, word in zip(starts, words, strict=True)]
    vectors = rows(len(words))
    first, second = pack([(text, offsets[:cut], vectors[:cut]), (text, offsets[cut:], vectors[cut:])], PACKAGED)
    whole = unpack(next(pack([(text, offsets, vectors)], PACKAGED)), PACKAGED)
    joined = unpack(join(first, second, PACKAGED), PACKAGED)
    told = [at for at, (start, end) in enumerate(whole.offsets) if text[start:end] not in ("the", "of")]
    kept = {place: codes.tobytes() for place, codes in zip(joined.offsets, joined.codes, strict=True)}
    assert list(joined.offsets) == sorted(joined.offsets)
    assert all(kept[whole.offsets[at]] == whole.codes[at].tobytes() for at in told)
