"""When a meeting is requested again, since no list says that its papers have changed.

Agendas change until the meeting; minutes come weeks late; what is withdrawn is withdrawn at any time. So a meeting is
requested often while something is expected, and rarely afterwards. Apart from `sync`, which carries it out: this is the
policy, and opens nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from indexer.following.records import Journal, MeetingRef

_HOUR = 3600.0
_DAY = 24 * _HOUR
# Days since the meeting, and how often it is asked for until then, in seconds: (without minutes, with minutes).
# Councils publish agendas five clear days before and minutes at the latest with the next agenda, mostly within two
# months; after a year only a withdrawal is to be noticed. An hour less than a day, so that no daily run misses one.
_STEPS = (
    (14, _DAY - _HOUR, _DAY - _HOUR),
    (120, _DAY - _HOUR, 7 * _DAY - _HOUR),
    (400, 7 * _DAY - _HOUR, 30 * _DAY),
    (10**9, 90 * _DAY, 180 * _DAY),
)


def due(journal: Journal | None, ref: MeetingRef, now: float) -> bool:
    """Whether a meeting should be asked for.

    Args:
        journal: what is known of it; None for nothing.
        ref: how the list of meetings names it now.
        now: seconds since 1970.
    """
    if journal is None or not journal.checked:
        return True
    known = journal.page.ref
    if (ref.date, ref.cancelled) != (known.date, known.cancelled) and ref.date is not None:
        return True
    return now - journal.checked >= _interval(known.date, journal.page.minutes_published, now)


def _interval(held: date | None, minuted: bool, now: float) -> float:
    if held is None:
        return 7 * _DAY
    age = (datetime.fromtimestamp(now, UTC).date() - held).days
    waiting, settled = next((waiting, settled) for days, waiting, settled in _STEPS if age <= days)
    return settled if minuted else waiting
