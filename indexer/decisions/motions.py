"""Motions and what became of them: which line is the vote and which the decision, and the words that were moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Final

from indexer.decisions import outcomes, wordings
from indexer.decisions.limbs import is_bullet
from indexer.decisions.movers import movers
from indexer.decisions.series import label as label_of
from indexer.decisions.series import unfinished
from indexer.decisions.votes import votes
from indexer.labelling.marks import Marked, certain
from indexer.labelling.units import Label
from indexer.text.cues import AUXILIARIES, BODIES, LEMMAS, TOKEN
from indexer.text.words import listed

_VERDICT_WORDS: Final = 25
# What goes on with a decision although talk is before it is one itself, with this probability.
_LIKELY: Final = 0.5
# What the model is so sure of decides without a word for it: a few words ("Mud"), a sentence ("It will be bought").
_SURE: Final = 0.9
_SURE_OF_SENTENCE: Final = 0.75
# Words of a line that names a body and nothing else.
_LEAD: Final = 8
_LABEL_WORDS: Final = 4
_NAME: Final = 4
_TALK: Final = frozenset(["text", "item", "action", "reported"])
QUOTES: Final = frozenset("“\"‘'")
_CLOSING: Final = frozenset('”’"')
_ENDS: Final = frozenset(["item", "decision", "closing"])
# Words of a sentence that moves something, and does not only say that somebody moved.
_MOVED_BY: Final = frozenset(["second", "seconded", "that", "by", ":"])
_SECONDED: Final = frozenset(["second", "seconded", "that"])
PROPOSING: Final = frozenset(["move", "propose", "second"])
_NAMED: Final = listed("decision decisions objection objections action actions recommendation recommendations")
_CONSIDERING: Final = frozenset(["consider"])
_MOVING: Final = frozenset(["move", "propose"])


def verdict(text: str) -> bool:
    """Say whether a sentence only says what became of a motion: carried, lost, withdrawn."""
    return len(text.split()) < _VERDICT_WORDS and bool(wordings.fate(text))


def voted(text: str) -> bool:
    """Say whether a sentence begins with what was voted: "Voted: 3-0 to approve the minutes."."""
    words = TOKEN.findall(text.lower())
    return bool(words) and LEMMAS.get(words[0]) == "vote" and words[0].endswith("d")


@lru_cache(maxsize=1024)
def moves(text: str) -> bool:
    """Say whether a sentence moves something: "Councillor A moved that", "Motion:", "An amendment was moved by B"."""
    words = TOKEN.findall(text.lower())
    ended = wordings.fate(text) and (_SECONDED.isdisjoint(words) or bool(wordings.fate(" ".join(words[:2]))))
    named = words[:1] in (["motion"], ["amendment"]) and not ended
    told = any(LEMMAS.get(word) in _MOVING and word.endswith("d") for word in words)
    return named or (told and (not _MOVED_BY.isdisjoint(words) or text.rstrip().endswith((":", ";"))))


def settled(marks: Sequence[Marked]) -> tuple[Marked, ...]:
    """Settle which of the lines about a motion is the decision.

    A motion's being carried is its vote where the resolution itself follows at once, and the decision where nothing
    else in the item is; of two lines on what became of motions each is one. Where no word decides, nothing is decided.
    """
    labels = [_settled(marks, at) for at in range(len(marks))]
    return tuple(
        mark if mark.label == label else replace(mark, label=label) for mark, label in zip(marks, labels, strict=True)
    )


def _settled(marks: Sequence[Marked], at: int) -> Label:
    mark = marks[at]
    text, fate = mark.unit.text, wordings.fate(mark.unit.text) if verdict(mark.unit.text) else ""
    following = marks[at + 1].label if at + 1 < len(marks) else ""
    if mark.label == "decision" and fate == "carried" and following == "decision":
        ahead = marks[at + 1].unit.text  # "(b) The following motion was deferred" is another matter
        return "decision" if label_of(ahead) and not certain(ahead) else "vote"
    entry = all(is_bullet(label_of(one.unit.text)) for one in marks[at : at + 2])
    voted_on = following == "vote" and moves(text)
    lone = not voted_on and (following != "decision+" or entry or _only_considers(text))
    if mark.label == "decision" and lone and not decides(text) and (not enough(mark) or _leaves_open(text)):
        return "text"
    if mark.label == "decision+":
        return _going_on(marks, at, fate)
    if mark.label == "text" and at + 1 < len(marks) and _leads(text, marks[at + 1].unit.text):
        return "decision"
    if mark.label in ("vote", "mover", "closing") and (fate in ("lost", "withdrawn") or (fate and _alone(marks, at))):
        return "decision"
    if mark.label in ("text", "running") and fate and _was_moved(marks, at):
        return "decision" if fate != "carried" or _alone(marks, at) else mark.label
    if mark.label == "decision" and _resolved_later(marks, at):
        return "mover"
    return mark.label


def _going_on(marks: Sequence[Marked], at: int, fate: str) -> Label:
    """What a line is that seems to go on with a decision: who moved, the vote, another decision, or just that."""
    mark, text = marks[at], marks[at].unit.text
    apart = mark.unit.nth == 0 or marks[at - 1].label == "mover" or _was_settled(marks, at)
    another = at > 0 and (moves(text) or wordings.agreed(text)) and verdict(marks[at - 1].unit.text)
    if mark.unit.nth == 0 and only_moved(text):
        return "mover"
    resolved = text[wordings.body_start(text) :].startswith("RESOLVED")
    if (apart and (fate or another or resolved)) or _of_another_motion(marks, at, fate):
        return "decision"
    if apart and votes(text):
        return "vote"
    after_table = at > 0 and "\t" in marks[at - 1].unit.text and not (mark.unit.nth or "\t" in text or label_of(text))
    if after_table and decides(text):
        return "decision"
    after_talk = at > 0 and marks[at - 1].label in _TALK
    return "decision" if mark.sure > _LIKELY and after_talk and decides(text) else "decision+"


def _of_another_motion(marks: Sequence[Marked], at: int, fate: str) -> bool:
    """Whether a line says what became of a motion, and the decision it seems to go on with says that of its own."""
    before: list[str] = []
    for mark in reversed(marks[:at]):
        before.append(mark.unit.text)
        if mark.label != "decision+":
            break
    counted, told = votes(marks[at].unit.text), {votes(text) for text in before} - {None}
    return bool((fate and any(map(verdict, before))) or (counted and told and counted not in told))


def enough(mark: Marked) -> bool:
    """Say whether the model is so sure of a decision that it needs no word of deciding."""
    words = [word.lower() for word in TOKEN.findall(mark.unit.text)]
    said = any(word in AUXILIARIES or word.endswith("ed") for word in words)
    return mark.label == "decision" and mark.sure > (_SURE_OF_SENTENCE if said else _SURE)


def decides(text: str) -> bool:
    """Say whether a sentence has a word that decides: not only that something was moved or considered."""
    words = TOKEN.findall(text.lower())
    # that something was proposed and seconded settles nothing, nor does the name of what was decided
    told = [
        word for before, word in pairwise(["no", *words]) if word in LEMMAS and (word not in _NAMED or before == "no")
    ]
    lemmas = {LEMMAS[word] for word in told} - PROPOSING
    says = bool(lemmas) or words[:1] == ["no"] or "that" in words[:3] or text.rstrip().endswith(":")
    return (says and lemmas != _CONSIDERING) or certain(text)


def _only_considers(text: str) -> bool:
    """Whether a sentence says only what was considered: "The Council considered the following policies:"."""
    return _told(text) == _CONSIDERING


def _leaves_open(text: str) -> bool:
    """Whether a sentence says only what was considered, or moved and seconded, nobody says by whom."""
    return _only_considers(text) or (bool(told := _told(text)) and told <= PROPOSING and not any(movers(text)))


def _told(text: str) -> set[str]:
    return {LEMMAS[word] for word in TOKEN.findall(text.lower()) if word in LEMMAS}


def _resolved_later(marks: Sequence[Marked], at: int) -> bool:
    """Whether a line only says what was moved and seconded, and the item's own resolution in capitals comes later."""
    text = marks[at].unit.text
    followed = at + 1 < len(marks) and verdict(marks[at + 1].unit.text)
    if certain(text) or followed or "second" not in text.lower() or not moves(text) or wordings.agreed(text):
        return False
    rest = takewhile(lambda mark: mark.label != "item", marks[at + 1 :])
    return any(mark.label == "decision" and certain(mark.unit.text) for mark in rest)


def _leads(text: str, following: str) -> bool:
    """Whether a line only names the body whose decisions are listed after it: "The Board:", "(a) approved"."""
    words = TOKEN.findall(text.lower()) if text.rstrip().endswith(":") else []
    if not words or len(words) > _LEAD or BODIES.isdisjoint(words):
        return False
    entry = TOKEN.findall(following[wordings.body_start(following) :])
    return bool(entry) and outcomes.known(entry[0]) is not None


def only_moved(text: str) -> bool:
    """Say whether a line only says who moved or seconded: "On the proposal of Cllr Roe"."""
    lemmas = _told(text)
    return bool(lemmas) and lemmas <= PROPOSING and len(text.split()) <= _LEAD and any(movers(text))


def _was_settled(marks: Sequence[Marked], at: int) -> bool:
    """Whether the motion that unit ``at`` would go on with is one that says its own end: "that the question be put"."""
    before = next((mark for mark in reversed(marks[:at]) if mark.label != "decision+"), marks[at])
    return before.label == "decision" and moves(before.unit.text) and wordings.concluded(before.unit.text)


def _alone(marks: Sequence[Marked], at: int) -> bool:
    """Whether something was moved before unit ``at`` and nothing else in the item says what was decided on it."""
    if _amends(marks[at].unit.text):
        return _was_moved(marks, at)
    ahead = next((mark.label for mark in marks[at + 1 :] if mark.label not in ("vote", "mover", "running")), "")
    if ahead in ("decision", "decision+"):
        return False
    for mark in reversed(marks[:at]):
        if mark.label in _ENDS or mark.label == "decision+":
            return False
        if mark.label == "mover":
            return True
    return False


def _was_moved(marks: Sequence[Marked], at: int) -> bool:
    """Whether something was moved in the item before unit ``at``."""
    before = takewhile(lambda mark: mark.label != "item", reversed(marks[:at]))
    return any(mark.label == "mover" for mark in before)


def with_motion(marks: Sequence[Marked], units: Sequence[int]) -> tuple[int, ...]:
    """Give a decision that only says what became of a motion the motion's units, without the debate between."""
    first = units[0]
    told = {wordings.fate(marks[number].unit.text) for number in (first, units[-1])}
    alone = all(marks[number].label in ("vote", "mover") for number in units[1:])
    unclear = moves(marks[first].unit.text) or wordings.two_motions(marks[first].unit.text)
    if unclear or not (told & {"lost", "withdrawn"} or (alone and any(told))):
        return tuple(units)
    amended = _amends(marks[first].unit.text)
    moved: list[int] = []
    for number in range(first - 1, -1, -1):
        text = marks[number].unit.text
        aside = moves(text) and wordings.concluded(text)  # "that the question be put, which was agreed"
        if marks[number].label in _ENDS and (amended or not _amends(text)) and not aside:
            break
        opens = moves(text) and not aside and not text.lower().startswith("the amendment")
        amends = _amends(text) or (amended and "be amended" in text)
        moved += [number] if opens and amends == amended else []
    if not moved:
        return tuple(units)
    said = " ".join(mark.unit.text for mark in marks[moved[0] + 1 : units[-1] + 1])
    number = next((one for one in moved if _named(marks[one].unit.text, said)), moved[0])
    short = number and len(marks[number - 1].unit.text.split()) <= _LABEL_WORDS  # "Amendment 2. Councillor A moved"
    begin = number - (marks[number].unit.nth == 1 and bool(short))
    return (*range(begin, number + 1), *_rest(marks, number + 1, first), *units)


def _named(text: str, said: str) -> bool:
    """Whether what is said of motions names this one by who moved it: "Councillor Roe's proposal was defeated"."""
    after = said.replace("’", "'").split("'s ")
    owned = {before.split()[-1] for before, rest in pairwise(after) if before.split() and wordings.carries(rest)}
    return not owned.isdisjoint(TOKEN.findall(text))


def _rest(marks: Sequence[Marked], begin: int, end: int) -> Iterator[int]:
    """The units after one that moves something that are still of the motion: its words, its limbs, who seconded."""
    amended = _amends(marks[begin - 1].unit.text)
    within = False  # a quotation
    mover = movers(marks[begin - 1].unit.text)[0]
    for number in range(begin, end):
        before, mark = marks[number - 1].unit, marks[number]
        quoted = within or mark.unit.text.lstrip()[:1] in QUOTES or mark.unit.block == before.block
        another = movers(mark.unit.text)[0] if moves(mark.unit.text) and not (within or amended) else ""
        opens = bool(another) and another.split()[-1] in mark.unit.text.split()[:_NAME]  # "Councillor Poe proposed"
        other = bool(another) and (_amends(mark.unit.text) or (opens and mover != another))
        closed = before.text.rstrip()[-1:] in _CLOSING and mark.label != "mover" and not quoted
        if other or closed or not (mark.label in ("mover", "decision+") or quoted or unfinished(before.text)):
            return
        within = mark.unit.text.count("“") > mark.unit.text.count("”") or (within and "”" not in mark.unit.text)
        yield number


def _amends(text: str) -> bool:
    return "amendment" in text.lower()
