"""Where the sentences of a passage begin and end, for quoting them word for word.

A line break is a paragraph border and always ends a sentence; a table row (a line with tabs) is one sentence. No
library is used: the general ones split "Cllr. Smith" and "10.00 a.m. on Monday", and none knows table rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.text import dates
from indexer.text.words import BULLETS, listed

_STOP = re.compile(r"(?<![.!?])[.!?]++(?P<close>[\"'”’)\]]*)(?P<note>(?<=[a-z)”’]\.)\d{1,2})?\s+(?=\S)")
_BULLET = re.compile(rf"(?<!\s)\s*+(?=[{BULLETS}])")
_LAST_WORD = re.compile(r"(?<![^\s(\[“\"‘])[^\s(\[“\"‘]++$")

# Never the end of a sentence: what follows belongs to it.
_TITLES = listed(
    "mr mrs ms miss mx dr prof cllr cllrs councillor rev revd hon rt st gt mt lt col maj capt gen sgt supt insp det "
    "messrs e.g eg i.e ie viz cf vs v approx dept govt incl esp rt.hon"
)
# Not the end where a figure follows: "No. 5", "para. 12", "Jan. 2014", "Ext. 6630", "Vol. II", "Tues. 3 March".
_BEFORE_FIGURES = dates.SHORT_MONTHS | listed(
    "no nos para paras p pp vol fig figs art s ss sec ch cl reg regs sch ref item ext tel min mins "
    "mon tue tues wed weds thu thur thurs fri c ca"
)
_FIGURE = re.compile(r"\d|[IVXL]+\b")
# Not the end where a day or month follows: "10.00 a.m. Monday".
_TIMES = listed("am pm a.m p.m")
_CALENDAR = re.compile(rf"(?:{dates.WEEKDAY}|{dates.MONTH})\b")
_LABEL = re.compile(rf"^\s*+[{BULLETS}o-]?\s*+\(?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[A-Za-z]|[ivxlIVXL]{{1,5}})[.)]?\s*\)?$")
# Each of a paragraph's parts begins a sentence: "(a) Balances. (b) Payments".
_PART = re.compile(r"\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)\s")
# "Appendix A." ends a sentence; "R. Gough" does not.
_LETTERED = listed(
    "appendix option group grade plan category class level tier schedule part section annex table figure band "
    "ward phase zone block unit type paper item list vitamin hepatitis"
)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of ``text`` as half-open spans without surrounding white space, in order.

    Every character that is not white space lies in exactly one span.
    """
    return tuple(span for line in _lines(text) for span in _in_line(text, *line))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _in_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    line = text[start:end]
    cuts = [] if "\t" in line else _cuts(line)
    for left, right in zip([0, *cuts], [*cuts, len(line)], strict=True):
        part = line[left:right]
        if part.strip():
            begin = start + left + len(part) - len(part.lstrip())
            yield begin, begin + len(part.strip())


def _cuts(line: str) -> list[int]:
    cuts: list[int] = []
    begin = 0
    for match in _STOP.finditer(line):
        if _ends(line[begin : match.start()], match, line[match.end() :]):
            cuts.append(match.end())
            begin = match.end()
    # a bullet inside a line starts a new sentence, unless it comes before the first word
    cuts += [match.start() for match in _BULLET.finditer(line) if line[: match.start()].strip()]
    return sorted(set(cuts))


def _ends(before: str, stop: re.Match[str], after: str) -> bool:
    """Say whether a stop between ``before`` and ``after`` ends the sentence."""
    first = after.lstrip("\"'“‘([")[:1]
    if not before.strip() or (first.islower() and not _PART.match(after)):
        return False
    mark = stop.group().strip()
    if stop.group("close") or stop.group("note") or not mark.startswith("."):
        return True
    if len(mark) > 3 and first.isdigit():  # leader dots of a table of contents
        return False
    return not _abbreviated(before, after)


def _abbreviated(before: str, after: str) -> bool:
    """Say whether the stop after ``before`` belongs to an abbreviation, an initial or a clause's label."""
    match = _LAST_WORD.search(before)
    word = match.group().lower() if match else ""
    if _LABEL.match(before) or word in _TITLES:
        return True
    if word in _TIMES:
        return bool(_CALENDAR.match(after.lower()))
    if word in _BEFORE_FIGURES and _FIGURE.match(after):
        return True
    if len(word) == 1 and word.isalpha():
        earlier = before[: -len(word)].split()
        return not (earlier and earlier[-1].lower() in _LETTERED)
    initials = "." in word and all(len(one) == 1 and one.isalpha() for one in word.split("."))
    return initials and _is_name(before, word)


def _is_name(before: str, word: str) -> bool:
    # "R.W. Gough" goes on; "the N.H.S. The board" ends
    return before[-len(word) :].isupper() and len(word) <= 3
