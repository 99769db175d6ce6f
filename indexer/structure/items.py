"""The items of minutes: which numbered lines are item headings and which are numbered paragraphs inside an item.

Item numbers run on through the minutes ("84.", "85.", "86."), while paragraph numbers start again; headings also differ
in type. The best chain of rising numbers is taken, so that one odd line costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.structure.blocks import Placed
from indexer.structure.headings import clean_title, is_contents, is_heading, is_shouted
from indexer.structure.heads import is_present

_ITEM = re.compile(
    r"(?:(?:minute|item|agenda item)\s+(?:no\.?\s*)?)?(?P<number>[A-Z]{0,5}[./-]?\d{1,4}(?:[/.-]\d{1,4})?)[.):]?"
    r"(?:\s+(?P<title>[A-Z0-9“‘\"'(£].*))?",
    re.IGNORECASE,
)
_AGENDA_ITEM = re.compile(r"\(?\s*(?:agenda )?item\s+(?:no\.?\s*)?(?P<number>\d{1,3}\w?)\s*\)?\s*$", re.IGNORECASE)
_OUTCOME = re.compile(r"(?:resolved|agreed|recommended|decision|noted|it was)\b", re.IGNORECASE)
_LONGEST = 240
_BELOW = re.compile(r"\d{1,2}\.\d{1,2}[.)]?\s")
_BELOW_WORDS = 14
# A gap in the numbers this wide or wider is no gap but another list.
_WIDEST_GAP = 6


@dataclass(frozen=True, slots=True)
class Item:
    """An item's heading: blocks ``[start, end)``, its printed number, title and the agenda item it names."""

    start: int
    end: int
    number: str
    title: str
    agenda_item: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    item: Item
    keys: tuple[int, ...]
    worth: float
    look: tuple[bool, bool, float]


def items(blocks: Sequence[Placed], start: int, end: int, body: float) -> tuple[Item, ...]:
    """Return the items of the minutes that stand in ``blocks[start:end]``, in order.

    Minutes without numbers give their headings as items, with the number "".
    """
    candidates = [found for index in range(start, end) if (found := _candidate(blocks, index, end, body))]
    chains = [_best_chain(candidates, position) for position in (0, -1)]
    chain = max(chains, key=lambda one: (len(one), sum(candidate.worth for candidate in one)))
    if len(chain) >= 2 or (chain and chain[0].worth >= 2):
        below = _below(blocks, start, end, candidates, chain)
        return tuple(sorted((one.item for one in (*chain, *below)), key=lambda item: item.start))
    return _unnumbered(blocks, start, end, body)


def _candidate(blocks: Sequence[Placed], index: int, end: int, body: float) -> _Candidate | None:
    block = blocks[index]
    text = " ".join(block.text.split())
    match = _ITEM.fullmatch(text)
    if not match or len(text) > _LONGEST or len(text.split()) > 36 or is_contents(text) or not match["number"]:
        return None
    title, upto = match["title"] or "", index + 1
    if not title:
        if upto >= end or len(blocks[upto].text.split()) > 30 or _ITEM.fullmatch(blocks[upto].text.strip()):
            return None
        title, upto = blocks[upto].text.strip(), upto + 1
    agenda = _AGENDA_ITEM.search(title)
    if agenda:
        title = title[: agenda.start()]
    title, upto = _continued(blocks, title, upto, end, bool(agenda))
    if not agenda and upto < end and (agenda := _AGENDA_ITEM.fullmatch(blocks[upto].text.strip())):
        upto += 1
    numbers = tuple(int(part) for part in re.findall(r"\d+", match["number"]))
    item = Item(index, upto, match["number"], clean_title(title), agenda["number"] if agenda else "")
    worth = _worth(block, title, bool(agenda), body)
    return _Candidate(item, numbers, worth, (block.bold, is_shouted(title), round(block.left)))


def _continued(blocks: Sequence[Placed], title: str, upto: int, end: int, complete: bool) -> tuple[str, int]:
    """Add the lines of a title that runs on in blocks of its own, in the same type."""
    while not complete and upto < end and upto and is_shouted(title):
        line = blocks[upto]
        same = line.bold == blocks[upto - 1].bold and line.page == blocks[upto - 1].page and is_shouted(line.text)
        if (
            not same
            or line.row
            or len(line.text) > 120
            or _OUTCOME.match(line.text)
            or _ITEM.fullmatch(line.text.strip())
        ):
            break
        title, upto = f"{title} {line.text.strip()}", upto + 1
    return title, upto


def _worth(block: Placed, title: str, agenda: bool, body: float) -> float:
    """How much a line looks like an item's heading; below 0 it looks like a paragraph."""
    worth = 0.5 + 3 * agenda + 2 * (block.bold or block.level > 0) + 2 * is_shouted(title)
    worth += 1.5 * (body > 0 and block.size >= body * 1.1)
    if re.search(r"[.;:,]$", title.strip()):
        worth -= 2.5
    if not title[:1].isupper() and not title[:1].isdigit():
        worth -= 1
    return worth - (2 if len(title.split()) > 24 else 0) - (3 if _OUTCOME.match(title) else 0)


def _best_chain(candidates: Sequence[_Candidate], position: int) -> list[_Candidate]:
    """Return the chain of rising numbers that is worth most; ``position`` says which part of "12/24" counts."""
    best: list[float] = []
    back: list[int] = []
    for index, candidate in enumerate(candidates):
        score, before = candidate.worth, -1
        for earlier in range(index):
            step = candidate.keys[position] - candidates[earlier].keys[position]
            if not 0 < step < _WIDEST_GAP or candidates[earlier].item.end > candidate.item.start:
                continue
            link = (1.0 if step == 1 else -0.5 * step) + 0.5 * (candidate.look == candidates[earlier].look)
            if best[earlier] + link + candidate.worth > score:
                score, before = best[earlier] + link + candidate.worth, earlier
        best.append(score)
        back.append(before)
    chain: list[_Candidate] = []
    at = max(range(len(best)), key=best.__getitem__, default=-1)
    while at >= 0:
        chain.append(candidates[at])
        at = back[at]
    return chain[::-1]


def _below(
    blocks: Sequence[Placed], start: int, end: int, candidates: Sequence[_Candidate], chain: Sequence[_Candidate]
) -> list[_Candidate]:
    """The items "2.1", "2.2" of minutes whose "2" only gathers them; none where such numbers count paragraphs."""
    counted = [block for block in blocks[start:end] if _BELOW.match(block.text.strip())]
    if any(len(block.text.split()) > _BELOW_WORDS or block.text.rstrip()[-1] in ".;:,?" for block in counted):
        return []
    above = {one.item.number for one in chain}
    taken = {one.item.start for one in chain}
    found = [one for one in candidates if _BELOW.match(f"{one.item.number} ") and one.item.start not in taken]
    return found if len(found) >= 2 and all(one.item.number.split(".")[0] in above for one in found) else []


def _unnumbered(blocks: Sequence[Placed], start: int, end: int, body: float) -> tuple[Item, ...]:
    found: list[Item] = []
    for index in range(start, end):
        block = blocks[index]
        following = blocks[index + 1] if index + 1 < end else None
        strong = block.bold or block.level or is_shouted(block.text) or block.size > body * 1.1
        if strong and is_heading(block, following, body) and not (_OUTCOME.match(block.text) or is_present(block.text)):
            found.append(Item(index, index + 1, "", clean_title(block.text)))
    return tuple(found)
