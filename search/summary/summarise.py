"""A summary of an answer, in a machine's words, each sentence checked; below the quotations, never instead of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.errors import SummaryError
from search.results import Answered
from search.summary import client, prompt
from search.summary.check import Said, checked
from search.summary.settings import Settings


@dataclass(frozen=True, slots=True)
class Summary:
    """What is left of it: sentences, why each of the others was dropped, and the name of the model."""

    sentences: tuple[Said, ...]
    dropped: tuple[str, ...]
    model: str

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form; ``hits`` count from 1 in the answer's hits."""
        return {
            "sentences": [{"text": one.text, "hits": list(one.cites)} for one in self.sentences],
            "dropped": len(self.dropped),
            "model": self.model,
            "notice": self.notice,
        }

    @property
    def notice(self) -> str:
        """What the reader is told of it."""
        told = f"Written by a machine ({self.model}) from the quoted passages; the quotations count, not this."
        if self.dropped:
            many = "1 sentence was" if len(self.dropped) == 1 else f"{len(self.dropped)} sentences were"
            told += f" {many} dropped, because the passages do not bear them out."
        return told if self.sentences else f"{told} Nothing is left."


def summarise(answered: Answered, settings: Settings) -> Summary:
    """Have the passages that an answer quotes summarised; only they and the question are sent.

    Raises:
        SummaryError: the model does not answer as it should, or there is no answer to summarise.
    """
    cited = {sentence.hit for sentence in answered.answer}
    hits = {hit.rank: hit for hit in answered.hits if hit.rank in cited}
    if not hits:
        message = "There is no answer to summarise: the archive does not seem to hold it"
        raise SummaryError(message)
    text = client.complete(settings, prompt.messages(answered.question, {rank: hit.text for rank, hit in hits.items()}))
    evidence = {rank: f"{hit.text} {hit.title} {hit.reference}" for rank, hit in hits.items()}
    kept, dropped = checked(text, evidence)
    return Summary(kept, dropped, settings.model)


def attempted(answered: Answered, settings: Settings) -> dict[str, Any]:
    """Give the JSON of a summary, or of why there is none: an answer does not depend on it."""
    try:
        return summarise(answered, settings).to_json()
    except SummaryError as error:
        return {"error": str(error)}
