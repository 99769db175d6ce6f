"""How often one address may ask: a token bucket for each, in memory. Nothing of Streamlit here."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from search.bounds import BOUNDS


class Rate:
    """Lets each client do ``burst`` things at once and ``each_second`` on average. Safe to use from several threads."""

    def __init__(self, burst: int, each_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._each_second = each_second
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str) -> int:
        """Take one token of a client's; give 0, or in how many whole seconds to come back where none is left."""
        now = self._clock()
        with self._lock:
            left, before = self._left.pop(client, (float(self._burst), now))
            left = min(self._burst, left + (now - before) * self._each_second)
            allowed = left >= 1
            self._left[client] = (left - 1 if allowed else left, now)
            if len(self._left) > BOUNDS.clients:
                self._left.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - left) / self._each_second))
