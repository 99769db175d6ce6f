"""No text makes a pattern slow: each of the product takes a thousand hostile texts, and long ones in a moment."""

from __future__ import annotations

import itertools
import re
import time
from typing import Any

from tests.makers.pattern_finder import Used, made_when_called, used_patterns

_LONG = 12_000
_SHORT = 120
# What is only tried on the last so many characters of a text.
_BOUNDED = {"indexer/decisions/movers.py:_BEFORE": 140}
_SECONDS = 1.0  # of processor time for one long text; what grows by its square and more takes many times that
_PUMPS = (
    "A.A.",
    "a",
    " ",
    "\t",
    "1",
    "1,",
    "a ",
    "A ",
    "a-",
    "(",
    ".",
    "-",
    "1 January ",
    "Cllr A ",
    "A\tB\t",
    "\n",
    '"',
)
_MORE = (
    *("1.", "1 ", "Aa ", "a.", "- ", ")", "£1", "%", ",", "; ", "'", "a'", "“", "_", "*", "**", "#", "/", "a/", "a@"),
    *("and ", "the ", "of ", "item 1 ", "minute ", "RESOLVED ", "page 1", "a\n", "1\n", "A B", "1\t", "|", "• ", "–"),
    *("<", "<a ", ">", "(a) ", "1) ", "for ", "agreed ", "é", "Appendix A ", "exempt ", "&", "A & ", "\x00", "\u00a0"),
)
_BEFORE = ("", "a ", "\n", "1 ")
_AFTER = ("", "!", " z", "\x00")


def hostile() -> list[str]:
    """Give a thousand short texts that make a pattern try one way after the other."""
    pumps = itertools.product((*_PUMPS, *_MORE), _BEFORE, _AFTER)
    return [before + (pump * _SHORT)[:_SHORT] + after for pump, before, after in pumps][:1000]


def slowest(used: Used, texts: list[str]) -> tuple[float, str]:
    """Give the processor time that a pattern takes for the worst of ``texts``, and that text's beginning."""
    binary = isinstance(used.pattern.pattern, bytes)
    worst = (0.0, "")
    for text in texts:
        begun = time.process_time()
        _run(used, text.encode() if binary else text)
        worst = max(worst, (time.process_time() - begun, text[:8]))
        if worst[0] > _SECONDS:
            break
    return worst


def _run(used: Used, text: Any) -> None:
    pattern: re.Pattern[Any] = used.pattern
    if used.anchored:
        pattern.match(text)
        pattern.fullmatch(text)
    else:
        for _ in pattern.finditer(text):
            pass


def test_no_text_makes_a_pattern_slow() -> None:
    texts, long = hostile(), [(pump * _LONG)[:_LONG] + "\x00" for pump in _PUMPS]
    slow = []
    for used in used_patterns():
        # Short ones first: what doubles with every letter would never come back from a long one.
        short = slowest(used, texts)
        cut = _BOUNDED.get(used.place, _LONG)
        taken = short if short[0] > _SECONDS / 10 else slowest(used, [text[-cut:] for text in long])
        if taken[0] > (_SECONDS / 10 if taken is short else _SECONDS):
            slow.append(f"{used.place}: {taken[0]:.2f} s for {taken[1]!r}: {used.pattern.pattern[:80]!r}")
    assert slow == []


def test_no_pattern_is_made_of_what_only_a_call_knows() -> None:
    # What is looked for in an archive is escaped; all else is one of the patterns that are tried here.
    assert made_when_called() == set()


def test_every_kind_of_pattern_is_found() -> None:
    places = {used.place for used in used_patterns()}
    assert len(places) > 300
    assert {"indexer/text/dates.py:_DATE", "search/question/intent.py:_PATTERNS"} <= places
