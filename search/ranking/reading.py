"""Third stage: the first passages read together with the question by a cross-encoder, and ordered by that as well.

Where what holds now is asked for, the latest that match are read as well, and the latest of all that answer comes
first: not the latest of whatever shares the question's words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Protocol

from indexer.encoding.cross_encoder import Verdict
from indexer.records import RULINGS, StoredPassage
from search.bounds import BOUNDS
from search.question.query import Query
from search.ranking import presence
from search.ranking.located import Located
from search.ranking.passage_tokens import TokenCache
from search.ranking.rerank import Ranked
from search.settings import READ, Quoting, Settings

# Where an entry of a list begins: whatever sign the paper has for a bullet.
_ENTRY = re.compile(r"^\s*+[^\w\s\"'“‘(\[£$€%&.,;:!?#]\s", re.MULTILINE)


class CrossEncoder(Protocol):
    """Says how surely texts answer a question; see `indexer.encoding.cross_encoder`."""

    def judge(self, question: str, texts: Sequence[str]) -> Sequence[Verdict]:
        """Give a verdict on each text."""
        ...


class Remembering:
    """Another cross-encoder that reads no text again for a question that it has lately read it for.

    Safe between threads.
    """

    def __init__(self, cross_encoder: CrossEncoder) -> None:
        self._cross_encoder = cross_encoder
        self._verdicts: dict[tuple[str, str], Verdict] = {}
        self._lock = Lock()

    def judge(self, question: str, texts: Sequence[str]) -> list[Verdict]:
        """Give verdicts, as the cross-encoder does; those on pairs read lately out of memory."""
        pairs = [(question, text) for text in dict.fromkeys(texts)]
        with self._lock:
            known = {pair: self._verdicts[pair] for pair in pairs if pair in self._verdicts}
        if new := [pair for pair in pairs if pair not in known]:
            judged = self._cross_encoder.judge(question, [text for _, text in new])
            known |= zip(new, judged, strict=True)
            self._keep({pair: known[pair] for pair in new})
        return [known[question, text] for text in texts]

    def _keep(self, verdicts: Mapping[tuple[str, str], Verdict]) -> None:
        with self._lock:
            self._verdicts |= verdicts
            for pair in list(self._verdicts)[: -BOUNDS.kept_verdicts]:
                del self._verdicts[pair]


def remembering(cross_encoder: CrossEncoder | None) -> Remembering | None:
    """Give one that remembers; itself if it does, None where there is none."""
    if cross_encoder is None or isinstance(cross_encoder, Remembering):
        return cross_encoder
    return Remembering(cross_encoder)


def in_full(query: Query) -> str:
    """Give a question with its acronyms in full: the model has not seen them, though passages may say either."""
    text = query.text
    for short, forms in query.expanded.items():
        if short.isupper() and forms:
            full = f"{forms[0]} ({short})".replace("\\", r"\\")  # what papers print is not a template
            text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, text)
    return text


def read(
    query: Query, ranked: Sequence[Ranked], cross_encoder: CrossEncoder | None, cache: TokenCache, settings: Settings
) -> list[Ranked]:
    """Order the first passages anew by their scores and by what the cross-encoder says of them; the others stay.

    Args:
        query: the question.
        ranked: passages, best first.
        cross_encoder: reads them; without one the order stays.
        cache: gives their texts.
        settings: how many are read, and what a unit of log-odds is worth.
    """
    first, rest = ranked[: settings.read], ranked[settings.read :]
    if cross_encoder is None or not first:
        return list(ranked)
    latest = _latest(ranked, settings) if query.newest else []
    read_ones = _all_judged(query, [*first, *latest], cross_encoder, cache, settings)
    if not query.newest:
        return [*sorted(read_ones, key=lambda one: -one.score), *rest]
    answering = sorted(current_of(query, read_ones, settings.quoting), key=lambda one: (age(one), -one.score))
    among = {one.stored.id for one in answering}
    others = (*sorted(read_ones[: len(first)], key=lambda one: -one.score), *rest)
    return [*answering, *(one for one in others if one.stored.id not in among)]


def rulings_read(
    query: Query,
    shown: Sequence[tuple[Ranked, list[Ranked]]],
    cross_encoder: CrossEncoder | None,
    cache: TokenCache,
    settings: Settings,
) -> list[tuple[Ranked, list[Ranked]]]:
    """Read those rulings that an answer may quote and that were not read yet, where a decision is asked for.

    A later one or that of the best passage's own item is shown without having been among the first. The order stays,
    and so do the scores; arguments as of `read`.
    """
    every = [one for one, _ in shown[:READ] if one.stored.passage.kind in RULINGS]
    unread = [one for one in every if one.answers is None and not one.parts]
    if cross_encoder is None or not unread or not _rules(query):
        return list(shown)
    own = {one.stored.id: one for one in _all_judged(query, unread, cross_encoder, cache, settings)}
    told = [(one, own.get(one.stored.id, one)) for one, _ in shown]
    of = [replace(one, answers=other.answers, located=other.located) for one, other in told]
    return [(one, versions) for one, (_, versions) in zip(of, shown, strict=True)]


def _all_judged(
    query: Query, every: Sequence[Ranked], cross_encoder: CrossEncoder, cache: TokenCache, settings: Settings
) -> list[Ranked]:
    """Let the cross-encoder read passages; where a decision is asked for, a ruling with what it comes after."""
    stored = [one.stored for one in every]
    leads = _leads(stored, cache, settings.ruling_led) if _rules(query) else {}
    texts = [_led(one, text, leads.get(one.id, "")) for one, text in zip(stored, cache.texts(stored), strict=True)]
    verdicts = cross_encoder.judge(in_full(query), texts)
    return [
        _judged(one, verdict, len(text), settings) for one, verdict, text in zip(every, verdicts, texts, strict=True)
    ]


def _rules(query: Query) -> bool:
    return not {"decision", "recommendation"}.isdisjoint(query.intents)


def _leads(stored: Sequence[StoredPassage], cache: TokenCache, most: int) -> dict[int, str]:
    """Give, for each ruling by its id, what was said right before it in its section, in so many words at most."""
    short = (one for one in stored if one.passage.kind in RULINGS and len(one.passage.text.split()) < most)
    rulings = {one.id - 1: one for one in short}
    before = cache.passages(list(rulings))
    return {
        after.id: _last_entry(before[id].passage.text, most)
        for id, after in rulings.items()
        if id in before and home(before[id]) == home(after)
    }


def home(stored: StoredPassage) -> tuple[str, int]:
    """Give the paper and section that a passage is in."""
    return stored.paper.id, stored.section.ordinal


def _last_entry(text: str, most: int) -> str:
    """Cut the last entry of a list, or else the last words of a text."""
    begin = max((match.end() for match in _ENTRY.finditer(text)), default=None)
    words = text.split() if begin is None else text[begin:].split()
    return " ".join(words[-most:] if begin is None else words[:most])


def _led(stored: StoredPassage, text: str, lead: str) -> str:
    """Set a lead between a passage's headings and its own text."""
    own = stored.passage.text
    return f"{text.removesuffix(own)}{lead}\n{own}" if lead else text


def _judged(one: Ranked, verdict: Verdict, read: int, settings: Settings) -> Ranked:
    """Let the verdict on a passage, of whose text with its headings ``read`` characters are, count for its score."""
    before = read - len(one.stored.passage.text)
    return replace(
        one,
        score=one.score + settings.reading * verdict.odds,
        answers=1 / (1 + math.exp(-verdict.odds)),
        located=Located(verdict.offsets - before, verdict.evidence),
    )


def answering_of(ranked: Sequence[Ranked], quoting: Quoting) -> list[Ranked]:
    """Give the passages that answer nearly as surely as the one that does most surely; all where none was read.

    None is given where all that were read hardly answer.
    """
    best = max((one.sure for one in ranked), default=0.0)
    least = max(quoting.as_sure * best, quoting.least_sure) if best else 0.0
    return [one for one in ranked if one.sure >= least]


def current_of(query: Query, ranked: Sequence[Ranked], quoting: Quoting) -> list[Ranked]:
    """Give the passages of which the newest holds now: those that answer.

    Where the latest on a matter is asked for, what stands under a heading on it does as well: "is to be reviewed in
    May" answers no question, and may be the latest.
    """
    sure = set(map(id, answering_of(ranked, quoting)))
    return [one for one in ranked if id(one) in sure or (query.latest and presence.titled(query, one.stored))]


def age(one: Ranked) -> int:
    """Order by the date of the meeting, or of the paper, the latest first; unknown dates last."""
    day = one.stored.section.meeting.date or one.stored.paper.meeting.date
    return -day.toordinal() if day else 0


def _latest(ranked: Sequence[Ranked], settings: Settings) -> list[Ranked]:
    """Give the latest that match about as well as the best, of the passages that are not read anyway."""
    floor = settings.as_new * max((one.match for one in ranked), default=0.0)
    good = (one for one in ranked[settings.read :] if one.match >= floor)
    return sorted(good, key=lambda one: (age(one), -one.score))[: settings.read // 2]
