"""Fictional minutes composed of our own sentences, so that every way of deciding is met in many places of an item."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from indexer.labelling.training.manuscripts import Manuscript, manuscript

SENTENCES: Final = Path(__file__).with_name("sentences.txt")
MOTIONS: Final = Path(__file__).with_name("motions.txt")
_LABELS: Final = (
    "({letter}) ", "{letter}) ", "{n}. ", "{n}) ", "({roman}) ", "{roman}. ", "• ", "{item}.{n} ",
    "", "{letter}. ", " ", "- ",
)  # fmt: skip
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_NUMBERS: Final = ("{n}. ", "{n} ", "{n}) ", "", "{n}/24 ", "18.{n}. ", "Item {n}: ", "{n}.0 | ", "{big} ", "{n} | ")
_BULLETS: Final = ("", "", "", "• ", "{n}.{m} ", " ", "- ", "({letter}) ", "{n}.{m} | ")
_FORUM: Final = (
    "t The following statements were received:", "t 21 statements were received and noted as follows:",
    "t Questions were received from:", "i Public forum statements",
)  # fmt: skip
_AS_FOLLOWS: Final = (" as follows:", " to the report as follows;", ":")
_TOPICS: Final = ("", "", "", "", "{topic} – ", "{topic}: ", "{topic} | ")


def _lists() -> dict[str, list[str]]:
    rows = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()
    return {name: text.split(";") for name, _, text in (row.partition(": ") for row in rows if row[:1] != "#")}


_WORDS: Final = _lists()


def composed(count: int) -> Iterator[Manuscript]:
    """Compose ``count`` minutes, each in its own style; the same every time."""
    paragraphs = [line for line in SENTENCES.read_text(encoding="utf-8").split("\n") if line[:1] not in ("#", "")]
    motions: dict[str, list[str]] = {}
    for line in MOTIONS.read_text(encoding="utf-8").split("\n"):
        if line[:1] not in ("#", ""):
            part, _, text = line.partition(" ")
            motions.setdefault(part, []).append(text)
    for seed in range(count):
        chance = random.Random(seed)  # noqa: S311 - composes, and keeps no secret
        yield manuscript(f"composed {seed}", "\n".join(_lines(chance, paragraphs, motions)))


def _lines(chance: random.Random, paragraphs: list[str], motions: dict[str, list[str]]) -> Iterator[str]:
    number, bullet = chance.choice(_NUMBERS), chance.choice(_BULLETS)
    topic = chance.choice(_TOPICS)
    bold = "*" * (chance.random() < 0.6)
    shout = chance.random() < 0.25
    joined, wrapped = chance.random() < 0.5, chance.random() < 0.3
    formal = chance.random() < 0.6
    label = chance.choice(_LABELS)
    run_in = chance.random() < 0.2
    yield "h* TOWNLY COUNCIL"
    yield "h " + _filled(chance, chance.choice(_WORDS["head"]))
    for text in chance.sample(_WORDS["present"], chance.randint(0, 3)):
        yield "p " + _filled(chance, text)
    titles = chance.sample(_WORDS["title"], chance.choice((1, 1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13)))
    for at, title in enumerate(titles, 1):
        name = number.format(n=at, big=1200 + at) + (title.upper() if shout else title)
        yield f"i {name}." if run_in else f"i{bold} {name}"
        for place, paragraph in enumerate(_item(chance, paragraphs), 1):
            mark = bullet.format(n=at, m=place, letter="abcdefghijklmnop"[place - 1])
            said = topic.format(topic=chance.choice(_WORDS["title"])) if chance.random() < 0.5 else ""
            same = joined if place > 1 else run_in
            yield from _set(chance, paragraph, "" if run_in and place == 1 else mark + said, same, wrapped)
        if formal and chance.random() < 0.7:
            yield from _moved(chance, motions, label, str(at))
        if chance.random() < 0.06:
            yield from _forum(chance)
        if chance.random() < 0.15:
            yield from ("---", _filled(chance, chance.choice(_WORDS["running"])))
    yield "c " + _one_of(chance, "closing")


def _forum(chance: random.Random) -> Iterator[str]:
    """What the public handed in, as a table: nobody decides there."""
    yield chance.choice(_FORUM)
    yield "r " + chance.choice(("Ref No | Name | Title", "No. | Name | Subject", "Ref | Name"))
    for at in range(1, chance.randint(3, 9)):
        number = chance.choice(("{n:02}", "{n}", "{n:02} & 30", "{n}, 41 & 42")).format(n=at)
        yield f"r {number} | {_filled(chance, '{who}')} | {_filled(chance, '{said}')}"
    if chance.random() < 0.3:
        yield "t Statements 3, 6 and 10 were presented to the meeting."


def _item(chance: random.Random, paragraphs: list[str]) -> Iterator[str]:
    """Some talk, then mostly what was decided, and now and then something after it."""
    decided = [one for one in paragraphs if one[0] == "d" or "| d" in one]
    talk = [one for one in paragraphs if one[0] == "t" and "| d" not in one]
    rest = [one for one in paragraphs if one[0] in "ak"]
    yield from chance.sample(talk, chance.choice((0, 0, 1, 1, 2, 3, 5, 8)))
    if chance.random() < 0.7:
        yield chance.choice(decided)
    if chance.random() < 0.3:
        yield chance.choice(rest)
    if chance.random() < 0.4:
        yield from chance.sample(talk, chance.choice((1, 1, 2, 4)))
    if chance.random() < 0.25:
        yield chance.choice(decided)


def _moved(chance: random.Random, motions: dict[str, list[str]], label: str, item: str) -> Iterator[str]:
    """A motion: perhaps an amendment that fell, who moved, how the vote went, and the resolution with its limbs."""

    def one(part: str) -> str:
        return _filled(chance, chance.choice(motions[part]))

    if chance.random() < 0.12:
        yield f"{chance.choice(('i', 'i*'))} Recommendation {chance.randint(1, 8)} – {_one_of(chance, 'title')}"
    yield from _contested(chance, one)
    before, after = chance.random() < 0.4, chance.random() < 0.3
    if before:
        yield "m " + one("mover")
        if chance.random() < 0.6:
            yield from _voted(chance, one)
    if chance.random() < 0.4:
        lead = re.sub(r"(?:that|to|:|;|THAT|–)+$", "", one("lead").strip()).strip(" :;")
        yield f"d {lead}{chance.choice((' ', ': ', ' – '))}{one('open')}"
    elif chance.random() < 0.1:
        yield "d " + one("won")
    else:
        yield from _listed(chance, one, label, item)
    for _ in range(chance.choice((1, 1, 2, 3)) if after else 0):
        yield from ["m " + one("mover")] if chance.random() < 0.3 else _voted(chance, one)
    if after and chance.random() < 0.3:
        yield from _named_votes(chance)
    if chance.random() < 0.45:
        yield "t " + one("later")


def _contested(chance: random.Random, one: Callable[[str], str]) -> Iterator[str]:
    """Now and then an amendment that fell or was carried, or a motion that was lost, with who moved it and the vote."""
    if chance.random() < 0.25:
        number = chance.choice(("", "", "Amendment 1. ", "(2) "))
        if chance.random() < 0.5:
            yield f"m {number}{one('amend')}"
        else:
            yield _filled(chance, f"m {number}{{who}} moved an amendment{chance.choice(_AS_FOLLOWS)}")
            yield from (f"+ {one('text')}" for _ in range(chance.choice((1, 1, 2))))
            yield _filled(chance, "m The amendment was seconded by {who}.")
        if chance.random() < 0.3:
            yield "t Members debated it."
        if chance.random() < 0.3:
            yield from _voted(chance, one)
        yield ("d " + one("fell")) if chance.random() < 0.7 else "v " + one("won")
    elif chance.random() < 0.15:
        yield f"m {one('mover').rstrip('.')}: that {_filled(chance, '{thing} be given up.')}"
        yield "d " + _one_of(chance, "lost")


def _voted(chance: random.Random, one: Callable[[str], str]) -> Iterator[str]:
    """A vote in a sentence, or side by side."""
    if chance.random() < 0.6:
        yield "v " + one("vote")
        return
    if chance.random() < 0.6:
        yield "t " + chance.choice(
            ("The motion was put to the vote:", "The voting was as follows:", "A vote was taken.")
        )
    for side in ("For", "Against", "Abstain")[: chance.choice((2, 3))]:
        count = chance.randint(0, 40)
        yield f"v {side} " + chance.choice((f"({count})", f"– {count}", f": {count}"))
        if chance.random() < 0.3:
            yield "v " + _filled(chance, "{who}, {who}, {who}")


def _named_votes(chance: random.Random) -> Iterator[str]:
    """How each member voted, in a table."""
    if columns := chance.random() < 0.5:
        yield "v Name | For | Against | Abstain"
    for _ in range(chance.randint(3, 7)):
        name = _filled(chance, "{who}")
        side = chance.randint(0, 2)
        cells = (
            ["X" if place == side else "" for place in range(3)] if columns else [("For", "Against", "Abstain")[side]]
        )
        yield f"v {name} | {' | '.join(cells)}"


def _listed(chance: random.Random, one: Callable[[str], str], label: str, item: str) -> Iterator[str]:
    """A resolution in limbs, which may have headings and sub-limbs inside and may be cut by a page."""
    lead = one("lead")
    yield ("d* " if chance.random() < 0.4 else "d ") + lead
    if chance.random() < 0.2 and not lead.lower().endswith("that"):
        yield "+ That"
    count = chance.choice((1, 2, 2, 3, 3, 4, 5, 8))
    for at in range(count):
        if chance.random() < 0.08:
            yield "+* " + one("heading")
        elif chance.random() < 0.06:
            yield from ("---", _filled(chance, chance.choice(_WORDS["running"])))
        name = label.format(letter="abcdefghij"[at], n=at + 1, roman=_ROMAN[at], item=item)
        text = one("limb")
        words = text.split(" ")
        if len(words) > 12 and chance.random() < 0.3:
            yield f"+ {name}{' '.join(words[:9])}"
            if chance.random() < 0.4:
                yield "---"
                yield _filled(chance, chance.choice(_WORDS["running"]))
            yield f"+ {' '.join(words[9:])}"
        else:
            yield f"+ {name}{text}"
        if chance.random() < 0.1:
            yield from (f"+ {mark} {one('limb')}" for mark in ("(i)", "(ii)"))


def _set(chance: random.Random, paragraph: str, prefix: str, joined: bool, wrapped: bool) -> Iterator[str]:
    """Set one paragraph: its parts as sentences of a block or, where they are a list, as blocks of their own."""
    parts = paragraph.split(" | ")
    listed = any(re.match(r"[+t] (?:•|\(|\d\.|i+\))", part) for part in parts) or "payments" in paragraph
    head = bool(re.match(r"\d.*[:–]\s$", prefix))
    if head:
        yield f"i {prefix.strip()}"
        prefix = ""
    for at, part in enumerate(parts):
        mark, _, text = _filled(chance, part).partition(" ")
        same = (at > 0 and not listed) or (at == 0 and (head or (joined and not prefix)))
        text = (prefix if at == 0 else "") + text[0].upper() + text[1:]
        words = text.split(" ")
        if wrapped and not same and len(words) > 8 and "|" not in text and mark in "dt" and len(parts) == 1:
            half = len(words) * 2 // 3
            yield f"{mark} {' '.join(words[:half])}"
            yield f"{'+' if mark == 'd' else mark} {' '.join(words[half:])}"
            continue
        yield f"{'&' * same}{mark} {text}"


def _one_of(chance: random.Random, name: str) -> str:
    """Choose one line of a list."""
    return _filled(chance, chance.choice(_WORDS[name]))


def _filled(chance: random.Random, text: str) -> str:
    def word(match: re.Match[str]) -> str:
        return chance.choice(_WORDS[match[1]]) if match[1] in _WORDS else str(chance.randint(3, 90))

    return re.sub(r"\{(\w+)\}", word, text)
