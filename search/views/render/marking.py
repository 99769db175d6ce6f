"""The passage marked on the picture of its page, by the boxes of its words.

What cannot be placed is not marked: a wrong mark is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw

from indexer.records import Box, Page, Span
from indexer.text.words import runs
from search.bounds import BOUNDS

# A highlighter's yellow, multiplied, so that the print under it stays black; the line beneath is for those who do not
# see the yellow.


def boxes(page: Page, spans: Iterable[Span]) -> tuple[Box, ...]:
    """Find the rectangles of the spans' words on a page, one for each run of words on one line.

    Returns:
        Rectangles in points, in reading order; empty if no span is on this page or its words have no known place.
    """
    places = runs(page.text)
    if len(places) != len(page.boxes):
        return ()
    marks: list[Box] = []
    for span in spans:
        if span.page != page.number:
            continue
        for (start, end), own in zip(places, page.boxes, strict=True):
            if start < span.end and end > span.start:
                for box in own:
                    _add(marks, box)
    return tuple(marks)


def draw(picture: Image.Image, marks: Sequence[Box], width: float, height: float) -> Image.Image:
    """Mark rectangles on the picture of a page; the picture itself comes back where there is nothing to mark.

    Args:
        picture: the page's, in colour.
        marks: rectangles in points from the top left corner.
        width: the page's width in points, over 0.
        height: the page's height in points, over 0.
    """
    whole = picture.convert("RGB")
    if not marks or width <= 0 or height <= 0:
        return whole
    across, down = whole.width / width, whole.height / height
    lines = [(box.x0 * across - 2, box.y0 * down - 2, box.x1 * across + 2, box.y1 * down + 2) for box in marks]
    thick = max(1, round(down))
    # Only the part around the marks is multiplied: nobody else's page is drawn meanwhile.
    left, top = (max(0, int(min(line[side] for line in lines))) for side in (0, 1))
    right, bottom = (int(max(line[side] for line in lines)) + thick + 1 for side in (2, 3))
    part = whole.crop((left, top, min(right, whole.width), min(bottom, whole.height)))
    layer = Image.new("RGB", part.size, "white")
    pen = ImageDraw.Draw(layer)
    for x0, y0, x1, y1 in lines:
        pen.rectangle((x0 - left, y0 - top, x1 - left, y1 - top), fill=BOUNDS.mark)
    for x0, _, x1, y1 in lines:
        pen.line((x0 - left, y1 - top, x1 - left, y1 - top), fill=BOUNDS.mark_line, width=thick)
    whole.paste(ImageChops.multiply(part, layer), (left, top))
    return whole


def _add(marks: list[Box], box: Box) -> None:
    """Join a word to the run before it, if it is next on the same line."""
    if marks:
        last = marks[-1]
        shared = min(last.y1, box.y1) - max(last.y0, box.y0)
        tall = min(last.y1 - last.y0, box.y1 - box.y0)
        gap = box.x0 - last.x1
        # A word's gap is about a third of its height; twice the height is another column or cell.
        if tall > 0 and shared > tall / 2 and -tall < gap < 2 * tall:
            marks[-1] = Box(last.x0, min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1))
            return
    marks.append(box)
