"""Words: where they begin and end, how they are compared, which of them say nothing, and runs of them.

Text is compared folded and shown as printed. Folding follows how people type: one form for composed and decomposed
letters, no accents, one quotation mark, one dash, one space, subscripts and superscripts as ordinary figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

# Signs before the entries of a list, for a class of characters in a pattern.
BULLETS = "•●○▪▫■□◦‣➢➔✓❖"
WORD = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[^\W\d_]+")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RUN = re.compile(r"\S+")
DIGITS = re.compile(r"\d+")
LABEL = re.compile(r"^[^\w\n]*+\d{1,3}(?:\.\d{1,3})*[.)]?\s", re.MULTILINE)  # a number of a paragraph or entry

# The commonest words of English and those that ask rather than say anything. They are not searched for, unless quoted.
STOP_WORDS = frozenset(
    """
    a about above after again all also am an and any are as at be because been before being below between both but
    by can could did do does doing down during each either else ever few find for from further get give given had
    has have having he her here hers him his how i if in into is it its itself just last like ll look looking made
    make many may me might more most much must my no nor not now of off on once one only or other ought our ours out
    over own per please re s said same say says see shall she should show since so some such t tell than that the
    their theirs them then there these they thing things this those through to too under until up upon us ve very
    was we were what when where whether which while who whom whose why will with within would you your yours
    """.split()  # noqa: SIM905 - a list of words is read as text
)

_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`´ʼ＇"), "'") | dict.fromkeys(map(ord, "“”„‟″«»＂"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－⁃"), "-")
# Seen by no reader: soft hyphens, joiners, marks of direction, byte order marks.
_UNSEEN = dict.fromkeys(
    [0xAD, 0x034F, 0x061C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065)]
)
# Letters that Unicode does not take apart, and the sign of a size: "5 × 4 m".
_WHOLE = {
    ord(sign): plain
    for plain, signs in {"x": "×", "oe": "Œœ", "ae": "Ææ", "o": "Øø", "l": "Łł"}.items()
    for sign in signs
}
_SIGNS = {chr(sign): plain or "" for sign, plain in (_QUOTES | _DASHES | _UNSEEN | _WHOLE).items()}
_SIGN = re.compile(f"[{re.escape(''.join(_SIGNS))}]")
# A raised figure after a figure, a stop, a space or a whole word is the mark of a note, not part of what comes
# before it; after one or two letters it is a power: "12 m²".
_NOTE = re.compile(r"(?:(?<=[\d\s.,;:)\]'\"%])|(?<=[^\W\d_]{3}))[⁰¹²³⁴-⁹]+")
_RAISED = re.compile("[⁰¹²³⁴-⁹]")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_POSSESSIVE = re.compile(r"'s\b")


_INSIGNIFICANT = frozenset(("the", "of", "and", "for", "ltd", "limited"))


def name_key(name: str) -> frozenset[str]:
    """Give what spellings of one body's name share: its words, whatever their case and order; "Ltd" says nothing."""
    return frozenset(words(name)) - _INSIGNIFICANT


def listed(text: str) -> frozenset[str]:
    """Give the words of a list written as one text, separated by spaces."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """Give ``text`` as it is compared: lower case, without accents, with plain signs, words separated by one space.

    >>> fold("The  Tŷ’s CO₂ – 12 m²")
    "the ty's co2 - 12 m2"
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    apart = unicodedata.normalize("NFKD", _plain(without_notes(text)))
    # NFKD writes some signs with others that are made plain too.
    return " ".join(_plain(_ACCENTS.sub("", apart)).casefold().split())


def _plain(text: str) -> str:
    return _SIGN.sub(lambda match: _SIGNS[match.group()], text)


def without_notes(text: str) -> str:
    """Give ``text`` without the raised marks of notes: "£4,200⁴" is "£4,200"."""
    return _NOTE.sub("", text) if _RAISED.search(text) else text


def plain_signs(text: str) -> str:
    """Give ``text`` with one sign for every quotation mark and dash of a kind; offsets stay the same."""
    return text.translate(_QUOTES | _DASHES)


def bare(text: str) -> str:
    """Give folded ``text`` without the endings of possessives: "the board's" is "the board"."""
    return _POSSESSIVE.sub("", fold(text))


def plain_name(text: str) -> str:
    """Give ``text`` as part of a file's name: what file systems refuse is a space."""
    return " ".join(_UNSAFE.sub(" ", text).split())


def squeezed(text: str) -> str:
    """Give the letters and digits of ``text`` alone, in lower case: what is left where signs and spaces differ."""
    return "".join(WORD.findall(text)).casefold()


def runs(text: str) -> list[tuple[int, int]]:
    """Give the place of each run without white space, as half-open spans in order."""
    return [match.span() for match in _RUN.finditer(text)]


def words(text: str) -> list[str]:
    """Give the words of ``text`` as they are compared, in order: folded runs of letters and digits."""
    return WORD.findall(bare(text))


def single(word: str) -> str:
    """Give a word without the ending of a plural: "library" for "libraries", "board" for "boards"."""
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > len("ties") else word.rstrip("s") or word


def initials(text: str) -> str:
    """Give the first letters of the words of ``text``, without the words that acronyms leave out."""
    return "".join(word[0] for word in words(text) if word not in {"and", "of", "the", "for"})


def shingles(tokens: Sequence[str], length: int) -> frozenset[tuple[str, ...]]:
    """Give the runs of ``length`` words, each once; of fewer words, the single run there is."""
    return frozenset(tuple(tokens[at : at + length]) for at in range(max(1, len(tokens) - length + 1)) if tokens)


def overlap(one: Iterable[object], other: Iterable[object]) -> float:
    """Give the share of all members that two sets have in common, in [0, 1] (Jaccard); 0 for two empty ones."""
    mine, theirs = frozenset(one), frozenset(other)
    return len(mine & theirs) / max(len(mine | theirs), 1)
