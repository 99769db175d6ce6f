"""What is printed over a sheet's text, recognised by geometry: watermarks and stamps at any angle, size and place.

Letters that lean against the rest, pale or large letters that lie over other words, and pale words repeated over the
sheet are an overlay: they leave the text, since they are not part of any sentence, and are read for themselves. So is
what may be a mark although it stays where it is: words that run up or down beside the text, and letters set one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from indexer.layout.marks import Word

N = TypeVar("N", int, float)
Boxes: TypeAlias = npt.NDArray[np.float64]
LEAN: Final = 4.0  # degrees off the rest of the sheet
# Type this many times as large as most of the sheet's is large.
_LARGE: Final = 1.5
# This much lighter than most of the sheet's type (0 to 1) is pale.
_PALE: Final = 0.3
# A word lies over another that it shares at least this much of the smaller one's rectangle with.
_OVER: Final = 0.12
_WHITE: Final = 0.96
_TWICE: Final = 0.12  # type sizes within which a word and itself are one
_SHADOW: Final = 0.35  # and of one shade and of another
_SHADE: Final = 0.1
_LOOKED: Final = 100  # of a sheet's equal words that are compared with the next
_TILED: Final = 4  # the same pale words so often on one sheet, side by side and one under the other, are a pattern
_LETTERS: Final = 4
_MANY: Final = 3  # words that dark level type must lie over: a heading may touch the line below it
_SPELT: Final = 4  # single letters in a row may spell something
# More turned words than this share of a sheet are a table that lies on its side.
_SIDEWAYS: Final = 0.3
_LONGEST: Final = 12  # words; a mark is short
# Pieces of so many letters, each turned by so many degrees against the last and all the same way, lie on an arc.
_PIECE: Final = 3
_BEND: Final = (2.0, 45.0)
_LOOK: Final = attrgetter("lean", "tone", "size")  # which may show that words lie over others


class Parted(NamedTuple):
    """The words that are a sheet's text, what is printed over them, and what may be a mark though it lies beside."""

    body: tuple[Word, ...]
    overlays: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def once(words: Sequence[Word]) -> tuple[Word, ...]:
    """Of words that are printed over themselves, for boldness or a shadow, keep the darkest in the first's place."""
    places: dict[str, list[int]] = {}
    out: list[Word] = []
    heights: list[float] = []
    for word in words:
        same = places.get(word.text)
        if same is None:  # most often
            same = places[word.text] = []
        high, most = word.y0, _SHADOW * word.size
        for at in same[-_LOOKED:] if same else ():
            # Hardly any is as high: asked of all pairs, this question is the cheapest.
            if -most < heights[at] - high < most and _one(out[at], word):
                if word.tone < out[at].tone:
                    out[at], heights[at] = word._replace(place=out[at].place), high
                break
        else:
            same.append(len(out))
            out.append(word)
            heights.append(high)
    return tuple(out)


def _one(first: Word, word: Word) -> bool:
    """Whether two words that say the same are one, printed twice."""
    shift = (_SHADOW if abs(first.tone - word.tone) > _SHADE else _TWICE) * word.size
    near = min(shift, (word.x1 - word.x0) / 2)
    return abs(first.x0 - word.x0) < near and abs(first.y0 - word.y0) < near and first.turn == word.turn


def parted(words: Sequence[Word]) -> Parted:
    """Take what is printed over a sheet's text out of it.

    Args:
        words: all that can be seen of one sheet, in the order of the file.
    """
    if not words:
        return Parted(())
    usual = _Usual(words)
    over: list[list[Word]] = []
    beside: list[str] = []
    texts = [*_spelt(words), *_turned(words, usual)]
    looks = list(map(_LOOK, words))
    over += _arcs(words) if len({lean for lean, *_ in looks}) >= _SPELT else ()
    strange = {look for look, word in dict(zip(looks, words, strict=True)).items() if usual.odd(word)}
    odd = [word for word, look in zip(words, looks, strict=True) if look in strange] if strange else []
    if odd:
        others = (word[1:5] for word, look in zip(words, looks, strict=True) if look not in strange)
        plain = _middle(np.array(list(others)).reshape(-1, 4))
        tiles = _tiles([word for word in odd if usual.pale(word)])
        for group in _groups(odd):
            if _overlies(group, plain, usual) or all(word.text.casefold() in tiles for word in group):
                over.append(group)
            elif usual.leans(group[0]):
                texts.append(_text(group))
            else:
                beside.append(_text(group))
    gone = {word.place for group in over for word in group}
    texts += [_text(group) for group in over]
    body = tuple(words) if not gone else tuple(word for word in words if word.place not in gone)
    return Parted(body, *(tuple(dict.fromkeys(filter(None, some))) for some in (texts, beside)))


class _Usual:
    """How most letters of a sheet look: their lean, direction, size and shade."""

    def __init__(self, words: Sequence[Word]) -> None:
        # What is printed all over a sheet counts once, so that it is not taken for the text.
        once = set(map(attrgetter("text", "turn", "lean", "size", "tone"), words))
        looks: Counter[tuple[int, float, float, float]] = Counter()
        for text, turn, lean, size, tone in once:
            looks[turn, lean, size, tone] += len(text)
        self.turn = _most((turn, count) for (turn, _, _, _), count in looks.items())
        self.lean = _most((lean, count) for (_, lean, _, _), count in looks.items())
        self.size = _most((size, count) for (_, _, size, _), count in looks.items())
        self.tone = _most((tone, count) for (_, _, _, tone), count in looks.items())
        self.sideways = 1 - [word.turn for word in words].count(self.turn) / len(words)

    def leans(self, word: Word) -> bool:
        """Whether a word leans against the others; a quarter turn does not count."""
        return abs((word.lean - self.lean + 45) % 90 - 45) > LEAN

    def pale(self, word: Word) -> bool:
        """Whether a word is much lighter than the others; what is white must have a ground behind it."""
        return word.tone - self.tone > _PALE and word.tone < _WHITE

    def large(self, word: Word) -> bool:
        """Whether a word is much larger than the others."""
        return word.size >= _LARGE * self.size

    def odd(self, word: Word) -> bool:
        """Whether a word may lie over the text."""
        return self.leans(word) or self.pale(word) or self.large(word)


def _most(counts: Iterable[tuple[N, int]]) -> N:
    total: Counter[N] = Counter()
    for value, count in counts:
        total[value] += count
    return total.most_common(1)[0][0]


def _groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that follow each other in the file and look the same."""
    group: list[Word] = []
    for word in words:
        last = group[-1] if group else None
        if last and not (
            word.place == last.place + 1
            and (word.lean, word.turn, word.tone) == (last.lean, last.turn, last.tone)
            and abs(word.size - last.size) < 0.5
        ):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _tiles(pale: Sequence[Word]) -> frozenset[str]:
    """Words that are printed in rows and columns all over a sheet."""
    places: dict[str, list[Word]] = {}
    for word in pale:
        # Figures and "N/A" in rows and columns are a table's.
        if sum(map(str.isalpha, word.text)) >= _LETTERS:
            places.setdefault(word.text.casefold(), []).append(word)
    return frozenset(text for text, same in places.items() if len(same) >= _TILED and _spread(same))


def _spread(words: Sequence[Word]) -> bool:
    """Whether words are spread over more than one row and more than one column."""
    return min(len({round(word.x0) for word in words}), len({round(word.y0) for word in words})) > 1


def _overlies(group: Sequence[Word], plain: Boxes, usual: _Usual) -> bool:
    """Whether a group lies over the text, or leans and looks as if it were not part of it."""
    first = group[0]
    if usual.leans(first):
        return usual.pale(first) or usual.large(first) or any(_crosses(word, plain) for word in group)
    if len({word.text for word in group}) > _LONGEST:
        return False
    return sum(_covered(word, plain) for word in group) >= (1 if usual.pale(first) else _MANY)


def _covered(word: Word, plain: Boxes) -> int:
    """How many words a level one lies over; of all rectangles the middle counts, where the letters are."""
    x0, y0, x1, y1 = _middle(np.array([word[1:5]]))[0]
    across = np.minimum(plain[:, 2], x1) - np.maximum(plain[:, 0], x0)
    down = np.minimum(plain[:, 3], y1) - np.maximum(plain[:, 1], y0)
    shared = np.clip(across, 0, None) * np.clip(down, 0, None)
    sizes = np.minimum((plain[:, 2] - plain[:, 0]) * (plain[:, 3] - plain[:, 1]), (x1 - x0) * (y1 - y0))
    return int(np.count_nonzero(shared > _OVER * sizes))


def _crosses(word: Word, plain: Boxes) -> bool:
    """Whether the line that a leaning word runs along crosses others."""
    steps = np.linspace(0.1, 0.9, 9)[:, None]
    x = word.x0 + steps * (word.x1 - word.x0)
    y = word.y1 - steps * (word.y1 - word.y0) if word.lean > 0 else word.y0 + steps * (word.y1 - word.y0)
    inside = (plain[:, 0] < x) & (x < plain[:, 2]) & (plain[:, 1] < y) & (y < plain[:, 3])
    return bool(inside.any())


def _middle(boxes: Boxes) -> Boxes:
    """Rectangles without the upper and the lower fifth."""
    high = 0.2 * (boxes[:, 3] - boxes[:, 1])
    return boxes + np.stack([0 * high, high, 0 * high, -high]).T


def _turned(words: Sequence[Word], usual: _Usual) -> Iterator[str]:
    """What runs up, down or upside down beside the text, line by line."""
    if 0 < usual.sideways <= _SIDEWAYS:
        turned = [word for word in words if word.turn != usual.turn and not usual.leans(word)]
        for _, line in groupby(turned, lambda word: (word.turn, round((word.x0 if word.turn % 2 else word.y0) / 3))):
            yield _text(list(line))


def _spelt(words: Sequence[Word]) -> Iterator[str]:
    """Letters set one by one, in the order of the file, from the left and from the top."""
    if sum(len(word.text) == 1 for word in words) < _SPELT:
        return
    for single, run in groupby(words, lambda word: len(word.text) == 1 and word.text.isalpha()):
        letters = list(run) if single else []
        if len(letters) >= _SPELT:
            yield "".join(word.text for word in letters)
            yield "".join(word.text for word in sorted(letters, key=lambda word: word.x0))
            yield "".join(word.text for word in sorted(letters, key=lambda word: word.y0))


def _arcs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Letters that follow each other in the file and along an arc, as round a seal."""
    arc: list[Word] = []
    way = 0.0
    for word in words:
        short = len(word.text) <= _PIECE and word.text.isalpha()
        bend = _bend(arc[-1], word) if arc and short and abs(arc[-1].size - word.size) < 0.5 else 0.0
        if _BEND[0] <= abs(bend) <= _BEND[1] and bend * way >= 0:
            arc.append(word)
            way = bend
            continue
        if len(arc) >= _SPELT:
            yield arc
        arc, way = [word] if short else [], 0.0
    if len(arc) >= _SPELT:
        yield arc


def _bend(first: Word, then: Word) -> float:
    """By how many degrees, anticlockwise, a word is turned against another."""
    return (90 * (then.turn - first.turn) + then.lean - first.lean + 180) % 360 - 180


def _text(group: Sequence[Word]) -> str:
    """A group as one short text; letters set apart become a word again. "" if it is too long for a mark."""
    single = sum(len(word.text) == 1 for word in group)
    if single > 0.6 * len(group):
        return "".join(word.text for word in group)
    # What is printed all over a sheet says the same each time.
    words = list(dict.fromkeys(word.text for word in group))
    return " ".join(words) if len(words) <= _LONGEST else ""
