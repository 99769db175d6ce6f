"""The register of decisions: whether minutes were approved since, where else they are printed, what changed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from indexer.archive import codec, printings, superseding
from indexer.archive.database import Database
from indexer.archive.fetch import Row, limbs_by_decision, papers_by_key
from indexer.archive.filtering import condition, one_of
from indexer.archive.kept import Kept
from indexer.archive.names import telling
from indexer.archive.schema import state_of
from indexer.archive.tables import ORDINAL
from indexer.records import (
    ArchiveState,
    Change,
    Decision,
    Doubt,
    Filters,
    Limb,
    Meeting,
    MinutesStatus,
    Paper,
    StoredDecision,
    Votes,
)

_COLUMNS = (
    "id, section, recommendation, outcome, text, spans, item, title, authority, board, meeting_date, "
    "mover, seconder, votes, confirms, doubts"
)
_AT_ONCE = 900


class Register:
    """The decisions of an archive; what all of them are needed for is kept while it does not change."""

    def __init__(self) -> None:
        self._changes: Kept[ArchiveState, list[tuple[int, superseding.How, int]]] = Kept()
        self._approvals: Kept[ArchiveState, _Approvals] = Kept()
        self._spellings: Kept[ArchiveState, dict[str, list[str]]] = Kept()

    def fetched(self, connection: Database, filters: Filters, *, merge: bool) -> list[StoredDecision]:
        """Fetch decisions and recommendations, latest meeting first, undated ones last, then by paper and place.

        Of the kinds, "resolution" keeps decisions and "recommendation" recommendations; no other kind keeps any.

        Args:
            connection: the archive's.
            filters: which count.
            merge: give one record for a decision that several papers print; otherwise each printing is one.
        """
        state = state_of(connection)
        changes = self._changes.once(state, lambda: superseding.changes(connection))
        approvals = self._approvals.once(state, lambda: _approvals(connection))
        chosen = _changed(connection, _fetched(connection, approvals, *_condition(filters)), changes, approvals)
        if not merge:
            return chosen
        every = chosen
        if not filters.empty:
            spellings = self._spellings.once(state, lambda: _spellings(connection))
            names = sorted({name for one in chosen for name in spellings[one.decision.meeting.authority.casefold()]})
            days = sorted({one.decision.meeting.date.isoformat() for one in chosen if one.decision.meeting.date})
            held = {one.id for one in chosen}
            for at in range(0, len(days), _AT_ONCE):
                some = days[at : at + _AT_ONCE]
                where = f"{one_of('authority', names)} AND {one_of('meeting_date', some)}"
                others = _fetched(connection, approvals, where, [*names, *some])
                every = [*every, *(one for one in others if one.id not in held)]
        return printings.merged(chosen, every)


def _spellings(connection: Database) -> dict[str, list[str]]:
    """Return the names of authorities as papers write them, by how they are compared."""
    spellings: dict[str, list[str]] = {}
    for (name,) in connection.execute("SELECT DISTINCT authority FROM decisions"):
        spellings.setdefault(name.casefold(), []).append(name)
    return spellings


def _fetched(connection: Database, approvals: _Approvals, where: str, values: Sequence[object]) -> list[StoredDecision]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM decisions WHERE {where} "  # noqa: S608 - our own columns, values apart
        "ORDER BY meeting_date IS NULL, meeting_date DESC, authority, board, id",
        values,
    ).fetchall()
    papers = papers_by_key(connection, {row[0] >> 20 for row in rows})
    limbs = limbs_by_decision(connection, [row[0] for row in rows])
    return [_registered(row, papers[row[0] >> 20], limbs.get(row[0], []), approvals) for row in rows]


def _changed(
    connection: Database,
    chosen: Sequence[StoredDecision],
    pairs: Sequence[tuple[int, superseding.How, int]],
    approvals: _Approvals,
) -> list[StoredDecision]:
    """Add to each entry the later decisions that change it, and the earlier ones that it changes."""
    held = {one.id: one for one in chosen}
    pairs = [pair for pair in pairs if pair[0] in held or pair[2] in held]
    missing = {id for earlier, _, later in pairs for id in (earlier, later)} - held.keys()
    if missing:
        marks = ",".join(map(str, sorted(missing)))
        held.update((one.id, one) for one in _fetched(connection, approvals, f"id IN ({marks})", ()))
    by_later: dict[int, list[Change]] = {}
    by_earlier: dict[int, list[Change]] = {}
    for earlier, how, later in pairs:
        one, other = held[earlier], held[later]
        by_earlier.setdefault(earlier, []).insert(0, Change(how, later, other.paper, other.decision))
        by_later.setdefault(later, []).append(Change(how, earlier, one.paper, one.decision))
    return [
        replace(one, superseded_by=tuple(by_earlier.get(one.id, ())), corrects=tuple(by_later.get(one.id, ())))
        for one in chosen
    ]


def _condition(filters: Filters) -> tuple[str, list[object]]:
    """Return the condition that ``filters`` set on decisions, and its values."""
    where, values = condition(filters)
    if not filters.kinds:
        return where, values
    flags = [flag for kind, flag in (("resolution", 0), ("recommendation", 1)) if kind in filters.kinds]
    return f"{where} AND {one_of('recommendation', flags)}", [*values, *flags]


@dataclass(frozen=True, slots=True)
class _Approvals:
    """Which boards approved the minutes of a meeting, by authority and date, and minutes of several sittings."""

    boards: Mapping[tuple[str, str], Mapping[str, date | None]]
    sittings: Mapping[tuple[int, str], str]


def _approvals(connection: Database) -> _Approvals:
    """Return by authority and date of a meeting the boards that approved its minutes, with the first day they did."""
    rows = connection.execute(
        "SELECT authority, board, confirms, MIN(meeting_date) FROM decisions "
        "WHERE confirms IS NOT NULL AND recommendation = 0 GROUP BY authority, board, confirms"
    )
    approvals: dict[tuple[str, str], dict[str, date | None]] = {}
    for authority, board, day, later in rows:
        boards = approvals.setdefault((authority.casefold(), day), {})
        days = [day for day in (boards.get(board.casefold()), codec.date_from_text(later)) if day]
        boards[board.casefold()] = min(days, default=None)
    return _Approvals(approvals, superseding.sittings(connection))


def _approver(approvals: _Approvals, authority: str, board: str, day: str) -> str | None:
    """Find the board that approved the minutes of a meeting: the same, or the one that it was renamed to.

    A renamed board keeps a telling word of its name; where two boards may be meant, neither is.
    """
    boards = approvals.boards.get((authority.casefold(), day), {})
    if board.casefold() in boards:
        return board.casefold()
    similar = [name for name in boards if telling(name) & telling(board)]
    return similar[0] if len(similar) == 1 else None


def _registered(row: Row, paper: Paper, limbs: Sequence[Row], approvals: _Approvals) -> StoredDecision:
    """Make a register entry of its rows."""
    id, section, recommendation, outcome, text, spans, item, title, authority, board, day = row[:11]
    mover, seconder, votes, confirms, doubts = row[11:]
    decision = Decision(
        id & ORDINAL,
        section,
        bool(recommendation),
        outcome,
        text,
        codec.spans_from_text(spans),
        tuple(Limb(label, words, codec.spans_from_text(places)) for label, words, places in limbs),
        item,
        title,
        Meeting(authority, board, codec.date_from_text(day)),
        mover,
        seconder,
        Votes(*codec.numbers_from_text(votes)) if votes else None,
        codec.date_from_text(confirms),
        tuple(cast(Doubt, doubt) for doubt in doubts.split()),
    )
    status: MinutesStatus = "unknown"
    confirmed_by: date | None = None
    days = (day, approvals.sittings.get((id >> 20, day), day)) if day else ()
    approvers = ((name, on) for on in days if (name := _approver(approvals, authority, board, on)))
    approver, approved = next(approvers, (None, day))
    # A report's recommendation and a single officer's or member's decision are in no minutes.
    if day and not recommendation and paper.kind != "decision":
        status = "draft" if approver is None else "confirmed"
        confirmed_by = None if approver is None else approvals.boards[authority.casefold(), approved][approver]
    return StoredDecision(id, paper, decision, status, confirmed_by)
