"""What several commands use: options, the engine, the filters that were given, a line of JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.records import Facets, Filters
    from search.engine import Engine


@dataclass(frozen=True, slots=True)
class Options:
    """Options that several commands share: the archive and the log, filters, how many, and JSON."""

    archive: argparse.ArgumentParser
    filters: argparse.ArgumentParser
    limit: argparse.ArgumentParser
    json: argparse.ArgumentParser


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of a parser, to which each module adds its own."""

    subparsers: argparse._SubParsersAction[argparse.ArgumentParser]

    def add(
        self, run: Callable[[argparse.Namespace], None], name: str, about: str, *parents: argparse.ArgumentParser
    ) -> argparse.ArgumentParser:
        """Add a command.

        Args:
            run: a function of the parsed arguments.
            name: as it is typed.
            about: one line of help.
            parents: parsers of the options that it shares with others.
        """
        parser = self.subparsers.add_parser(name, parents=parents, help=about)
        parser.set_defaults(run=run)
        return parser


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
