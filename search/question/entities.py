"""Boards and authorities that a question names, matched against what the archive holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from indexer.text.words import STOP_WORDS, fold, initials, single, words

# Words that say what sort of body it is, not which one.
GENERIC = frozenset(
    """
    a an and at board borough cabinet city combined committee council county district executive for full in joint london
    metropolitan of on panel parish partnership royal scrutiny sub subcommittee sub-committee the town unitary
    """.split()  # noqa: SIM905 - a list of words is read as text
)
# What a body does, by the stems of its verbs: "cabinet decided" names the Cabinet, "cabinet member" does not.
ACTS = re.compile(
    r"(?:accept|adopt|agree|amend|appoint|appro|ask|confirm|consider|deci[ds]|declin|defer|delegat|discuss|dismiss|endors"
    r"|hear|meet|met|minut|not|oppos|pass|recommend|refer|refus|reject|resolv|said|say|set|support|vot|withdr)"
)
_AUTHORITY = frozenset({"authority", "council"})  # "the council" is the authority, not the meeting of that name
_KINDS = ("board", "commission", "committee", "forum", "panel", "partnership", "trust", *sorted(_AUTHORITY))
# "The parish council": a sort of body. Not where it describes the next word: "the council tax", "the board papers".
SORT = re.compile(
    r"\b(?:the|our|this) "
    rf"((?:\w+ ){{0,2}}?(?:{'|'.join(_KINDS)}))\b"
    rf"(?= (?:{'|'.join(sorted(STOP_WORDS))}|{ACTS.pattern}\w*)\b|$)"
)


def bodies(question: str, names: Iterable[str], also: Mapping[str, Sequence[str]] | None = None) -> tuple[str, ...]:
    """Find which of ``names`` (of boards or of authorities) a question means, in their order.

    A name is meant where all its distinctive words appear in the question ("Ashshire" for "Ashshire County Council"),
    where its whole text does ("Cabinet") or its initials in capitals ("HWB"), or where it is cut short ("Ashby parish
    council" for "Ashby-with-Elms Parish Council"); where none is, all that have the words by which the question speaks
    of it ("the harbour committee"), or the only one of a sort ("the parish council").
    Another name of a body (``also``) means all its names.
    """
    said = _plain(question)
    capitals = frozenset(re.findall(r"\b[A-Z]{2,}\b", question))
    every = [name for name in names if name]
    others = {name: held for name, held in (also or {}).items() if not set(held).isdisjoint(every)}
    meant = {name for name in (*every, *others) if _means(name, said, capitals)}
    meant |= {one for name in meant for one in others.get(name, ())}
    begun = {name: start for name in every if name not in meant and (start := _begun(name, question))}
    # "Ashshire Libraries" is not Ashshire County Council; "the Ashshire board" may be its, whoever else begins so.
    telling = [start for start in begun.values() if len(set(start).difference(GENERIC, STOP_WORDS)) > 1]
    meant -= {name for name in meant for start in telling if _place(name) and _place(name) in start}
    # What another name says in full is not that name cut short.
    said_whole = [set(words(fold(name))) for name in meant]
    meant |= {name for name, start in begun.items() if not any(set(start) <= own for own in said_whole)}
    return tuple(name for name in every if name in meant) or _only(said, every)


def authorities_of(
    question: str, names: Iterable[str], boards: Iterable[str], also: Mapping[str, Sequence[str]] | None = None
) -> tuple[str, ...]:
    """Find which authorities a question means, as `bodies` does: "the board" is none where another has a board."""
    every = tuple(names)
    meant = bodies(question, every, also)
    taken = set(spoken(question, every)) if spoken(question, boards) else set()
    return tuple(name for name in meant if name not in taken or not _AUTHORITY.isdisjoint(_plain(name).split()))


def spoken(question: str, names: Iterable[str]) -> tuple[str, ...]:
    """Find those of ``names`` that are of the sort by which a question speaks of a body and names none: "the board"."""
    every = tuple(names)
    for match in SORT.finditer(_plain(question)):
        if (sort := set(match[1].split())) <= GENERIC:
            return tuple(name for name in every if sort <= set(_plain(name).split()))
    return ()


def _begun(name: str, question: str) -> tuple[str, ...]:
    """Give the words of a question that say a name cut short: its first word, others in their order, the kind of body.

    A name without a kind of body is said by two of its telling words, a place with hyphens by the first of it.
    """
    own, said = (words(fold(text.replace("&", " and ").replace("-", " "))) for text in (name, question))
    least = 2 if set(own).isdisjoint(_KINDS) else 1
    for at in (at for at, word in enumerate(said) if word == own[0] and word not in GENERIC):
        rest, run = iter(own[1:]), [own[0]]
        for word in said[at + 1 :]:
            if word not in rest:
                break
            run.append(word)
        telling = [word for word in run if word not in GENERIC | STOP_WORDS]
        if len(telling) >= least and (least > 1 or run[-1] in _KINDS or fold(name).startswith(f"{own[0]}-")):
            return tuple(run)
    return ()


def _place(name: str) -> str:
    """Give the place whose council a name is: its only telling word; else ""."""
    own = _plain(name).split()
    distinctive = _distinctive(own)
    return distinctive[0] if len(distinctive) == 1 and own[-1] in _AUTHORITY else ""


def _distinctive(own: Sequence[str]) -> list[str]:
    """Give the words of a name that say which body it is; "community" says it no more than "parish" in a council's."""
    distinctive = [word for word in own if word not in GENERIC]
    council = own[-1:] and own[-1] in _AUTHORITY and len(distinctive) > 1
    return [word for word in distinctive if word != "community"] if council else distinctive


def _only(said: str, names: Sequence[str]) -> tuple[str, ...]:
    """Give the names that have all words of a body that is spoken of with "the": of a mere sort, only where one has.

    Where none has, "the library board" is one of "Ashshire Libraries": of names that say no kind of body themselves.
    """
    for match in SORT.finditer(said):
        sort = set(match[1].split())
        having = [name for name in names if sort <= (own := set(_plain(name).split())) and not own <= _AUTHORITY]
        if len(having) == 1 or (having and len(sort) > 1 and not sort <= GENERIC):
            return tuple(having)
        of = set(map(single, sort.difference(GENERIC, _KINDS)))
        holding = [name for name in names if of <= {single(word) for word in _plain(name).split()}]
        if of and (without := [name for name in holding if not set(_plain(name).split()).intersection(_KINDS)]):
            return tuple(without)
    return ()


def _means(name: str, said: str, capitals: frozenset[str]) -> bool:
    plain = _plain(name)
    own = plain.split()
    distinctive = _distinctive(own)
    if not distinctive:
        return any(_acts(match, own) for match in re.finditer(rf"\b{re.escape(plain)}\b", said)) if own else False
    short = initials(plain).upper()
    if re.search(rf"\b{re.escape(plain)}\b", said) or (len(short) > 2 and short in capitals):
        return True
    generic = {word for word in own if word in GENERIC and len(word) > 3}
    # Of a board's name the sort of body must be said as well: "health" alone does not mean the Health Committee.
    said_words = set(said.split())
    return set(distinctive) <= said_words and (bool(_place(name)) or not generic or bool(generic & said_words))


def _acts(match: re.Match[str], own: list[str]) -> bool:
    """Whether a name that only says what sort of body it is ("Cabinet", "Council") is said as the name of one.

    It is not where it only describes the next word ("cabinet member", "council tax"), nor where the authority itself is
    meant ("the council").
    """
    before = match.string[: match.start()].split()[-1:]
    after = match.string[match.end() :].split()[:1]
    if own[-1] in _AUTHORITY and len(own) == 1 and before and before[0] in {"the", "a", "this", "our"}:
        return False
    return not after or after[0] in STOP_WORDS or ACTS.match(after[0]) is not None or after[0].isdigit()


def _plain(text: str) -> str:
    """Folded words apart by one space, "&" as "and", possessive and hyphen gone ("well-being" as "wellbeing")."""
    return " ".join(words(fold(text).replace("&", " and ").replace("-", "")))
