"""Commands about readers: what they reported of wrong answers, and the news that they are sent.

One of the families of commands that `search.__main__` adds; each command loads what it needs when it runs.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import asdict
from pathlib import Path

from indexer.errors import BadArguments
from search.commands.common import Commands, Options, line


def add(commands: Commands, shared: Options) -> None:
    """Add these commands."""
    about = "what readers reported of wrong answers"
    parser = commands.add(feedback, "feedback", about, shared.archive, shared.json)
    parser.add_argument("--file", type=Path, metavar="FILE", help="where reports are kept, if the app's is not meant")
    parser.add_argument("--gold", action="store_true", help="print those that are judged questions, for evaluate")
    commands.add(alerts, "alerts", "send the news of saved searches by e-mail", shared.archive)


def feedback(options: argparse.Namespace) -> None:
    """List readers' reports, or give them as judged questions."""
    from indexer.archive import Archive
    from search import feedback as reports

    file = options.file or reports.path()
    if file is None:
        message = f"No file for reports is set up: give --file, or name one in {reports.VARIABLE}"
        raise BadArguments(message, expected="a file", found="none")
    rows = reports.reports(file)
    if options.gold:
        for judged in reports.judged(rows, Archive.open(options.archive, None)):
            print(line(judged))
        return
    for row in rows:
        print(line(asdict(row)) if options.json else reports.described(row))


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
    for failure in tally.failed:
        print(failure, file=sys.stderr)
