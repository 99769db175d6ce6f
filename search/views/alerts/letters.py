"""What letters say: the news of a reader's searches, as text and HTML, each with its reference and address. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from html import escape
from urllib.parse import urlencode, urljoin, urlsplit

from search.bounds import BOUNDS
from search.subscriptions import Action, Subscription
from search.views.alerts.settings import Settings
from search.views.feeds.news import Item


@dataclass(frozen=True, slots=True)
class News:
    """What is new of one saved search: its name in words, its address relative to the app's, and the items."""

    name: str
    link: str
    items: tuple[Item, ...]


def address(settings: Settings, action: Action, key: str, signature: str) -> str:
    """Give the signed address that confirms or ends a subscription."""
    return urljoin(settings.address, f"alerts/{action}?{urlencode({'key': key, 'signature': signature})}")


def confirmation(settings: Settings, subscription: Subscription, link: str) -> EmailMessage:
    """Write the letter that asks whether an address is its owner's and letters are wanted."""
    letter = _letter(
        settings, subscription.email, "Please confirm: news of board papers", f"{subscription.key}.confirm"
    )
    letter.set_content(
        f"Somebody, we hope you, asked for {subscription.often} news of board papers at this address.\n\n"
        f"To confirm, open:\n{link}\n\nIf it was not you, do nothing: no other letter will come.\n"
    )
    return letter


def news(settings: Settings, subscription: Subscription, unsent: Sequence[News], round: int, stop: str) -> EmailMessage:
    """Write one letter with all of a reader's news.

    Args:
        settings: this app's address and sender.
        subscription: whose letter it is.
        unsent: what is new, by saved search; at least one item in all.
        round: the last round of papers in it; makes the letter's own name.
        stop: the signed address that ends the letters.
    """
    count = sum(len(one.items) for one in unsent)
    subject = f"Board papers: {count} new match{'' if count == 1 else 'es'}"
    letter = _letter(settings, subscription.email, subject, f"{subscription.key}.{round}")
    letter["List-Unsubscribe"] = f"<{stop}>"
    letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(_text(settings, unsent, stop))
    letter.add_alternative(_html(settings, unsent, stop), subtype="html")
    return letter


def _letter(settings: Settings, to: str, subject: str, name: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.sender, to, subject
    letter["Date"] = formatdate(localtime=False)
    # The same news has the same name, so that a mail server that gets it twice recognises it.
    letter["Message-ID"] = f"<{name}@{urlsplit(settings.address).hostname}>"
    letter["Auto-Submitted"] = "auto-generated"
    return letter


def _text(settings: Settings, unsent: Sequence[News], stop: str) -> str:
    lines = []
    for one in unsent:
        lines += [one.name, "=" * min(len(one.name), 70), ""]
        for item in one.items[: BOUNDS.letter_items]:
            lines += [item.heading, f"“{item.text}”", item.reference, urljoin(settings.address, item.link), ""]
        lines += [_rest(one), urljoin(settings.address, one.link), ""] if _rest(one) else []
    return "\n".join([*lines, "--", f"To get no more of these letters: {stop}", ""])


def _html(settings: Settings, unsent: Sequence[News], stop: str) -> str:
    parts = ["<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Board papers</title></head><body>"]
    for one in unsent:
        parts.append(f"<h1 style='font-size:1.2em'>{escape(one.name)}</h1>")
        parts += [
            f"<h2 style='font-size:1em'><a href='{escape(urljoin(settings.address, item.link))}'>"
            f"{escape(item.heading)}</a></h2><blockquote>{escape(item.text)}</blockquote><p>{escape(item.reference)}</p>"
            for item in one.items[: BOUNDS.letter_items]
        ]
        if _rest(one):
            parts.append(f"<p><a href='{escape(urljoin(settings.address, one.link))}'>{_rest(one)}</a></p>")
    parts.append(f"<hr><p><a href='{escape(stop)}'>No more of these letters</a></p></body></html>")
    return "".join(parts)


def _rest(one: News) -> str:
    more = len(one.items) - BOUNDS.letter_items
    return f"and {more} more" if more > 0 else ""
