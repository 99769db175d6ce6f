"""Names of persons as papers print them: where one is in a text, and when two are one person's.

"Councillor PM Morgan", "Cllr Patricia Morgan" and "Mrs Morgan" can be one person; "Peter Morgan" and "Patricia Morgan"
cannot. A name in which nothing distinguishes is nobody's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.text.words import fold

# Titles that are nothing else, so that they show a name wherever a capital follows.
ADDRESS = (
    r"(?:Cllrs?|Councill?ors?|Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Rev(?:erend|d)?|Sir|Dame|Lord|Lady|Baroness|Supt|Sgt)"
)
TITLE = (
    rf"(?:{ADDRESS}|Council ?[Mm]ember|Alderman|Canon|(?:Chief )?Superintendent|(?:Chief )?Insp(?:ector)?|Col(?:onel)?"
    r"|Major|Capt(?:ain)?)"
)
_INITIALS = r"(?:[A-Z]{1,4}|(?:[A-Z]\.? ?){1,4})"
# Capitalised words that are of a body, a place or a post, and of nobody's name.
_NOBODY = (
    r"(?!(?:Council|Committee|Board|Cabinet|Panel|Forum|Group|Trust|Partnership|Association|Service|Police|Healthwatch"
    r"|NHS|School|Hall|Hospital|Centre|College|University|Director(?:ate)?|Officer|Manager|(?:Member|Leader)(?:ship)?"
    r"|Chair(?:man|woman|person|men)?|Clerk|Mayor|Lead|Minute|Meeting|Present|Apologies|Co-ordinator|Representative"
    r"|Public|Press|Observer|The|And|Of|For)(?:s|[’']s)?\b)"
)
_PART = rf"(?:(?:de|van|der|von|le|la)\s)?{_NOBODY}(?:O[’'])?[A-Z][\w’'-]*[a-z][\w’'-]*"
_UPPER = r"(?:O[’'])?[A-Z][A-Z’'-]{2,}"
_SURNAME = rf"(?:{_PART}|{_UPPER})"
# Initials and a surname, or first names and a surname; after a title a surname alone.
NAME = (
    rf"(?:(?:{TITLE}\.?\s+)*{_INITIALS}\s+{_SURNAME}"
    rf"|(?:{TITLE}\.?\s+)+{_SURNAME}(?:\s+{_INITIALS})?(?:\s+{_SURNAME}){{0,2}}"
    rf"|{_PART}(?:\s+{_INITIALS})?(?:\s+{_PART}){{1,2}})"
)
# A title and initials, so that what follows the surname cannot be part of the name: "Mr M Samuels Director of …".
PLAIN = rf"(?:{TITLE}\.?\s+)+{_INITIALS}\s+{_PART}"
HONOURS = re.compile(r"(?:[KCMOD]BE|BEM|QC|KC|JP|DL|MP|MEP|MSP|MS|AM|PhD|FRCP|CPFA)\.?")
_TITLES = re.compile(rf"(?:{TITLE}\.?\s+)+", re.IGNORECASE)
_WOMEN, _MEN = frozenset(("mrs", "miss", "ms", "dame", "lady", "baroness")), frozenset(("mr", "sir", "lord"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart, in lower case: surname, first names or initials in order, and what its title implies."""

    surname: str
    given: tuple[str, ...] = ()
    woman: bool | None = None


def name(text: str) -> Name | None:
    """Take a name apart; None where no surname is left, and for an office ("the Leader")."""
    said = " ".join(text.split())
    match = _TITLES.match(f"{said} ")
    titles = {word.strip(".").casefold() for word in match[0].split()} if match else set()
    rest = said[match.end() if match else 0 :].replace(".", " ").replace(",", " ")
    words = [word for word in rest.split() if word[:1].isalpha()]
    while len(words) > 1 and HONOURS.fullmatch(words[-1]):
        words.pop()
    if not words or words[0].casefold() == "the":
        return None
    upper = all(word.isupper() for word in words)
    given: list[str] = []
    for word in words[:-1]:
        short = len(word) <= 4 and word.isupper() and not (upper and len(word) > 2)
        given += [letter.casefold() for letter in word] if short else [fold(word).casefold()]
    woman = True if titles & _WOMEN else False if titles & _MEN else None
    return Name(fold(words[-1]).casefold(), tuple(given), woman)


def agree(first: Name, other: Name) -> bool:
    """Whether two names can be one person's: the same surname, and first names and titles that do not differ."""
    if first.surname != other.surname or (
        first.woman is not None and other.woman is not None and first.woman != other.woman
    ):
        return False
    return all(_fits(mine, its) for mine, its in zip(first.given, other.given, strict=False))


def _fits(first: str, other: str) -> bool:
    short, long = sorted((first, other), key=len)
    return long == short or (len(short) == 1 and long.startswith(short))


def one(text: str) -> str:
    """Give one person's name of a list's: its first has the title of all ("Councillors H Reed and J Marsh")."""
    title, space, rest = " ".join(text.split()).partition(" ")
    return f"{title.removesuffix('s') if councillor(title) else title}{space}{rest}"


def councillor(text: str) -> bool:
    """Whether a name is printed with the title of a councillor."""
    return text.strip().casefold().startswith(("cllr", "council", "alderman"))
