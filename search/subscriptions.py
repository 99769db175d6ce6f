"""Who gets letters: a small SQLite file with addresses, and how far each reader's news was sent.

It holds no word of a paper. A subscription belongs to a list of saved searches; it counts only when its address was
confirmed by a signed link. ``sending`` is set before a letter goes out and cleared after: what a crash leaves set
counts as sent, since a letter twice is worse than one whose news the Saved page still shows.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from search.bounds import BOUNDS
from search.saved import transaction

Often = Literal["daily", "weekly"]
Action = Literal["confirm", "stop"]
# An hour less than the name says, so that a timer at a fixed hour never misses its day.
INTERVALS = {"daily": timedelta(hours=23), "weekly": timedelta(days=7, hours=-1)}
_ROW = "key, list, email, often, confirmed, asked, round, sent, sending"
_TABLES = """
CREATE TABLE secret (value TEXT NOT NULL);
CREATE TABLE subscriptions (
    key TEXT PRIMARY KEY, list TEXT NOT NULL UNIQUE, email TEXT NOT NULL, often TEXT NOT NULL,
    confirmed INTEGER NOT NULL DEFAULT 0, asked TEXT NOT NULL, round INTEGER NOT NULL DEFAULT 0,
    sent TEXT NOT NULL DEFAULT '', sending INTEGER);
CREATE TABLE asked (email TEXT NOT NULL, at TEXT NOT NULL)"""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One reader's letters. ``round`` is the last round of papers (`search.saved`) that was sent."""

    key: str
    list: str
    email: str
    often: Often
    confirmed: bool
    requested: datetime
    round: int
    sent: datetime | None
    sending: int | None

    def due(self, now: datetime) -> bool:
        """Whether it is time for the next letter."""
        return self.confirmed and (self.sent is None or now - self.sent >= INTERVALS[self.often])


class Subscriptions:
    """The file, made when it is first needed. Every method raises `SavedError` when it cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask(self, list_key: str, email: str, often: Often, round: int, now: datetime) -> Subscription | None:
        """Note that a list's letters are asked for; None where this address was written to too often today.

        Args:
            list_key: the list of saved searches.
            email: where to; it has to be confirmed, again where it is another one.
            often: daily or weekly.
            round: news up to this round is not sent.
            now: the time.
        """
        with self._open() as connection:
            since = (now - timedelta(days=1)).isoformat()
            counted = "SELECT COUNT(*) FROM asked WHERE email = ? AND at > ?"
            if connection.execute(counted, (email.casefold(), since)).fetchone()[0] >= BOUNDS.letters_asked:
                return None
            connection.execute("DELETE FROM asked WHERE at <= ?", (since,))
            connection.execute("INSERT INTO asked VALUES (?, ?)", (email.casefold(), now.isoformat()))
            connection.execute("DELETE FROM subscriptions WHERE list = ?", (list_key,))
            connection.execute(
                "INSERT INTO subscriptions (key, list, email, often, asked, round) VALUES (?, ?, ?, ?, ?, ?)",
                (secrets.token_hex(16), list_key, email, often, now.isoformat(), round),
            )
            return _rows(connection, "list = ?", list_key)[0]

    def of_list(self, list_key: str) -> Subscription | None:
        """Give a list's subscription."""
        with self._open() as connection:
            return next(iter(_rows(connection, "list = ?", list_key)), None)

    def by_key(self, key: str) -> Subscription | None:
        """Give a subscription by its key."""
        with self._open() as connection:
            return next(iter(_rows(connection, "key = ?", key)), None)

    def all(self) -> list[Subscription]:
        """Give every subscription, the first asked for first."""
        with self._open() as connection:
            return _rows(connection, "key <> ?", "")

    def confirm(self, key: str) -> None:
        """Take an address as confirmed."""
        with self._open() as connection:
            connection.execute("UPDATE subscriptions SET confirmed = 1 WHERE key = ?", (key,))

    def stop(self, key: str) -> None:
        """Forget a subscription and its address."""
        with self._open() as connection:
            connection.execute("DELETE FROM subscriptions WHERE key = ?", (key,))

    def begin(self, key: str, round: int) -> None:
        """Note that a letter with the news up to a round is about to go out."""
        with self._open() as connection:
            connection.execute("UPDATE subscriptions SET sending = ? WHERE key = ?", (round, key))

    def done(self, key: str, round: int, now: datetime) -> None:
        """Note that it went out, or that there was nothing to send."""
        with self._open() as connection:
            update = "UPDATE subscriptions SET round = ?, sent = ?, sending = NULL WHERE key = ?"
            connection.execute(update, (round, now.isoformat(), key))

    def failed(self, key: str) -> None:
        """Note that it did not go out; the next run tries again."""
        with self._open() as connection:
            connection.execute("UPDATE subscriptions SET sending = NULL WHERE key = ?", (key,))

    def signature(self, action: Action, key: str) -> str:
        """Sign an action on a subscription, for a link that only this server can have made."""
        return self._keyed(f"{action}:{key}")

    def list_of(self, reader: str) -> str:
        """Give the key of the list of a reader whom the sign-on names: always the same, and nobody can guess it."""
        return self._keyed(f"list:{reader.casefold()}")

    def _keyed(self, text: str) -> str:
        with self._open() as connection:
            (secret,) = connection.execute("SELECT value FROM secret").fetchone()
        return hmac.new(bytes.fromhex(secret), text.encode(), hashlib.sha256).hexdigest()[:32]

    def signed(self, action: Action, key: str, signature: str) -> bool:
        """Whether a link's signature is ours."""
        return hmac.compare_digest(self.signature(action, key), signature)

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        tables = f"{_TABLES};\nINSERT INTO secret VALUES ('{secrets.token_hex(32)}')"
        return transaction(self._path, tables, "Subscriptions", "Allow writing there.")


def _rows(connection: sqlite3.Connection, where: str, value: str) -> list[Subscription]:
    query = f"SELECT {_ROW} FROM subscriptions WHERE {where} ORDER BY asked, key"  # noqa: S608  ours
    return [
        Subscription(
            key,
            own,
            email,
            often,
            bool(confirmed),
            datetime.fromisoformat(requested),
            round,
            datetime.fromisoformat(sent).astimezone(UTC) if sent else None,
            sending,
        )
        for key, own, email, often, confirmed, requested, round, sent, sending in connection.execute(query, (value,))
    ]
