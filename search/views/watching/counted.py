"""An engine whose questions take turns and are counted."""

from __future__ import annotations

import os
import threading
import time
from typing import Final

from indexer.records import Filters
from search.engine import Engine
from search.question.follow_up import NOTHING, Earlier
from search.results import Answered
from search.views.watching.meters import meters

# As many questions at once as there are cores: more would be slower together, and none is answered in its turn.
_TURNS: Final = threading.Semaphore(os.cpu_count() or 1)


class Counted(Engine):
    """As `Engine`; questions that are not in memory take turns, and how each went is counted, not what it was."""

    def ask(
        self, question: str, filters: Filters | None = None, limit: int = 10, earlier: Earlier = NOTHING
    ) -> Answered:
        """See `Engine.ask`."""
        began, kept = time.perf_counter(), self.keeps(question, filters, limit, earlier)
        if kept:
            answered = super().ask(question, filters, limit, earlier)
        else:
            with _TURNS:
                answered = super().ask(question, filters, limit, earlier)
        if counts := meters():
            counts.question(answered.status, time.perf_counter() - began, kept)
        return answered
