"""Command line of the archive: index papers, show the ledger, check it, withdraw a paper.

Parse, call, print. Results go to standard output, everything else to standard error, one line each.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from indexer import defaults, logs
from indexer.archive import place
from indexer.errors import BadArguments, BoardPapersError
from indexer.following import arguments as following

if TYPE_CHECKING:
    from indexer.pipeline.build import Report

_ARCHIVE = "a folder, or a database server's postgresql://... (default: %(default)s)"
# What ``correct`` corrects: options, and the columns of papers.csv that they set.
_CORRECTED = {"authority": "authority", "board": "board", "date": "meeting_date", "kind": "kind", "title": "title"}
DONE, BROKEN, UNUSABLE, INTERRUPTED = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 a check failed, 2 unusable, 3 interrupted."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        options = _parser().parse_args(arguments)
        logs.set_up(options.verbose, options.log)
        status: int = options.run(options)
        sys.stdout.flush()
    except BoardPapersError as error:
        _say(str(error))
        return UNUSABLE
    except BrokenPipeError:
        # The reader of our output has seen enough; Python would complain again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        _say(f"{error.filename or 'a file'}: {error.strerror}; check the disk and the permissions, then run again")
        return UNUSABLE
    except KeyboardInterrupt:
        _say("Interrupted. The papers finished so far are kept; run the same command again for the rest")
        return INTERRUPTED
    return status


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    print(" ".join(line.split()), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m indexer", description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    index = _command(commands, "index", "read papers into the archive; only what is new, changed or gone", _index)
    index.add_argument("paths", nargs="+", metavar="PATH", help="folder or file with papers")
    index.add_argument("--json", action="store_true", help="print what was done as JSON")
    index.add_argument("--prune", action="store_true", help="take out vanished papers even if most have vanished")
    index.add_argument("--retry", action="store_true", help="read again what was unreadable or read in part")
    index.add_argument("--workers", default="0", metavar="N", help="reading processes (default: one a core), or ray")
    status = _command(commands, "status", "show what the archive holds, and the ledger of all papers", _status)
    status.add_argument("--json", action="store_true", help="as JSON")
    withdraw = _command(commands, "withdraw", "take a paper out for good; it stays out if offered again", _withdraw)
    withhold = _command(commands, "withhold", "keep a paper out as exempt, whatever its marks say", _withhold)
    release = _command(commands, "release", "let a withheld or withdrawn paper in again", _release)
    for ruling in (withdraw, withhold, release):
        ruling.add_argument(
            "paper", metavar="PAPER", help="its path as in the ledger, or its id (eight digits or more)"
        )
        ruling.add_argument("--reason", required=True, metavar="TEXT", help="kept in the ledger, which is public")
    review = _command(commands, "review", "list what is withheld and why, and what was decided about it", _review)
    review.add_argument("--json", action="store_true", help="as JSON")
    check = _command(commands, "check", "verify the archive; exit status 1 and a list if something is broken", _check)
    check.add_argument("--repair", action="store_true", help="first rebuild the indexes from the database")
    upgrade = _command(commands, "upgrade", "bring an archive of an older format to this program's", _upgrade)
    upgrade.add_argument("--vectors", action="store_true", help="also replace vectors that another model made")
    backup = _command(commands, "backup", "copy the archive while others read and write it", _backup)
    backup.add_argument("target", type=Path, metavar="FILE", help="a new folder, or a new file: .tar, .tar.gz, .tgz")
    restore = _command(commands, "restore", "make an archive of a backup, and check it", _restore)
    restore.add_argument("source", type=Path, metavar="FILE", help="what backup made")
    correct = _command(commands, "correct", "say which authority, board, date, kind or title a paper has", _correct)
    correct.add_argument("paper", metavar="PAPER", help="its file, or its path or id as in the ledger")
    for column in _CORRECTED:
        correct.add_argument(f"--{column}", metavar="TEXT", help='"" takes a correction back')
    follow = _command(commands, "follow", "follow a council's site, so that its papers come by themselves", _follow)
    following.add_follow_arguments(follow)
    sync = _command(commands, "sync", "fetch what is new of the councils that are followed, and index it", _sync)
    following.add_sync_arguments(sync)
    return parser


def _command(commands: argparse._SubParsersAction, name: str, about: str, run: object) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    command: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    command.add_argument("--archive", type=place, default=defaults.folder("archive"), metavar="DIR", help=_ARCHIVE)
    logs.add_arguments(command)
    command.set_defaults(run=run)
    return command


def _index(options: argparse.Namespace) -> int:
    from indexer.encoding import encoder
    from indexer.pipeline.build import index
    from indexer.pipeline.intake import Options
    from indexer.pipeline.progress import watcher

    workers, ray = options.workers, options.workers == "ray"
    if not ray and not (workers.isascii() and workers.isdecimal()):
        message = f"--workers {workers}: give 1 or more, 0 for one a core, or ray for many machines"
        raise BadArguments(message, expected="0 or more, or ray", found=workers)
    how = Options(workers=0 if ray else int(workers), ray=ray, prune=options.prune, retry=options.retry)
    with watcher() as watching:
        report = index(options.paths, options.archive, encoder.load_for_indexing, watching, how)
    for entry in report.unreadable:
        _say(f"{entry.path}: {entry.reason}")
    print(json.dumps(asdict(report), ensure_ascii=False) if options.json else _summary(report))
    return DONE


def _summary(report: Report) -> str:
    done = ", ".join(f"{count} {status}" for status, count in report.counts.items()) or "nothing to do"
    return (
        f"{report.offered} files offered: {done}; {report.unchanged} unchanged. "
        f"{report.pages} pages, {report.passages} passages ({report.embedded} embedded) in {report.seconds:.1f} s"
    )


def _status(options: argparse.Namespace) -> int:
    from indexer.upkeep import desk

    print(desk.status_json(options.archive) if options.json else desk.status_text(options.archive))
    return DONE


def _withdraw(options: argparse.Namespace) -> int:
    from indexer.upkeep import rulings

    print(rulings.withdraw(options.archive, options.paper, options.reason))
    return DONE


def _withhold(options: argparse.Namespace) -> int:
    from indexer.upkeep import rulings

    print(rulings.withhold(options.archive, options.paper, options.reason))
    return DONE


def _release(options: argparse.Namespace) -> int:
    from indexer.upkeep import rulings

    print(rulings.release(options.archive, options.paper, options.reason))
    return DONE


def _review(options: argparse.Namespace) -> int:
    from indexer.upkeep import rulings

    print(rulings.review_json(options.archive) if options.json else rulings.review_text(options.archive))
    return DONE


def _check(options: argparse.Namespace) -> int:
    from indexer.upkeep import desk

    if options.repair:
        desk.repair(options.archive)
    return _sound(desk.check(options.archive), "The archive is sound.")


def _upgrade(options: argparse.Namespace) -> int:
    from indexer.upkeep import desk

    format, upgraded = desk.upgrade(options.archive)
    if options.vectors:
        print(f"{desk.remodel(options.archive)} texts were embedded again by this program's model.")
    elif not upgraded:
        print(f"The archive has format {format} already.")
        return DONE
    return _sound(desk.check(options.archive), f"Upgraded to format {format}; it is sound.")


def _backup(options: argparse.Namespace) -> int:
    from indexer import archive

    print(f"Kept in {options.target}: {archive.backup(options.archive, options.target)}")
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from indexer import archive

    return _sound(archive.restore(options.source, options.archive), f"Restored to {options.archive}; it is sound.")


def _correct(options: argparse.Namespace) -> int:
    from indexer.upkeep import corrections

    given = {column: getattr(options, name) for name, column in _CORRECTED.items()}
    values = {column: value for column, value in given.items() if value is not None}
    print(corrections.correct(options.archive, options.paper, values))
    return DONE


def _follow(options: argparse.Namespace) -> int:
    from indexer.following import commands

    print(commands.follow(options))
    return DONE


def _sync(options: argparse.Namespace) -> int:
    from indexer.following import commands

    print(commands.fetch(options))
    if options.no_index:
        return DONE
    indexing = argparse.Namespace(**vars(options), paths=[str(options.papers)], prune=False, retry=False, workers=0)
    return _index(indexing)


def _sound(broken: Sequence[str], well: str) -> int:
    print("\n".join(broken) if broken else well)
    return BROKEN if broken else DONE


if __name__ == "__main__":
    sys.exit(main())
