"""Commands about readers: what they reported of wrong answers, and the news that they are sent."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from indexer.errors import BadArguments


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    shared: argparse.ArgumentParser,
    lines: argparse.ArgumentParser,
) -> None:
    """Add the commands about what readers said and what they are to be told."""
    wrong = commands.add_parser("feedback", parents=[shared, lines], help="what readers reported of wrong answers")
    wrong.add_argument("--file", type=Path, metavar="FILE", help="where reports are kept, if the app's is not meant")
    wrong.add_argument("--gold", action="store_true", help="print those that are judged questions, for evaluate")
    wrong.set_defaults(run=feedback)
    letters = commands.add_parser("alerts", parents=[shared], help="send the news of saved searches by e-mail")
    letters.set_defaults(run=alerts)


def feedback(options: argparse.Namespace) -> None:
    """List readers' reports, or give them as judged questions."""
    from indexer.archive import Archive
    from search import feedback as reports

    file = options.file or reports.path()
    if file is None:
        message = f"No file for reports is set up: give --file, or name one in {reports.VARIABLE}"
        raise BadArguments(message, expected="a file", found="none")
    found = reports.reports(file)
    if options.gold:
        for row in reports.judged(found, Archive.open(options.archive, None)):
            print(json.dumps(row, ensure_ascii=False))
        return
    for one in found:
        print(json.dumps(asdict(one), ensure_ascii=False) if options.json else reports.described(one))


def alerts(options: argparse.Namespace) -> None:
    """Send the letters that are due."""
    from search.views import opened
    from search.views.alerts import sending, settings

    os.environ[opened.VARIABLE] = str(options.archive)
    mail = settings.read()
    if mail is None:
        message = f"No mail server is set up: name it in {settings.SERVER}, as docs/following.md says"
        raise BadArguments(message, expected=settings.SERVER, found="nothing")
    tally = sending.run(mail, opened.subscriptions(), opened.store(), opened.archive(), opened.engine)
    print(f"{tally.sent} letters sent, {tally.nothing} readers without news, {tally.unsure} stopped on their way")
    for line in tally.failed:
        print(line, file=sys.stderr)
