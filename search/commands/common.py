"""What every command of the archive needs: the engine, the filters that were given, a line of JSON."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.records import Facets, Filters
    from search.engine import Engine


def engine(options: argparse.Namespace) -> Engine:
    """Open the archive with the model that made it."""
    from search.engine import Engine

    return Engine.open(options.archive)


def filters(options: argparse.Namespace, facets: Facets) -> Filters:
    """Read what was given to filter by, among what the archive holds."""
    from search.question import filter_choices

    return filter_choices.filters(
        facets, options.authority, options.board, options.kind, options.date_from, options.date_to
    )


def line(value: object) -> str:
    """Give one line of JSON."""
    return json.dumps(value, ensure_ascii=False)
