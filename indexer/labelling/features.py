"""The features of each unit: its words, type and place on the sheet, numbering, and neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.heads.headings import body_size, is_shouted
from indexer.labelling.numbering import Numbering, numberings
from indexer.labelling.units import Unit
from indexer.layout.blocks import Placed
from indexer.text import cues, dates

# Pairs are taken from this many first and last words of a unit; what lies between is discussion.
_FIRST, _LAST = 24, 8
_HEADING_WORDS = 16
_LARGER, _SMALLER = 1.08, 0.93
# Offsets, in units, of the neighbours whose features a unit shares.
_NEAR = (-2, -1, 1, 2)
# A subject or an auxiliary verb is within this many words before its verb.
_BEFORE = 7
_EDGE = 2
# No word of a paper holds this: TOKEN has no white space in it.
_PART = "\n"
_DIGITS = str.maketrans(dict.fromkeys("123456789", "0"))
# Deciding verbs in capitals, as `_cues` counts them.
_CAPITALS = frozenset(f"c={verb}!" for verb in ("resolve", "agree", "approve", "note", "recommend", "defer", "decide"))


@dataclass(frozen=True, slots=True)
class _Told:
    """A unit's own features, and the few of them that its neighbours share."""

    own: list[str]
    core: list[str]
    heading: bool
    deciding: str
    formal: bool


def features(blocks: Sequence[Placed], units: Sequence[Unit], *, plain: bool = False) -> list[list[str]]:
    """Describe every unit by strings, each present or absent.

    Args:
        blocks: the blocks that were split into units.
        units: their units.
        plain: leave out type and place, as in a format that has none; for training.
    """
    usual = 0.0 if plain else body_size(blocks)
    margin = Counter(round(block.left) for block in blocks if not block.row).most_common(1)
    running = _running(blocks)
    numbers = numberings(blocks, units)
    told = [
        _told(unit, blocks[unit.block], numbers[at], (usual, 0.0 if plain or not margin else margin[0][0]), plain)
        for at, unit in enumerate(units)
    ]
    formal, near = _formal(told)
    edges = _edges(blocks)
    headings = _headings(told)
    rows: list[list[str]] = []
    for at, (unit, one) in enumerate(zip(units, told, strict=True)):
        own = one.own
        own += [f"h<{headings[at][0]}", f"h>{headings[at][1]}", f"h<>{headings[at]}"]
        own += [f"edge={edges[unit.block]}"] if edges[unit.block] else []
        own += ["running"] if unit.block in running else []
        if at and units[at - 1].text[-1:].isalnum() and unit.text[:1].islower():
            own.append("goes on")
        own.append(f"at={min(at, 12)}" if at < 13 else "later")
        own.append(f"formal={formal}")
        if one.deciding:
            own += [f"formal={formal}|{one.deciding}", f"near={near[at]}|{one.deciding}", f"near={near[at]}"]
        rows.append(own)
    for step in _NEAR:
        for at, row in enumerate(rows):
            if 0 <= at + step < len(units):
                # All names are marked with the step at once: one by one they would cost as much as all else here.
                row += f"{step}:{f'{_PART}{step}:'.join(told[at + step].core)}".split(_PART)
            else:
                row.append(f"{step}:none")
    return rows


def _told(unit: Unit, block: Placed, number: Numbering, usual: tuple[float, float], plain: bool) -> _Told:
    tokens = cues.TOKEN.findall(unit.text)
    shouted = is_shouted(unit.text)
    words = _normal(tokens, shouted)
    said = _cues(tokens, words)
    shape = _shape(unit, block, tokens, words, shouted)
    lead = unit.lead and not plain
    look = [] if plain else _look(block, *usual, lead)
    count = len(tokens)
    heading = (
        unit.nth == 0
        and not block.row
        and count <= _HEADING_WORDS
        and (lead or unit.text[-1:] not in ".;,")
        and (bool(number.form) or shouted or (not plain and (block.bold or block.level > 0)) or lead)
        and not unit.text[:1].islower()
    )
    cues_told = f"cues={min(3, sum(one.count('|') == 2 and one[0] == 'c' for one in said))}|{bool(block.row)}"
    numbered = number.features()
    own = ["bias", cues_told, *said, *shape, *look, *numbered]
    own += [f"{a}&{b}" for a in numbered for b in (*look, shape[0])]
    own += [f"w:{word}" for word in dict.fromkeys(words)]
    near = words if count <= _FIRST + _LAST else [*words[:_FIRST], "…", *words[-_LAST:]]
    own += [f"b:{one}_{two}" for one, two in zip(["^", *near], [*near, "$"], strict=True)]
    own += [f"p{at}:{word}" for at, word in enumerate(words[:3])]
    own += ["^:" + "_".join(words[:3])]
    core = [*(one for one in said if one.count("|") <= 1), *shape, *numbered[:2], *look[:1]]
    core += [f"p0:{words[0]}"] if words else []
    core += ["heading"] if heading else []
    deciding = next((one for one in said if one.count("|") == 2), "")
    formal = any(one in _CAPITALS for one in said)
    return _Told(own, core, heading, deciding, formal)


def _normal(tokens: Sequence[str], shouted: bool) -> list[str]:
    """Words in the model's terms: names, bodies, titles, numbers and dates as such, all else in lower case."""
    terms: list[str] = []
    for at, token in enumerate(tokens):
        low = token.lower()
        if low in cues.BODIES:
            terms.append("BODY")
        elif low.rstrip("s") in cues.TITLES or low in cues.TITLES:
            terms.append("TITLE")
        elif low in cues.MONTHS:
            terms.append("MONTH")
        elif low in cues.DAYS:
            terms.append("DAY")
        elif token[0].isdigit():
            terms.append("YEAR" if dates.is_year(token) else "0" if len(token) < 3 else "000")
        elif low == "\t":
            terms.append("TAB")
        elif not shouted and token.isupper() and token.isalpha() and low not in cues.LEMMAS:
            terms.append("INIT" if 2 <= len(token) <= 3 else low if len(token) == 1 else "CAPS")
        elif at and token[0].isupper() and not shouted and not _known(low) and tokens[at - 1] not in '.:;(“"‘\t':
            terms.append("NAME")
        else:
            terms.append(low)
    return terms


def _known(low: str) -> bool:
    return low in cues.LEMMAS or low in cues.ROLES or low in cues.THINGS or low in cues.AUXILIARIES


def _cues(tokens: Sequence[str], words: Sequence[str]) -> list[str]:
    """Deciding words, each with its auxiliary, its subject, and whether it is reported speech."""
    names: list[str] = []
    telling = -1
    for at, word in enumerate(words):
        if word in cues.TELLING:
            telling = at
        lemma = cues.LEMMAS.get(tokens[at].lower())
        if lemma is None:
            continue
        before = words[max(0, at - _BEFORE) : at][::-1]
        helping = next((one for one in before[:3] if one in cues.AUXILIARIES), "-")
        subject = next((kind for one in before if (kind := _subject(one))), "-")
        had = "had" if {"had", "has", "have"} & set(before[:4]) else ""
        place = "0" if at < 2 else "1" if at < 8 else "2"
        capital = "!" if tokens[at].isupper() and len(tokens[at]) > 3 else "^" if tokens[at][0].isupper() else ""
        after = words[at + 1] if at + 1 < len(words) else "$"
        names += [f"c={lemma}{capital}", f"c={lemma}{capital}|{place}", f"c={lemma}|{helping}|{subject}"]
        names += [f"c={lemma}{capital}|>{after}", f"c={lemma}|{subject}|{place}|{had}", f"k={helping}|{subject}"]
        if 0 <= telling < at:
            names += ["told", f"told|{lemma}|{had}"]
    return list(dict.fromkeys(names))


def _subject(word: str) -> str:
    if word in ("BODY", "TITLE", "NAME", "INIT", "it", "that", "not"):
        return word
    if word in ("he", "she", "they", "we", "who"):
        return "he"
    if word in cues.ROLES:
        return "ROLE"
    return word if word in cues.THINGS else ""


def _shape(unit: Unit, block: Placed, tokens: Sequence[str], words: Sequence[str], shouted: bool) -> list[str]:
    text = unit.text
    count = len(tokens)
    size = next((str(limit) for limit in (1, 2, 4, 7, 12, 20, 35, 60) if count <= limit), "99")
    end = text.rstrip("”\"’')* ")[-1:]
    ends = end if end in ".:;,?!" else "0" if end.isdigit() else "a"
    begins = "a" if text[:1].islower() else "A" if text[:1].isupper() else "0" if text[:1].isdigit() else "-"
    named = sum(word in ("NAME", "TITLE", "INIT") for word in words)
    names = [f"len={size}", f"end={ends}", f"begin={begins}", f"nth={min(unit.nth, 3)}", f"of={min(unit.of, 3)}"]
    names += [f"named={round(4 * named / max(1, count))}", f"size|end={size}{ends}"]
    names += ["shouted"] if shouted else []
    names += ["last"] if unit.nth == unit.of - 1 else []
    if block.row:
        cells = text.split("\t")
        last = cells[-1].split()
        names += ["row", f"cells={min(len(cells), 5)}", f"cell={min(len(last), 4)}{''.join(last).isupper()}"]
        names += [f"first cell={min(len(cells[0].split()), 6)}"]
    return names


def _look(block: Placed, usual: float, margin: float, lead: bool) -> list[str]:
    larger = usual > 0 and block.size > usual * _LARGER
    smaller = usual > 0 and 0 < block.size < usual * _SMALLER
    shift = block.left - margin
    place = "<" if shift < -4 else "=" if shift <= 4 else ">" if shift < 40 else ">>"
    bold = lead or (block.bold and not block.lead)
    names = [f"bold={bold}|{block.level > 0}", f"type={larger - smaller}", f"left={place}"]
    return names if usual else names[:1]


def _formal(told: Sequence[_Told]) -> tuple[str, list[str]]:
    """How often the paper resolves in capitals, and whether it does so between the headings around each unit."""
    count = sum(one.formal for one in told)
    near: list[str] = []
    begin = 0
    for at in range(1, len(told) + 1):
        if at == len(told) or told[at].heading:
            near += [str(any(one.formal for one in told[begin:at]))] * (at - begin)
            begin = at
    return "0" if not count else "1" if count < 3 else "3", near


def _headings(told: Sequence[_Told]) -> list[tuple[str, str]]:
    """The distance back and ahead from each unit to what may be a heading: "0" for itself, up to "9"."""
    before: list[str] = []
    gap = 9
    for one in told:
        gap = 0 if one.heading else min(gap + 1, 9)
        before.append(_far(gap))
    after: list[str] = []
    gap = 1
    for one in reversed(told):
        after.append(_far(gap))
        gap = 1 if one.heading else min(gap + 1, 9)
    return list(zip(before, reversed(after), strict=True))


def _far(gap: int) -> str:
    return str(gap) if gap <= 3 else "5" if gap <= 5 else "9"


def _edges(blocks: Sequence[Placed]) -> list[str]:
    """Whether a block is among the first or last of its page."""
    edges = [""] * len(blocks)
    for at, block in enumerate(blocks):
        if any(blocks[near].page != block.page for near in range(max(0, at - _EDGE), at)):
            edges[at] = "top"
        elif any(blocks[near].page != block.page for near in range(at + 1, min(len(blocks), at + 1 + _EDGE))):
            edges[at] = "foot"
    return edges


def _running(blocks: Sequence[Placed]) -> frozenset[int]:
    """Blocks whose words, except numbers, are repeated on several pages."""
    texts: dict[str, set[int]] = {}
    plain = [block.text.lower()[:80].translate(_DIGITS) for block in blocks]
    for block, text in zip(blocks, plain, strict=True):
        texts.setdefault(text, set()).add(block.page)
    return frozenset(at for at, text in enumerate(plain) if len(texts[text]) > 1 and len(text) < 80)
