"""A question that goes on from the one before it: what of that one's matter, days and bodies it still means.

"And who seconded it?" names no matter, "what about 2016?" nothing but another year. Such a question is put in full,
from its own words and from those of the question before, and each part that was carried over can be left out again.
Nothing is guessed: where nothing was asked before, the question stays open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.errors import BadArguments
from indexer.text.words import STOP_WORDS, WORD, fold, words
from search.bounds import BOUNDS
from search.question import relative_days
from search.question.entities import ACTS, SORT
from search.question.parted import PARTS, Part, Parted, Span
from search.question.query import Query
from search.question.typed import UNIT_OF_TIME

OPEN = "The question follows on from an earlier one that is missing or does not say what it is about. Ask it in full."

Parse = Callable[[str], Query]

_GOES_ON = re.compile(
    r"\W{0,3}(?:(?:(?:and|but|so|or|also|then|only|just)\b\W{0,3})+(?:(?:what|how) about\b|what of\b)?"
    r"|(?:what|how) about\b|what of\b) ?",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\W{0,3}(?:(?:and|but|so|or) )?(?:only|just)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:(?:since|until|till|by|from|for|to|at|with|in|on) )?"
    r"(?:wh(?:o|ose|om|at|en|ere|y|ich)|how|did|do(?:es)?|was|were|is|are|ha[sd]|have|can|could|will|would|should)\b",
    re.IGNORECASE,
)
# "This year" and "this archive" refer to no matter that was asked about before.
_REFERS = re.compile(
    r"\b(?:its?|they|them|their|that|those|these"
    rf"|this(?! (?:\w{{1,20}} )?(?:{UNIT_OF_TIME}|quarter|spring|summer|autumn|winter|morning|evening|archive)\b))\b",
    re.IGNORECASE,
)
# One of these stands for the matter alone: "who seconded it", "what came of that?".
_STANDS_FOR = re.compile(
    r"\b(?:it|them|they)\b|(?:(?<=\bof )|(?<=\bdid )|(?<=\bdoes )|(?<=\bwill ))th(?:at|is|ose|ese)\b"
    r"|\bth(?:at|is|ose|ese)\b(?=\W{0,3}$)",
    re.IGNORECASE,
)
_THEY = re.compile(r"\bthey\b", re.IGNORECASE)
_THEY_ACT = re.compile(rf"\bthey {ACTS.pattern}", re.IGNORECASE)  # whoever decides, not the matter
_POSSESSIVE = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
# Left over where a part is taken out; a body that acts leaves a word for it.
_DANGLING = re.compile(r" ?\b(?:in|on|during|for|of|at|by|from|since)(?: the)? $| ?\bthe $", re.IGNORECASE)
_WHO_DID = re.compile(r"who (\w+ed)\b", re.IGNORECASE)  # "who chaired the board?", "and the treasurer?"
_MET = re.compile(r"who (?:chaired|attended|presided over|was (?:there|present|absent|in the chair))\b", re.IGNORECASE)
_INSTEAD: Mapping[Part, str] = {"board": "the board", "authority": "the council"}
_JOINT: Mapping[Part, str] = {"matter": ": ", "period": " in ", "board": " at ", "authority": " in "}


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was asked before, the oldest first, and the parts that are not to be carried over from it."""

    questions: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()


NOTHING = Earlier()


@dataclass(frozen=True, slots=True)
class Carried:
    """A part that was carried over from the question before, in its words."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question in full.

    ``typed`` is what was asked, ``question`` what is answered; ``carried`` what comes from the question before;
    ``boards`` are those that "only" narrows it to; ``unsettled`` says that it goes on from a question and there was
    none.
    """

    typed: str
    question: str
    carried: tuple[Carried, ...] = ()
    boards: tuple[str, ...] = ()
    unsettled: bool = False

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        carried = [{"part": one.part, "text": one.text} for one in self.carried]
        return {"asked": self.typed, "carried": carried, "boards": list(self.boards), "unsettled": self.unsettled}


def resolve(question: str, earlier: Earlier, parse: Parse, boards: Sequence[str]) -> FollowUp:
    """Put a question in full.

    Args:
        question: what is asked now.
        earlier: what was asked before it.
        parse: takes a question apart.
        boards: names of the boards that the archive holds.

    Raises:
        BadArguments: a question is empty or too long, or there is no such part.
    """
    if strange := sorted(earlier.without - set(PARTS)):
        message = f"{strange[0]!r} is not a part of a question: use {', '.join(PARTS)}"
        raise BadArguments(message, expected=", ".join(PARTS), found=strange[0][:40])
    last: Parted | None = None
    days = ""  # those named last, in whichever question: one in between may name none
    for before in earlier.questions[-BOUNDS.earlier_questions :]:
        last = Parted(parse(_put(Parted(parse(relative_days.dated(before, days))), last, boards, ()).question))
        days = last.said("period") or days
    put = _put(Parted(parse(relative_days.dated(question, days))), last, boards, earlier.without)
    return replace(put, typed=parse(question).text, question=relative_days.shared(put.question))


def _put(new: Parted, old: Parted | None, boards: Sequence[str], without: Collection[str]) -> FollowUp:
    opening = _GOES_ON.match(new.text)
    rest = new.text[opening.end() :] if opening else new.text
    asks = _ASKS.match(rest) is not None
    stands = opening is not None and _STANDS_FOR.search(rest) is not None
    refers = (
        asks
        and _REFERS.search(rest) is not None
        and (len(new.own) <= BOUNDS.referring_words or stands)
        and not _of_own_body(new)
    )
    if old is None and not (opening or refers):
        return FollowUp(new.text, new.text)
    named = any(new.spans[part] for part in PARTS if part != "matter")
    # Of what names no matter, only other parts or hardly a word is taken as part of an earlier question.
    bare = len(WORD.findall(rest)) <= BOUNDS.bare_words and not named
    partial = bare if asks else named and not new.own
    if not (opening or refers or (old and partial)):
        return FollowUp(new.text, new.text)
    if old is None:
        return FollowUp(
            new.text,
            new.text,
            unsettled=len(new.own) <= BOUNDS.referring_words and (refers or not new.own) and not (asks and named),
        )
    if refers and not new.own and not old.spans["matter"]:
        return FollowUp(new.text, new.text, unsettled=True)  # what the earlier question named is no one matter
    if asks:
        return _completed(new, rest, old, without, whole=not (refers or not new.own))
    said = {part: new.said(part) for part in PARTS}
    narrowed = () if said["period"] or not _ONLY.match(new.text) else _named(rest, boards)
    if narrowed:
        said = {**dict.fromkeys(PARTS, ""), "board": rest.strip(" ?.!")}
    if not any(said.values()):
        return FollowUp(new.text, new.text, unsettled=opening is not None and not new.own)
    kept = [Carried("matter", text)] if said["matter"] and (text := old.cut_to(rest)) else []
    if said["matter"]:
        said["matter"] = _in_place(said["matter"], rest.strip(" ?.!"), old)
    put = _replaced(new.text, said, old, without)
    return replace(put, boards=narrowed, carried=(*kept, *put.carried))


def _in_place(said: str, rest: str, old: Parted) -> str:
    """Word a matter for its place: with its preposition where it is added, as an office in the place of a deed."""
    (start, end), *_ = old.spans["matter"] or [(-1, 0)]
    if start == end:
        return rest
    did = _WHO_DID.match(old.text)
    return f"was {rest} of" if did and did.span(1) == (start, end) else said


def _of_own_body(new: Parted) -> bool:
    """Whether what a pronoun means is a body that the question has just named: "the board … its last meeting"."""
    named = [end for _, end in (*new.spans["board"], *new.spans["authority"])]
    named += [match.end() for match in SORT.finditer(new.text.lower())]
    return any(match.start() > min(named, default=len(new.text)) for match in _POSSESSIVE.finditer(new.text))


def _completed(new: Parted, rest: str, old: Parted, without: Collection[str], *, whole: bool) -> FollowUp:
    """Add to a question the days and bodies that it does not name, and unless it is ``whole`` the matter."""
    # "Who chaired it": of what is done to a meeting, or where the question says the matter itself, it is the body's.
    again = (bool(old.own) and set(old.own) <= set(new.own)) or (_MET.match(rest) and bool(old.spans["board"]))
    carried = [
        Carried(part, old.said(part))
        for part in PARTS
        if part not in without and old.said(part) and not (whole or again if part == "matter" else new.said(part))
    ]
    if old.within("board", "authority") and any(one.part == "authority" for one in carried):
        carried = [one for one in carried if one.part != "board"]
    text = rest.rstrip(" ?.!")
    # Who acts is the body, if one was named: "how did they vote".
    acts = next((one.part for one in carried if one.part in _INSTEAD), None)
    for one in carried:
        body, matter = (_STANDS_FOR if again else _THEY).search(text), _STANDS_FOR.search(text)
        pronoun = body if one.part == acts else matter if one.part == "matter" else None
        if pronoun and one.part == "matter" and _THEY.fullmatch(pronoun[0]) and (acts or _THEY_ACT.search(text)):
            pronoun = None
        start, end = pronoun.span() if pronoun else (len(text), len(text))
        joint = "" if pronoun else _JOINT[one.part]
        joint += "the " if one.part in _INSTEAD and SORT.match(f"the {one.text.lower()}") else ""
        text = f"{text[:start]}{joint}{one.text}{text[end:]}"
    return FollowUp(new.text, f"{text[:1].upper()}{text[1:]}?", tuple(carried))


def _replaced(typed: str, new: Mapping[Part, str], old: Parted, without: Collection[str]) -> FollowUp:
    """Put the parts that a question names in the place of those of the question before."""
    edits: list[tuple[Span, Part, str]] = []
    carried: list[Carried] = []
    added = ""
    for part in PARTS:
        spans = old.spans[part]
        if part == "authority" and new["board"] and not new[part] and old.within(part, "board"):
            continue  # another body takes its place
        if part == "period" and (same := relative_days.same_end(new[part], old.text, spans)):
            edits += [(span, part, same) for span in spans]
        elif new[part] and not spans:
            added += f"{_JOINT[part]}{new[part]}"
        elif new[part] or part in without:
            edits += [(span, part, new[part] if at == 0 else "") for at, span in enumerate(spans)]
        elif spans:
            carried.append(Carried(part, old.said(part)))
    text = old.text
    for (start, end), part, said in sorted(edits, reverse=True):
        before, after = text[:start], text[end:]
        if not said:
            acts = _DANGLING.search(before) is None and not after.startswith(("'s", "’s"))
            before, after = _DANGLING.sub("", before), after.removeprefix("'s").removeprefix("’s")
            said = _INSTEAD.get(part, "") if acts else ""
        elif part == "period" and before.endswith("on ") and (said[:1].isalpha() or said[:4].isdigit()):
            before = f"{before[:-3]}in "  # a month or a year in the place of a day
        text = f"{before} {said}{after}"
    text = " ".join(text.split()).rstrip(" ?.!")
    return FollowUp(typed, f"{text}{added}?", tuple(carried))


def _named(text: str, boards: Sequence[str]) -> tuple[str, ...]:
    """Give the boards whose names hold all content words of a text: "scrutiny"."""
    own = set(words(fold(text))) - STOP_WORDS
    return tuple(board for board in boards if own and own <= set(words(fold(board))))
