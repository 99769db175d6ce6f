"""An engine whose questions are counted."""

from __future__ import annotations

import time

from indexer.records import Filters
from search.engine import Engine
from search.question.follow_up import NOTHING, Earlier
from search.results import Answered
from search.views.watching.meters import meters


class Counted(Engine):
    """As `Engine`; how each question went is counted, and not what it was."""

    def ask(
        self, question: str, filters: Filters | None = None, limit: int = 10, earlier: Earlier = NOTHING
    ) -> Answered:
        """See `Engine.ask`."""
        counts = meters()
        if counts is None:
            return super().ask(question, filters, limit, earlier)
        began, kept = time.perf_counter(), self.keeps(question, filters, limit, earlier)
        answered = super().ask(question, filters, limit, earlier)
        counts.question(answered.status, time.perf_counter() - began, kept)
        return answered
