"""Sending letters: one connection to the mail server a run, each letter once. The only importer of smtplib."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING

from indexer.errors import MailError
from search.bounds import BOUNDS
from search.saved import Store
from search.subscriptions import Subscription, Subscriptions
from search.views.alerts import letters
from search.views.alerts.letters import News
from search.views.alerts.settings import Settings
from search.views.feeds import news

if TYPE_CHECKING:
    from indexer.archive import Archive
    from search.engine import Engine

_log = logging.getLogger(__name__)

Post = Callable[[EmailMessage], None]


@dataclass(slots=True)
class Tally:
    """What a run did. ``unsure`` were on their way when an earlier run was killed, and are not sent again."""

    sent: int = 0
    nothing: int = 0
    unsure: int = 0
    failed: list[str] = field(default_factory=list)


@contextmanager
def connected(settings: Settings) -> Iterator[Post]:
    """Connect to the mail server; gives what sends one letter.

    Raises:
        MailError: it cannot be reached, or refuses us.
    """
    context = ssl.create_default_context()
    try:
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=BOUNDS.mail_seconds, context=context
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=BOUNDS.mail_seconds)
        with server:
            if settings.security == "starttls":
                server.starttls(context=context)
            if settings.user:
                server.login(settings.user, settings.password)
            yield lambda letter: _post(server, letter)
    except (smtplib.SMTPException, OSError) as error:
        message = f"The mail server {settings.host}:{settings.port} cannot be used: {error}; see {settings.security}"
        raise MailError(message, path=settings.host) from error


def _post(server: smtplib.SMTP, letter: EmailMessage) -> None:
    try:
        server.send_message(letter)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        # The server said no: the letter did not go out. Anything else leaves that open.
        message = f"The mail server refused a letter: {error}"
        raise MailError(message) from error


def ask_to_confirm(settings: Settings, subscriptions: Subscriptions, subscription: Subscription) -> None:
    """Send the letter that asks for confirmation.

    Raises:
        MailError: it did not go out.
        SavedError: the subscriptions cannot be read.
    """
    signature = subscriptions.signature("confirm", subscription.key)
    link = letters.address(settings, "confirm", subscription.key, signature)
    with connected(settings) as post:
        post(letters.confirmation(settings, subscription, link))


def run(
    settings: Settings,
    subscriptions: Subscriptions,
    store: Store,
    archive: Archive,
    engine: Callable[[], Engine],
    now: datetime | None = None,
) -> Tally:
    """Send every reader whose letter is due the news since the last one.

    Args:
        settings: the mail server.
        subscriptions: who gets letters.
        store: the saved searches.
        archive: the archive.
        engine: opens the engine; only asked when there are new papers for a question.
        now: the time.

    Raises:
        MailError: the mail server cannot be used.
        SavedError: saved searches or subscriptions cannot be read or written.
    """
    now = now or datetime.now(UTC)
    tally = Tally()
    for subscription in subscriptions.all():
        if subscription.sending is not None:
            _log.warning("A letter was on its way when a run was stopped; it is not sent again")
            subscriptions.done(subscription.key, subscription.sending, now)
            tally.unsure += 1
    due = [one for one in subscriptions.all() if one.due(now)]
    if not due:
        return tally
    latest = news.noticed(store, archive)
    with connected(settings) as post:
        for subscription in due:
            unsent = _found(subscription, store, archive, engine)
            if not unsent:
                subscriptions.done(subscription.key, latest, now)
                tally.nothing += 1
                continue
            _send(settings, subscriptions, subscription, unsent, latest, post, now, tally)
    return tally


def _found(
    subscription: Subscription, store: Store, archive: Archive, engine: Callable[[], Engine]
) -> tuple[News, ...]:
    """Give what is new of each of a reader's searches; those with nothing new are left out."""
    unsent = []
    for search in store.listed(subscription.list):
        news.refresh(store, search, archive, engine)
        fresh = tuple(item for item in news.items(store, search, archive) if item.round > subscription.round)
        if fresh:
            unsent.append(News(news.name(search), news.link(search), fresh))
    return tuple(unsent)


def _send(
    settings: Settings,
    subscriptions: Subscriptions,
    subscription: Subscription,
    unsent: tuple[News, ...],
    latest: int,
    post: Post,
    now: datetime,
    tally: Tally,
) -> None:
    stop = letters.address(settings, "stop", subscription.key, subscriptions.signature("stop", subscription.key))
    letter = letters.news(settings, subscription, unsent, latest, stop)
    subscriptions.begin(subscription.key, latest)
    try:
        post(letter)
    except MailError as error:
        subscriptions.failed(subscription.key)
        tally.failed.append(str(error))
        return
    subscriptions.done(subscription.key, latest, now)
    tally.sent += 1
