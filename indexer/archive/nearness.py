"""FAISS, and nothing else of it anywhere: indexes of vectors compared one by one, and of vectors too many for that.

The second kind is partitioned and compressed. A row takes 4/3 bits a dimension that are scanned (product quantisation,
sixteen centroids a part, compared 32 rows at a time in the processor's registers: André et al., "Accelerated Nearest
Neighbor Search with Quick ADC", ICMR 2017) and four bits a dimension by which the best of these are ordered again: 265
bytes at 384 dimensions. Its scores are close to cosines, not equal to them: who asks compares the best with the vectors
themselves.

Partitions spare little: with three in four of them recall is as good as with all, with half it falls below .98
(``benchmarks/README.md``). Vectors of text lie too evenly in space for more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Partitions, the rows that each should have at least, and the share of partitions that an unfiltered search visits.
_PARTITIONS, _ROWS_A_PARTITION, _VISITED = 64, 256, 0.75
# Dimensions that share one code of four bits.
_DIMENSIONS_A_CODE = 3
# Rows found by the scanned codes, for each one wanted, that are ordered again.
_ORDERED_AGAIN = 4


def exact(vectors: NDArray[np.float16]) -> Any:  # noqa: ANN401 - FAISS ships no types
    """Return an index over float16 (n, dim) unit rows, by place, whose scores are cosines."""
    faiss = _faiss()
    count, dimension = vectors.shape
    index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.is_trained = True
    # Its codes are the float16 numbers as they are, so they are copied and not computed again.
    faiss.copy_array_to_vector(np.ascontiguousarray(vectors).view(np.uint8).ravel(), index.codes)
    index.ntotal = count
    return index


def compressed(sample: NDArray[np.float32], batches: Iterable[NDArray[np.float16]]) -> NDArray[np.uint8]:
    """Make an index and return it as bytes.

    Args:
        sample: float32 (m, dim), unit rows like all that will be in it; some ten thousand are enough.
        batches: float16 (n, dim) each, unit rows; a row's place is its number in all batches together.
    """
    faiss = _faiss()
    dimension = sample.shape[1]
    codes = next(n for n in range(max(1, dimension // _DIMENSIONS_A_CODE), 0, -1) if dimension % n == 0)
    partitions = max(1, min(_PARTITIONS, len(sample) // _ROWS_A_PARTITION))
    inner = faiss.METRIC_INNER_PRODUCT
    middle = faiss.IndexFlatIP(dimension)
    scanned = faiss.IndexIVFPQFastScan(middle, dimension, partitions, codes, 4, inner)
    fine = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_4bit, inner)
    index = faiss.IndexRefine(scanned, fine)
    index.train(sample)
    for batch in batches:
        index.add(np.ascontiguousarray(batch, dtype=np.float32))
    made: NDArray[np.uint8] = faiss.serialize_index(index)
    return made


def opened(data: NDArray[np.uint8]) -> Any:  # noqa: ANN401 - FAISS ships no types
    """Return the index that `compressed` made."""
    return _faiss().deserialize_index(data)


def search(
    index: Any,  # noqa: ANN401
    query: NDArray[np.float32],
    most: int,
    passing: NDArray[np.bool_] | None,
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Find the rows nearest to ``query``, best first: their scores, and their places.

    Args:
        index: of `exact`, or of `opened`, whose scores are nearly cosines.
        query: float32 (1, dim), a unit vector.
        most: how many at most.
        passing: which rows count, None for all. With a filter every partition is visited: what passes may lie in any.
    """
    faiss = _faiss()
    # One question is one thread's work: waiting for the other cores costs more than they give when several people ask.
    faiss.omp_set_num_threads(1)
    # FAISS reads the bits where they are: they must outlive the search.
    bits = None if passing is None else np.packbits(passing, bitorder="little")
    chosen = None if bits is None else faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
    if isinstance(index, faiss.IndexRefine):
        partitions = faiss.downcast_index(index.base_index).nlist
        visited = partitions if passing is not None else max(1, round(partitions * _VISITED))
        inner = faiss.SearchParametersIVF(sel=chosen, nprobe=visited)
        how = faiss.IndexRefineSearchParameters(k_factor=_ORDERED_AGAIN, base_index_params=inner)
    else:
        how = None if chosen is None else faiss.SearchParameters(sel=chosen)
    scores, places = index.search(query, most, params=how)
    there = places[0] >= 0
    return scores[0][there], places[0][there]


def _faiss() -> Any:  # noqa: ANN401
    """Import FAISS when it is first needed: it takes a while."""
    import faiss

    return faiss
