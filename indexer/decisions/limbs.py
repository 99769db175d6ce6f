"""Labels of limbs and their order: "a)", "(ii)", "1.", "2.3", bullets; nested series; labels inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.decisions.stream import Line, joined_lines
from indexer.records import Limb, Page, Span, cut
from indexer.text.words import BULLETS

# Programs set bullets in fonts of symbols, whose letters are of private use.
_BULLETS = f"{BULLETS}·\ue000-\uf8ff–—-"
_COUNTING = r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z]|[ivxl]{1,6}|[IVXL]{1,6})[.)]\)?"
# A bullet before a counting label ("• a)") is only how a list was set; so is "Item" before "6.1".
_LINE_LABEL = re.compile(
    rf"\s*(?:[{_BULLETS}]\s+(?={_COUNTING}\s)|(?:Item|Minute|Paragraph)\s+(?=\d{{1,2}}\.\d))?(?P<label>{_COUNTING}|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=\s)"
    rf"|[{_BULLETS}]|o(?=\s))(?:\s+|(?=[(A-Z]))"
)
_BULLET = re.compile(f"[o{_BULLETS}]")
# Inside a paragraph a label needs a bracket, or a stop after a number, and before it something that lets a limb begin.
# Lists that were set without line breaks have no space there: "the plan;b) confirms it, andc) asks".
_INNER_LABEL = re.compile(
    r"(?:(?<=\s)(?=\()|(?<=[:;,.–—-]\s)|(?<=[:;,.])|(?<=\band)|(?<=\bor)|(?<=\band\s)|(?<=\bor\s)|(?<=\bto\s)"
    r"|(?<=\bthat\s)|(?<=\bBoard\s)|(?<=\bHWB\s))"
    r"(?P<label>\(?(?:[A-Za-z]|[ivx]{1,5}|\d{1,2})\)|\d{1,2}\.|[A-Za-z]\.(?=\s+[A-Z]))\s+(?=\S)"
)
# The second of a series may be this many labels further on: between them are the limbs nested in the first.
_LOOK_AHEAD = 50
_DEEPEST = 6
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Mark:
    """A label at ``pages[...]`` line number ``line`` of a decision, at ``start`` to ``end`` of that line's text."""

    line: int
    start: int
    end: int
    label: str


Stack = tuple[str, ...]


def line_label(text: str) -> re.Match[str] | None:
    """Match the label that a line begins with, if any; group "label" is the label as printed."""
    return _LINE_LABEL.match(text)


def inner_labels(text: str) -> tuple[str, ...]:
    """List what may be labels inside a paragraph, as printed."""
    return tuple(match["label"] for match in _INNER_LABEL.finditer(text))


def is_bullet(label: str) -> bool:
    """Say whether a label only marks an entry and counts nothing."""
    return bool(_BULLET.fullmatch(label))


def succeeds(label: str, earlier: str) -> bool:
    """Say whether ``label`` is the next in the series of ``earlier``: "b)" after "a)", "2.4" after "2.3"."""
    if is_bullet(label) or is_bullet(earlier):
        return label == earlier
    if _style(label) != _style(earlier):
        return False
    now, before = _core(label), _core(earlier)
    if "." in now or "." in before:
        head, _, tail = now.rpartition(".")
        head_before, _, tail_before = before.rpartition(".")
        return head == head_before and tail.isdigit() and tail_before.isdigit() and int(tail) == int(tail_before) + 1
    return any(after == value + 1 for kind, value in _values(before) for k, after in _values(now) if k == kind)


def first(label: str) -> bool:
    """Say whether a label begins a series."""
    return is_bullet(label) or any(value == 1 for _, value in _values(_core(label))) or _core(label).endswith(".1")


def alike(label: str, other: str) -> bool:
    """Say whether two labels may be of one series, whichever comes first: "(a)" and "(d)", not "(a)" and "2."."""
    kinds = [{kind for kind, _ in _values(_core(one))} for one in (label, other)]
    return _style(label) == _style(other) and not is_bullet(label) and bool(kinds[0] & kinds[1])


def push(stack: Stack, label: str) -> Stack | None:
    """Take ``label`` into the open series, innermost last; None where it continues none of them and begins none."""
    for depth in range(len(stack), 0, -1):
        if succeeds(label, stack[depth - 1]):
            return (*stack[: depth - 1], label)
    return (*stack, label) if first(label) and not _open(stack, label) else None


def _open(stack: Stack, label: str) -> bool:
    """Say whether a series of the label's kind is open already: "(a)" begins no series within "(a)", "(b)"."""
    kinds = {kind for kind, value in _values(_core(label)) if value == 1}
    return len(stack) >= _DEEPEST or any(
        _style(label) == _style(one) and kinds & {kind for kind, _ in _values(_core(one))} for one in stack
    )


def limbs(pages: Sequence[Page], parts: Sequence[tuple[Line, int]], marks: Sequence[Mark]) -> tuple[Limb, ...]:
    """Cut the lines of a decision at ``marks``: one limb from each mark to the next."""
    texts = {page.number: page.text for page in pages}
    pieces: list[Limb] = []
    for place, mark in enumerate(marks):
        following = marks[place + 1] if place + 1 < len(marks) else None
        spans = joined_lines(_between(parts, mark, following))
        if spans:
            pieces.append(Limb(mark.label, cut(texts, spans), spans))
    return tuple(pieces)


def marks(parts: Sequence[tuple[Line, int]], labelled: Sequence[bool]) -> tuple[Mark, ...]:
    """Find the labels in the lines of a decision, at their starts and within them.

    Args:
        parts: the lines, each with the offset at which the decision's text begins in it.
        labelled: for each line, whether a label at its start is a limb's.
    """
    candidates = list(_candidates(parts, labelled))
    stack: Stack = ()
    taken: list[Mark] = []
    for place, (mark, sure) in enumerate(candidates):
        grown = push(stack, mark.label)
        later = candidates[place + 1 : place + 1 + _LOOK_AHEAD]
        if sure:
            stack = grown or (*stack, mark.label)
        elif grown is None or (
            len(grown) > len(stack) and not any(succeeds(next_.label, mark.label) for next_, _ in later)
        ):
            continue
        else:
            stack = grown
        taken.append(mark)
    return tuple(taken)


def _candidates(parts: Sequence[tuple[Line, int]], labelled: Sequence[bool]) -> Iterator[tuple[Mark, bool]]:
    for number, (line, offset) in enumerate(parts):
        begin = offset
        if labelled[number] and (match := line_label(line.text[offset:])):
            begin = offset + match.end()
            yield Mark(number, offset + match.start("label"), begin, match["label"].strip()), True
        for inner in _INNER_LABEL.finditer(line.text, begin):
            yield Mark(number, inner.start("label"), inner.end(), inner["label"]), False


def _between(parts: Sequence[tuple[Line, int]], mark: Mark, following: Mark | None) -> Iterator[tuple[Line, Span]]:
    last = following.line if following else len(parts) - 1
    for number in range(mark.line, last + 1):
        line, _ = parts[number]
        start = mark.end if number == mark.line else 0
        end = following.start if following and number == following.line else None
        if end is None or any(letter.isalnum() for letter in line.text[start:end]):
            yield line, line.span(start, end)


def _style(label: str) -> tuple[bool, bool]:
    return label.startswith("("), label.endswith(")")


def _core(label: str) -> str:
    return label.strip("().").lower()


def _values(core: str) -> tuple[tuple[str, int], ...]:
    """Read a label as a number, a letter or a Roman numeral: "i" is both the ninth letter and one."""
    if core.isdigit():
        return (("number", int(core)),)
    readings: list[tuple[str, int]] = []
    if len(core) == 1 and core.isalpha():
        readings.append(("letter", ord(core) - ord("a") + 1))
    if core and set(core) <= set(_ROMAN):
        total = sum(
            -_ROMAN[one] if following and _ROMAN[following] > _ROMAN[one] else _ROMAN[one]
            for one, following in zip(core, [*core[1:], ""], strict=True)
        )
        readings.append(("roman", total))
    return tuple(readings)
