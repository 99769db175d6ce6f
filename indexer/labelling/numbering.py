"""Numbers before lines: their form, and whether they rise in a chain through the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.labelling.units import Unit
from indexer.layout.blocks import Placed
from indexer.text.words import BULLETS, DIGITS

_NUMBER = re.compile(
    r"\W{0,2}(?P<word>minute|item|agenda item)?\s*(?:no\.?\s*)?(?P<number>"
    r"\(?(?:[A-Z]{1,4}[ ./-]?)?\d{1,4}(?:\s?[./-]\s?\d{1,6}){0,3}(?:/[A-Z]{1,6}|[a-z])?"
    r"|\(?[a-z]{1,2}(?=[.)])|\(?[ivx]{1,5}(?=[.)])|\(?[A-Z](?=[.)]))(?P<mark>[.):]{0,2})(?=\s|$|[A-Z(])",
    re.IGNORECASE,
)
_BULLET = re.compile(rf"\W{{0,1}}(?:[{BULLETS}·*]|[-]|o(?=\s[A-Z])|[–—-](?=\s))")
# A chain reaches over this many candidates, and its numbers rise by at most so much.
_WINDOW = 40
_STEP = 3
_SHORT = 14


@dataclass(frozen=True, slots=True)
class Numbering:
    """A unit's number: ``form`` is its shape ("9.9", "a)", "•", "" for none).

    ``follows`` says whether it is the next after the number before of that form, or the first; ``chain`` how many rise
    with it, and ``short`` whether most of those are short lines, as headings are.
    """

    form: str = ""
    follows: str = ""
    chain: int = 0
    short: bool = False

    def features(self) -> list[str]:
        """Give its features for the model."""
        if not self.form:
            return ["no number"]
        kept = "1" if self.chain < 2 else "2" if self.chain < 4 else "4" if self.chain < 7 else "7"
        return [f"form={self.form}", f"chain={kept}{self.short}", f"form|chain={self.form}|{kept}{self.short}",
                f"form|follows={self.form}|{self.follows}"]  # fmt: skip


@dataclass(slots=True)
class _Candidate:
    unit: int
    value: int
    short: bool
    best: int = 1
    back: int = -1


def numberings(blocks: Sequence[Placed], units: Sequence[Unit]) -> list[Numbering]:
    """Read the number that each unit at the head of its block begins with."""
    forms: list[str] = [""] * len(units)
    follows: list[str] = [""] * len(units)
    groups: dict[str, list[_Candidate]] = {}
    for at, unit in enumerate(units):
        if unit.nth:
            continue
        form, value = _form(unit.text)
        forms[at] = form
        if not form or form == "•":
            continue
        words = len(blocks[unit.block].text.split())
        short = words <= _SHORT or (unit.of > 1 and len(unit.text.split()) <= _SHORT)
        group = groups.setdefault(form, [])
        last = group[-1].value if group else 0
        follows[at] = "next" if value == last + 1 else "first" if value == 1 else "later" if value > last else "back"
        group.append(_Candidate(at, value, short))
    chains: dict[int, tuple[int, bool]] = {}
    for group in groups.values():
        chains |= _chains(group)
    return [Numbering(form, follows[at], *chains.get(at, (0, False))) for at, form in enumerate(forms)]


def _form(text: str) -> tuple[str, int]:
    """The shape of a number and the value of its last part; ("", 0) where a line begins with none."""
    if _BULLET.match(text):
        return "•", 0
    match = _NUMBER.match(text)
    if match is None:
        return "", 0
    number = match["number"]
    digits = DIGITS.findall(number)
    if not digits:
        core = number.strip("(").lower()
        value = ord(core[0]) - ord("a") + 1 if len(core) == 1 else 0
        return ("A" if number.strip("(").isupper() else "a") + match["mark"][:1], value
    shape = DIGITS.sub("9", re.sub(r"(?<![A-Za-z])[A-Za-z]++(?=[\s./-]*\d)", "X", number))
    shape = "".join(shape.split())
    shape = f"{shape[:-1]}a" if "a" <= shape[-1:] <= "z" else shape
    parts = digits if len(digits) > 1 and int(digits[-1]) > 1900 else digits[::-1]
    return f"{(match['word'] or '')[:1].lower()}{shape}{match['mark'][:1]}", int(parts[0])


def _chains(group: Sequence[_Candidate]) -> dict[int, tuple[int, bool]]:
    """For each candidate the length of the longest rising chain through it, and whether its lines are mostly short."""
    for at, one in enumerate(group):
        for earlier in range(max(0, at - _WINDOW), at):
            other = group[earlier]
            if 0 < one.value - other.value <= _STEP and other.best + 1 > one.best:
                one.best, one.back = other.best + 1, earlier
    lengths: dict[int, tuple[int, bool]] = {}
    for at in sorted(range(len(group)), key=lambda one: -group[one].best):
        if group[at].unit in lengths:
            continue
        chain = [at]
        while group[chain[-1]].back >= 0:
            chain.append(group[chain[-1]].back)
        short = 2 * sum(group[place].short for place in chain) > len(chain)
        for place in chain:
            lengths.setdefault(group[place].unit, (len(chain), short))
    return lengths
