"""Passages embedded: each with its own heading, what is around that one once for all."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.archive import EmbeddedText, codebook, unpack
from indexer.encoding.embedding import Embedder
from tests.makers.index_maker import TinyEncoder

AROUND = "Harbour Board, 4 June 2021. Minutes. "
TEXTS = {one.hash: one for one in (EmbeddedText(AROUND, f"{n} QUAY\nThe quay holds {n} boats.") for n in range(3))}
ALONE = EmbeddedText("", "A note")


def test_headings_around_several_passages_are_read_once_and_never_again() -> None:
    encoder = TinyEncoder()
    embedder = Embedder(encoder)
    embedder.make(TEXTS)
    assert encoder.texts == [AROUND, *(text.own for text in TEXTS.values())]
    later = EmbeddedText(AROUND, "9 WEIR\nThe weir leaks.")
    embedder.make({later.hash: later})
    assert encoder.texts[4:] == [later.own]


def test_the_tokens_of_a_passage_are_those_of_all_that_was_read_in_their_places() -> None:
    encoder = TinyEncoder()
    made = Embedder(encoder).make(TEXTS)
    book = codebook(encoder.identity.digest, encoder.dimension)
    for hashed, text in TEXTS.items():
        words = [text.whole[start:end] for start, end in unpack(made.tokens[hashed], book).offsets]
        assert words == [word for word in text.whole.split() if word != "The"]


def test_a_vector_is_between_those_of_a_passage_and_of_what_is_around_it_nearer_to_the_passage() -> None:
    encoder = TinyEncoder()
    made = Embedder(encoder).make(TEXTS)
    (around,) = encoder.encode([AROUND])
    for hashed, text in TEXTS.items():
        (own,) = encoder.encode([text.own])
        assert np.linalg.norm(made.rows[hashed]) == pytest.approx(1.0, abs=1e-6)
        assert made.rows[hashed] @ own > made.rows[hashed] @ around > own @ around


def test_a_passage_under_one_heading_or_none_is_embedded_as_it_is() -> None:
    encoder = TinyEncoder()
    made = Embedder(encoder).make({ALONE.hash: ALONE})
    np.testing.assert_array_equal(made.rows[ALONE.hash], encoder.encode([ALONE.own])[0])


def test_no_texts_make_nothing() -> None:
    made = Embedder(TinyEncoder()).make({})
    assert (made.rows, made.tokens) == ({}, {})
