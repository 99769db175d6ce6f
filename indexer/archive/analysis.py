"""How text becomes words of the index: one analyser for papers and questions alike.

Words are runs of letters and digits, lower case, without accents, by their English stem. Beside them stand the exact
tokens (references, amounts) that those rules would take apart: "24/00109", "£2.4m", "S.17.73".
"""

from __future__ import annotations

import re
from functools import cache

import tantivy

# Words longer than this are debris of a broken text layer, not anything a person would look for.
_LONGEST = 60

# Function and question words: they say what kind of answer is wanted, never what it is about.
_STOP = """
a about after all also am an and any are as at be because been before being between both but by can could did do
does doing during each else ever for from further get give given had has have having he her here hers him his how
i if in into is it its itself just ll may me might more most must my no nor not now of off on once only or other
ought our ours out over own please re s same say says said she should show so some such t tell than that the their
theirs them then there these they this those through to too under until up upon ve very was we were what when
where which while who whom whose why will with within would you your yours
"""
STOP_WORDS = frozenset(_STOP.split())
# A token with a currency before it, a sign within it, or a percent sign after it.
_EXACT = re.compile(
    r"[£€$][^\W_]+(?:[./:\-–,][^\W_]+)*%?|(?<![^\W_])[^\W_]+(?:(?:[./:\-–,][^\W_]+)+%?|%)",
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


@cache
def analyser() -> tantivy.TextAnalyzer:
    """Return the analyser of the text fields."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(_LONGEST),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


@cache
def exact_analyser() -> tantivy.TextAnalyzer:
    """Return the analyser of the exact field, whose text `exact_tokens` has prepared."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


@cache
def _stop_stems() -> frozenset[str]:
    """Return the stop words as the analyser leaves them."""
    return frozenset(analyser().analyze(" ".join(sorted(STOP_WORDS))))


def plain(text: str) -> str:
    """Return ``text`` as UTF-8 can hold it: lone surrogates become replacement characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def terms(text: str) -> list[str]:
    """Return the index terms of ``text`` in order, stop words and repetitions included."""
    found: list[str] = analyser().analyze(plain(text))
    return found


def content_terms(text: str) -> list[str]:
    """Return the distinct terms of ``text`` without stop words; with them where there is nothing else."""
    every = list(dict.fromkeys(terms(text)))
    # "IT" the service and "it" the pronoun are one term; a capitalised abbreviation in a question is a name.
    shouted = set(terms(" ".join(re.findall(r"\b[A-Z]{2,5}\b", text)))) if not text.isupper() else set[str]()
    return [term for term in every if term not in _stop_stems() or term in shouted] or every


def exact_tokens(text: str) -> list[str]:
    """Return the references and amounts of ``text``: tokens with a digit and with a sign inside or a currency."""
    found = []
    for match in _EXACT.finditer(plain(text)):
        # "£2,400,000" and "£2400000" are one amount.
        token = _THOUSANDS.sub("", match.group().lower().replace("–", "-"))
        if len(token) <= _LONGEST and any(map(str.isdigit, token)):
            found.append(token)
    return list(dict.fromkeys(found))
