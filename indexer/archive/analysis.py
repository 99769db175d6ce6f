"""How text becomes words of the index: one analyser for papers and questions alike.

Words are runs of letters and digits, lower case, without accents, by their English stem. Beside them are the exact
tokens (references, sums, shares) that those rules would take apart: "24/00109", "£2.4m", "S.17.73".
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

import tantivy

from indexer.text.figures import figures
from indexer.text.words import STOP_WORDS, fold, plain_signs, words

# Words longer than this are debris of a broken text layer, not anything a person would look for.
_LONGEST = 60

# What text becomes in the index; raised whenever that changes, so that older indexes are rebuilt.
VERSION = 2
# A token with a currency before it, a sign within it, or a percent sign after it.
_EXACT = re.compile(
    r"[£€$][^\W_]+(?:[./:\-–,][^\W_]+)*%?|(?<![^\W_])[^\W_]+(?:(?:[./:\-–,][^\W_]+)+%?|%)",
)
_HYPHENED = re.compile(r"(?<![\w-])[^\W\d_]{1,30}(?:-[^\W\d_]{1,30}){1,3}(?![\w-])")
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
    """Return ``text`` with composed letters, as UTF-8 can hold it: lone surrogates become replacement characters."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))


def terms(text: str) -> list[str]:
    """Return the index terms of ``text`` in order, stop words and repetitions included."""
    stems: list[str] = analyser().analyze(plain(text))
    return stems


def content_terms(text: str) -> list[str]:
    """Return the distinct terms of ``text`` without stop words; with them where there is nothing else."""
    every = list(dict.fromkeys(terms(text)))
    # "IT" the service and "it" the pronoun are one term; a capitalised abbreviation in a question is a name.
    shouted = set(terms(" ".join(re.findall(r"\b[A-Z]{2,5}\b", text)))) if not text.isupper() else set[str]()
    return [term for term in every if term not in _stop_stems() or term in shouted] or every


def exact_tokens(text: str) -> list[str]:
    """Return the references of ``text``, tokens with a digit and with a sign inside or a currency, and its figures.

    Sums and shares are added by their values, the same however they are printed, and words with a hyphen as
    one ("on-street": "onstreet").
    """
    tokens = [one.key for one in figures(text)]
    tokens += [fold(match.group()).replace("-", "") for match in _HYPHENED.finditer(plain_signs(text))]
    for match in _EXACT.finditer(plain(text)):
        # "£2,400,000" and "£2400000" are one amount.
        token = _THOUSANDS.sub("", match.group().lower().replace("–", "-"))
        if len(token) <= _LONGEST and any(map(str.isdigit, token)):
            tokens.append(token)
    return list(dict.fromkeys(tokens))


def compounds(text: str) -> list[str]:
    """Return the words of ``text``, and every two neighbours as one: what papers may print with a hyphen."""
    every = words(text)
    return list(dict.fromkeys([*every, *(first + second for first, second in pairwise(every))]))
