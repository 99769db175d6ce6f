"""Charts that are tables: every mark is beside its number, so that no colour, eye or picture is needed to read one.

A screen reader reads a table with its caption and headers; an eye sees bars and marks. Nothing of Streamlit here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.bounds import BOUNDS
from search.views.render import phrasing
from search.views.render.markup import plain

Cell = Mapping[str, int]  # how many of each class of mark: "full" or "open"


@dataclass(frozen=True, slots=True)
class Legend:
    """What one class of marks means: ``full`` or ``open``, and its noun in the singular and plural."""

    sign: str
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart: its name, its number, and the address that shows what it counts."""

    name: str
    count: int
    link: str = ""


def bars(caption: str, heads: tuple[str, str], rows: Sequence[Bar]) -> str:
    """Give a bar chart as a table: a row's name, a bar as long as its number, and the number.

    Args:
        caption: what is counted.
        heads: the names of the two columns.
        rows: in order.
    """
    most = max((row.count for row in rows), default=0) or 1
    head = f'<th scope="col">{plain(heads[0])}</th><th scope="col" colspan="2">{plain(heads[1])}</th>'
    body = "".join(
        f'<tr><th scope="row">{_linked(row)}</th><td class="bar"><hr class="fill" aria-hidden="true" width="'
        f'{round(100 * row.count / most)}%"></td><td class="count">{row.count:,}</td></tr>'
        for row in rows
    )
    return (
        f'<div class="cells chart"><table><caption>{plain(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def grid(
    caption: str, corner: str, columns: Sequence[str], rows: Mapping[str, Sequence[Cell]], legends: Sequence[Legend]
) -> str:
    """Give counts by row and column as marks in a table; each cell also says its numbers in words.

    Args:
        caption: what is shown.
        corner: the name of the rows.
        columns: the columns' names.
        rows: cells by the row's name, one for each column.
        legends: the classes of marks, in the order they are drawn.
    """
    heads = "".join(f'<th scope="col">{plain(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{plain(name)}</th>{"".join(_cell(cell, legends) for cell in cells)}</tr>'
        for name, cells in rows.items()
    )
    return (
        f'<p class="legend" aria-hidden="true">{"".join(_explained(one) for one in legends)}</p>'
        f'<div class="cells chart" tabindex="0" role="region" aria-label="{plain(caption)}"><table>'
        f'<caption>{plain(caption)}</caption><thead><tr><th scope="col">{plain(corner)}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def years(numbers: Iterable[int]) -> list[int]:
    """Give every year from the first to the last, so that a gap is seen; a lone 0 means no date."""
    known = {number for number in numbers if number}
    return [*range(min(known), max(known) + 1)] if known else []


def _linked(row: Bar) -> str:
    return f'<a href="{plain(row.link)}">{plain(row.name)}</a>' if row.link else plain(row.name)


def _cell(cell: Cell, legends: Sequence[Legend]) -> str:
    drawn = "".join(
        f'<span class="sign {one.sign}"></span>' * min(cell.get(one.sign, 0), BOUNDS.chart_marks) for one in legends
    )
    said = ", ".join(phrasing.counted(cell[one.sign], one.one, one.many) for one in legends if cell.get(one.sign, 0))
    over = any(cell.get(one.sign, 0) > BOUNDS.chart_marks for one in legends)
    total = f'<span class="more">{sum(cell.values()):,}</span>' if over else ""
    return f'<td><span aria-hidden="true">{drawn}{total}</span><span class="heard">{said or "none"}</span></td>'


def _explained(one: Legend) -> str:
    return f'<span><span class="sign {one.sign}"></span> {plain(one.one)}</span>'
