"""Whether each sentence of a machine's summary is supported by the passages that it cites; what is not is dropped.

The check does not trust the model to have understood, nor to have followed its instructions rather than a paper's. It
cannot say whether a sentence is true, only that its numbers, dates, names, outcomes and most of its words are in the
cited passages, that its quotations are there word for word, and that it turns nothing into its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from indexer.text import dates
from indexer.text.number_words import UNITS
from indexer.text.sentences import sentences
from indexer.text.words import DIGITS, STOP_WORDS, WORD
from search.bounds import BOUNDS
from search.settings import HISTORY

_CITED = re.compile(r"(?<!\s)\s*+\[([\d,;\s]{1,40})\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_ADDRESS = re.compile(r"https?:|www\.|@|\b[\w-]{1,63}\.(?:com|org|net|uk|io|gov)\b|[<>{}`|]|\]\(", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no|never|none|neither|nor|without|un(?:able|likely)|n['’]t)\b|n['’]t\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=[.;:!?])\s+|\n")
# Stems of what a body may do with a matter: none may be said that the passage does not say.
_OUTCOMES = [
    "accept",
    "adopt",
    "agree",
    "amend",
    "appro",
    "confirm",
    "declin",
    "defer",
    "delegat",
    "dismiss",
    "endors",
    "lost",
    "note",
    "oppos",
    "pass",
    "recommend",
    "refer",
    "refus",
    "reject",
    "resolv",
    "support",
    "withdr",
]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence that is supported: its words without the citations, and the numbers of the passages it cites."""

    text: str
    cites: tuple[int, ...]


def checked(text: str, evidence: Mapping[int, str]) -> tuple[tuple[Said, ...], tuple[str, ...]]:
    """Take a summary apart: the sentences that are supported, and why each of the others is not.

    Args:
        text: what the model wrote.
        evidence: all that is known of each passage, by its number: its text, its heading and its reference.
    """
    kept: list[Said] = []
    dropped: list[str] = []
    for sentence in _sentences(text):
        said = Said(_CITED.sub("", sentence).strip(), _cites(sentence))
        fault = _fault(said, sentence, evidence) if len(kept) < BOUNDS.summary_sentences else "too many sentences"
        if fault:
            dropped.append(fault)
        else:
            kept.append(said)
    return tuple(kept), tuple(dropped)


def _sentences(text: str) -> Iterator[str]:
    """Yield sentences; citations behind the full stop belong to the sentence before."""
    moved = re.sub(r"([.!?])((?:\s*\[[\d,;\s]{1,40}\])+)", r"\2\1", text)
    for start, end in sentences(moved):
        if WORD.search(moved[start:end]):
            yield moved[start:end]


def _cites(sentence: str) -> tuple[int, ...]:
    numbers = (int(one) for group in _CITED.findall(sentence) for one in DIGITS.findall(group))
    return tuple(dict.fromkeys(numbers))


def _fault(said: Said, sentence: str, evidence: Mapping[int, str]) -> str:
    """Say what is wrong with a sentence; "" if nothing is."""
    if not said.cites:
        return "cites no passage"
    if any(number not in evidence for number in said.cites):
        return "cites a passage that was not given"
    if len(sentence.split()) > BOUNDS.summary_sentence_words:
        return "too long"
    if _ADDRESS.search(said.text):
        return "holds an address or marks"
    known = "\n".join(evidence[number] for number in said.cites)
    return next((name for name, test in _TESTS.items() if not test(said.text, known)), "")


def _numbers(text: str, known: str) -> bool:
    return _figures(text) <= _figures(known)


def _figures(text: str) -> set[str]:
    """Give the numbers of a text in one form: without commas, and those that are spelled out."""
    digits = {number.replace(",", "").rstrip(".") for number in _NUMBER.findall(text)}
    return digits | {str(UNITS.index(word)) for word in _lower(text) if word in UNITS and word != "one"}


def _dates(text: str, known: str) -> bool:
    """Every date is there: day and month, and the year where the sentence gives one."""
    have = {day for _, _, day in dates.find(known)}
    yearless = {*dates.yearless(known), *((day.day, day.month) for day in have)}
    return {day for _, _, day in dates.forms(text)} <= have and set(dates.yearless(text)) <= yearless


def _names(text: str, known: str) -> bool:
    have = set(_lower(known))
    words = _WORD.findall(text)
    capital = [word.lower() for word in words if word[:1].isupper()]
    return all(word in have or word in STOP_WORDS for word in map(_bare, capital))


def _quotations(text: str, known: str) -> bool:
    plain = " ".join(known.split())
    return all(" ".join(quoted.split()).rstrip(".,;") in plain for quoted in _QUOTED.findall(text))


def _outcomes(text: str, known: str) -> bool:
    return _stems(text) <= _stems(known)


def _stems(text: str) -> set[str]:
    return {stem for word in _lower(text) for stem in _OUTCOMES if word.startswith(stem)}


def _denials(text: str, known: str) -> bool:
    """The sentence denies if and only if the clause nearest to it does."""
    own = _telling(text)
    clauses = [clause for clause in _CLAUSE.split(known) if clause.strip()]
    alike = [len(own & _telling(clause)) for clause in clauses]
    most = max(alike, default=0)
    denies = {bool(_NOT.search(clause)) for clause, count in zip(clauses, alike, strict=True) if count == most}
    return bool(_NOT.search(text)) in denies


def _telling(text: str) -> set[str]:
    return {_stem(word) for word in _lower(text) if word not in STOP_WORDS and len(word) > 2}


def _words(text: str, known: str) -> bool:
    own, have = _telling(text), {_stem(word) for word in _lower(known)}
    return bool(own) and len(own & have) >= HISTORY.covered * len(own)


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|ing|ed|es|s|y|e)$", "", word) if len(word) > 4 else word


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _lower(text: str) -> list[str]:
    return [_bare(word) for word in _WORD.findall(text.lower())]


_TESTS: dict[str, Callable[[str, str], bool]] = {
    "a quotation that is not word for word": _quotations,
    "a date that is not there": _dates,
    "a number that is not there": _numbers,
    "a name that is not there": _names,
    "an outcome that is not there": _outcomes,
    "a denial that is not there": _denials,
    "words that are not there": _words,
}
