"""The arguments of ``follow`` and ``sync``, apart from what they do, so that help loads nothing heavy."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import get_args

from indexer import defaults
from indexer.following.records import System


def add_follow_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe ``follow``."""
    parser.add_argument(
        "url", nargs="?", metavar="URL", help="the council's site, or a list of addresses (CSV, sitemap)"
    )
    _add_papers(parser)
    parser.add_argument("--name", default="", metavar="AUTHORITY", help="the council's name (default: its host)")
    parser.add_argument("--committee", action="append", metavar="NAME", help="follow this one only; may be repeated")
    parser.add_argument(
        "--since", type=date.fromisoformat, default=date(2000, 1, 1), metavar="DATE", help="earliest date"
    )
    parser.add_argument("--system", choices=get_args(System), help="how the site is read (default: found out)")
    parser.add_argument("--list", action="store_true", help="list what is followed, and what waits for a look")
    parser.add_argument("--remove", metavar="KEY", help="follow a council no longer; its papers stay")


def add_sync_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe ``sync``."""
    _add_papers(parser)
    parser.add_argument("--contact", default="", metavar="ADDRESS", help="who may be written to about the requests")
    parser.add_argument("--pause", type=float, default=1.0, metavar="SECONDS", help="least time between two requests")
    parser.add_argument("--no-index", action="store_true", help="fetch only")
    parser.add_argument("--json", action="store_true", help="print what was fetched as JSON")


def _add_papers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--papers", type=Path, default=defaults.folder("papers"), metavar="DIR", help="default: %(default)s"
    )
