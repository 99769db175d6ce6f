"""Where in a passage the cross-encoder sees what answers a question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Located:
    """Of each token that was read the probability that it belongs to the evidence, float32 (tokens,).

    ``offsets``, int32 (tokens, 2), are where each begins and ends in the passage's text; of its headings below 0.
    """

    offsets: NDArray[np.int32]
    evidence: NDArray[np.float32]

    def overlap(self, begin: int, end: int) -> float:
        """Give the expected overlap of a stretch of the text with the evidence, as Dice's coefficient, in [0, 1]."""
        own = (self.offsets[:, 1] > begin) & (self.offsets[:, 0] < end)
        every = self.evidence[self.offsets[:, 1] > 0].sum()
        return float(2 * self.evidence[own].sum() / max(own.sum() + every, 1.0))
