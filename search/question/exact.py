"""What a question names exactly: quoted phrases, reference numbers, sums of money, shares, minute numbers.

A passage that holds one is never lost, however its words compare otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import dropwhile

from indexer.records import StoredPassage
from indexer.text import dates, matching
from indexer.text.figures import figures
from indexer.text.names import ADDRESS
from indexer.text.words import LETTERS, plain_signs

# In plain signs. A quotation in single marks may hold apostrophes: 'the children's home'.
_QUOTED = re.compile(r"\"([^\"]{2,200})\"|(?<!\w)'((?:[^'\"]|(?<=\w)'(?=\w)){4,200})'(?!\w)")
# 24/00115, 2024/1234/FUL, DC-19-0042, CAB123: what councils print on decisions and applications.
_REFERENCE = re.compile(
    r"\b(?:\d{2,4}[/-]\d{3,6}(?:/[A-Z]{1,5})?|[A-Z]{1,5}[-/ ]?\d{2,4}[/-]\d{2,6}|[A-Z]{2,5}\d{3,6})\b"
)
_YEARS = re.compile(r"(?:19|20)\d\d[/-](?:\d\d|(?:19|20)\d\d)")
_NAME_WORD = r"[A-Z][^\W_]*(?:['’-][^\W_]+)*"
_NAME = re.compile(rf"(?<!\w){_NAME_WORD}(?: (?:(?:of|and|the|for|on) ){{0,2}}{_NAME_WORD})+")
_TITLE = re.compile(ADDRESS)
_MINUTE = re.compile(
    r"\b(?:minute|item)s?\s+(?:no\.?\s?|number\s)?(?P<number>\d{1,3}[a-z]?)\b"
    # "minutes 14 March", "item 3 per cent"
    rf"(?!\s?(?:st|nd|rd|th|%)?\s?(?:of\s)?(?:{dates.MONTH}\b|per\s?cent)|[./:,-]\d)",
    re.IGNORECASE,
)


def named(question: str) -> tuple[str, ...]:
    """Find quoted phrases, references, sums and shares, in this order."""
    signs = plain_signs(question)
    quoted = [question[slice(*match.span(match.lastindex or 0))] for match in _QUOTED.finditer(signs)]
    # What a quotation holds is looked for with it.
    rest = _QUOTED.sub(lambda match: " " * len(match.group()), signs)
    references = [match.group() for match in _REFERENCE.finditer(rest) if not _YEARS.fullmatch(match.group())]
    sums = [question[one.start : one.end] for one in figures(rest)]
    return tuple(dict.fromkeys(thing.strip() for thing in [*quoted, *references, *sums] if thing.strip()))


def names(question: str, common: Collection[str], known: Iterable[str] = ()) -> tuple[str, ...]:
    """Find names of several words: "Jane Holt", "Millrace Flood Action Group".

    Capitals make a name, so a question all in capitals, or with a capital for every word, names nothing.

    Args:
        question: as it was typed.
        common: words in lower case that begin no name, though they begin a question.
        known: names of boards and authorities; what is made of their words only is looked for in other ways.
    """
    words = LETTERS.findall(question)
    if 2 * sum(word[0].isupper() for word in words) > len(words) + 2:
        return ()
    bodies = {word.lower() for name in known for word in LETTERS.findall(name)}
    bare = (_bare(match, common) for match in _NAME.finditer(question))
    return tuple(
        dict.fromkeys(
            name
            for name in bare
            if " " in name and any(len(word) > 1 and word.lower() not in bodies for word in LETTERS.findall(name))
        )
    )


def _bare(match: re.Match[str], common: Collection[str]) -> str:
    """Leave out titles ("Cllr"), an ending ("Holt's"), and what comes before a name but is not part of it."""
    words = _begun(match.group().removesuffix("'s").removesuffix("’s").split(), common)
    # The word with which the question begins has a capital in any case.
    first = match.start() == 0 and match.group().startswith(words[0] if words else " ")
    rest = _begun(words[1:], common) if first else []
    return " ".join(rest if len(rest) > 1 else words)


def _begun(words: Sequence[str], common: Collection[str]) -> list[str]:
    return list(
        dropwhile(lambda word: word.islower() or word.lower() in common or _TITLE.fullmatch(word) is not None, words)
    )


def minutes(question: str) -> tuple[str, ...]:
    """Find the numbers of minutes and agenda items: "93" in "what does minute 93 say"."""
    return tuple(dict.fromkeys(match["number"].lower() for match in _MINUTE.finditer(question)))


def share_held(stored: StoredPassage, phrases: Sequence[str], numbers: Sequence[str]) -> float:
    """Give the share of ``phrases`` that a passage or its headings hold; 1 if it belongs to a minute of ``numbers``.

    Phrases are compared as people type (`indexer.text.matching`); a sum of money is found however it is printed, and
    never within another.
    """
    if not (phrases or numbers):
        return 0.0
    section = stored.section
    headings = {heading.partition(". ")[0].lower() for heading in stored.passage.trail if ". " in heading}
    if numbers and set(numbers) & {section.number.lower(), section.agenda_item.lower(), *headings}:
        return 1.0
    if not phrases:
        return 0.0
    text = matching.laid_out(" ".join([*stored.passage.trail, stored.passage.text]))
    return sum(matching.phrase_pattern(phrase).search(text) is not None for phrase in phrases) / len(phrases)
