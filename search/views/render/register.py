"""The register's chart: decisions by year. Nothing of Streamlit here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from indexer.records import StoredDecision
from search.views import address
from search.views.address import Asked
from search.views.render import charts


def by_year(rows: Iterable[StoredDecision], asked: Asked) -> str:
    """Give the bar chart of decisions by year of the meeting, each year a link to its own decisions.

    Args:
        rows: the decisions on screen.
        asked: the view; a year's link keeps its words and filters.
    """
    counts = Counter(row.decision.meeting.date.year if row.decision.meeting.date else 0 for row in rows)
    shown = [
        charts.Bar(str(year), counts[year], link(year, asked) if counts[year] else "") for year in charts.years(counts)
    ]
    if counts[0]:
        shown.append(charts.Bar("No date", counts[0]))
    return charts.bars("Decisions by year of the meeting", ("Year", "Decisions"), shown)


def link(year: int, asked: Asked) -> str:
    """Give the address of a year's decisions, with the words and filters of a view."""
    view = replace(asked, date_from=date(year, 1, 1), date_to=date(year, 12, 31))
    return f"decisions?{urlencode(address.to_params(view), doseq=True)}"
