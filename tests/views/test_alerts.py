"""News by e-mail, sent to a mail server on this machine: to whom, what it says, and that nothing is sent twice."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from indexer.errors import BadArguments, MailError
from search.bounds import BOUNDS
from search.engine import Engine
from search.saved import Store
from search.subscriptions import Subscription, Subscriptions
from search.views import opened
from search.views.address import Asked
from search.views.alerts import alert_routes, sending, settings
from search.views.alerts.settings import Settings
from search.views.feeds import news
from tests.makers.matters_maker import archive, meeting, minutes

FRAME = Path(__file__).resolve().parents[2] / "search" / "views" / "pages" / "frame.py"
APRIL = minutes("april.pdf", meeting("2014-04-22"), [("46", "Ferry fares", "RESOLVED that ferry fares rise.")])
MAY = minutes("may.pdf", meeting("2014-05-22"), [("51", "<b>Ferry</b> fares", "RESOLVED that ferry fares fall.")])
LIST = "a" * 32
NOW = datetime(2026, 3, 4, 6, 45, tzinfo=UTC)
DAY = timedelta(days=1)
READER = "reader@marlbridge.example"


class Mailbox:
    """What the mail server got on its port; ``refuse`` makes it say no."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuse = False
        self.port = 0

    async def handle_DATA(self, _server: object, session: Any, envelope: Any) -> str:
        """Take a letter."""
        if self.refuse:
            return "554 no"
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box.port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def mail(mailbox: Mailbox) -> Settings:
    return Settings(
        "127.0.0.1", mailbox.port, "papers@marlbridge.example", "https://papers.marlbridge.example/", "none"
    )


class House:
    """An archive, saved searches and subscriptions in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store, self.subscriptions = Store(folder / "saved.sqlite"), Subscriptions(folder / "alerts.sqlite")
        self.held, self.encoder = archive(folder / "archive", APRIL)

    def engine(self) -> Engine:
        """Open the engine."""
        return Engine(self.held, self.encoder)  # type: ignore[arg-type]

    def saved(self, *questions: str) -> Subscription:
        """Save searches and subscribe to them, confirmed."""
        for question in questions:
            news.save(self.store, self.held, LIST, "decisions", Asked(question))
        made = self.subscriptions.ask(LIST, READER, "daily", news.noticed(self.store, self.held), NOW)
        assert made is not None
        self.subscriptions.confirm(made.key)
        return made

    def grow(self) -> None:
        """A paper comes in."""
        self.held.close()
        self.held, self.encoder = archive(self.folder / "archive", APRIL, MAY)

    def run(self, mail: Settings, now: datetime = NOW) -> sending.Tally:
        """Send what is due."""
        return sending.run(mail, self.subscriptions, self.store, self.held, self.engine, now)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_reader_gets_one_letter_with_all_that_is_new_with_reference_address_and_a_way_out(
    house: House, mail: Settings, mailbox: Mailbox
) -> None:
    made = house.saved("ferry fares", "fares fall", "harbour")
    house.grow()
    assert house.run(mail).sent == 1
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == (READER, "Board papers: 2 new matches")
    text, html = (part.get_content() for part in letter.iter_parts())  # type: ignore[attr-defined]
    assert text.count("RESOLVED that ferry fares fall.") == 2
    assert "Cabinet (Ashshire County Council), 22 May 2014, minute 51" in text
    assert "https://papers.marlbridge.example/papers?paper=" in text
    assert "fares rise" not in text
    assert "&lt;b&gt;Ferry&lt;/b&gt; fares" in html
    assert "<b>" not in html
    stop = letter["List-Unsubscribe"].strip("<>")
    assert house.subscriptions.signature("stop", made.key) in stop
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_is_sent_without_news_twice_or_before_its_time(house: House, mail: Settings, mailbox: Mailbox) -> None:
    house.saved("ferry fares")
    assert (house.run(mail).nothing, mailbox.letters) == (1, [])
    house.grow()
    assert house.run(mail, NOW + timedelta(hours=2)).sent == 0
    assert house.run(mail, NOW + DAY).sent == 1
    assert house.run(mail, NOW + 2 * DAY).sent == 0
    assert len(mailbox.letters) == 1


def test_an_address_that_was_not_confirmed_gets_nothing_but_the_question(
    house: House, mail: Settings, mailbox: Mailbox
) -> None:
    news.save(house.store, house.held, LIST, "decisions", Asked("ferry fares"))
    made = house.subscriptions.ask(LIST, READER, "daily", news.noticed(house.store, house.held), NOW)
    assert made is not None
    sending.ask_to_confirm(mail, house.subscriptions, made)
    house.grow()
    assert house.run(mail, NOW + 9 * DAY).sent == 0
    (letter,) = mailbox.letters
    assert "To confirm, open:" in letter.get_content()


def test_a_letter_that_was_on_its_way_when_a_run_was_killed_is_not_sent_again(
    house: House, mail: Settings, mailbox: Mailbox
) -> None:
    made = house.saved("ferry fares")
    house.grow()
    house.subscriptions.begin(made.key, news.noticed(house.store, house.held))
    tally = house.run(mail)
    assert (tally.unsure, tally.sent, mailbox.letters) == (1, 0, [])


def test_a_letter_that_the_server_refuses_is_tried_again(house: House, mail: Settings, mailbox: Mailbox) -> None:
    house.saved("ferry fares")
    house.grow()
    mailbox.refuse = True
    assert ["refused a letter" in line for line in house.run(mail).failed] == [True]
    mailbox.refuse = False
    assert house.run(mail).sent == 1


def test_a_mail_server_that_is_not_there_is_said_in_one_line(house: House) -> None:
    house.saved("ferry fares")
    nowhere = Settings("127.0.0.1", 9, "papers@marlbridge.example", "https://papers.marlbridge.example/", "none")
    with pytest.raises(MailError, match=re.escape("The mail server 127.0.0.1:9 cannot be used")):
        house.run(nowhere)


def test_a_mail_server_that_cannot_protect_the_connection_gets_no_letter(
    house: House, mail: Settings, mailbox: Mailbox
) -> None:
    house.saved("ferry fares")
    house.grow()
    for security in ("starttls", "tls"):
        with pytest.raises(MailError, match="cannot be used"):
            house.run(replace(mail, security=security))
    assert mailbox.letters == []


def test_links_in_letters_show_a_button_and_act_when_it_is_pressed(house: House) -> None:
    made = house.saved("ferry fares")
    client = TestClient(Starlette(routes=alert_routes.routes(lambda: house.subscriptions)))
    link = f"/alerts/stop?key={made.key}&signature={house.subscriptions.signature('stop', made.key)}"
    shown = client.get(link)
    assert "<button>No more letters</button>" in shown.text
    assert "form-action 'self'" in shown.headers["content-security-policy"]
    assert house.subscriptions.by_key(made.key) is not None
    assert "your address is forgotten" in client.post(link).text
    assert house.subscriptions.by_key(made.key) is None
    assert client.post(link).status_code == 404


@pytest.mark.parametrize("signature", ["", "0" * 32, "of another action"])
def test_a_link_that_was_made_up_does_nothing(house: House, signature: str) -> None:
    made = house.saved("ferry fares")
    if signature == "of another action":
        signature = house.subscriptions.signature("confirm", made.key)
    client = TestClient(Starlette(routes=alert_routes.routes(lambda: house.subscriptions)))
    assert client.post(f"/alerts/stop?key={made.key}&signature={signature}").status_code == 404
    assert house.subscriptions.by_key(made.key) is not None


def test_an_address_cannot_be_flooded_with_questions(house: House) -> None:
    asked = [house.subscriptions.ask(f"{n:032x}", READER, "daily", 0, NOW) for n in range(BOUNDS.letters_asked + 1)]
    assert [one is not None for one in asked] == [True] * BOUNDS.letters_asked + [False]
    assert house.subscriptions.ask(LIST, READER.upper(), "daily", 0, NOW + 2 * DAY) is not None


def test_the_file_holds_addresses_and_no_word_of_a_paper(house: House, mail: Settings, mailbox: Mailbox) -> None:
    house.saved("ferry fares")
    house.grow()
    house.run(mail)
    raw = (house.folder / "alerts.sqlite").read_bytes()
    assert READER.encode() in raw
    assert b"RESOLVED" not in raw


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({settings.SERVER: "mail:25"}, f"{settings.SENDER} is not"),
        ({settings.SERVER: "mail:25", settings.SENDER: "a@b.example", settings.ADDRESS: "papers"}, "is 'papers'"),
        (
            {settings.SERVER: "mail:x", settings.SENDER: "a@b.example", settings.ADDRESS: "https://x/"},
            "a name and a port",
        ),
        (
            {
                settings.SERVER: "mail",
                settings.SENDER: "a@b.example",
                settings.ADDRESS: "https://x/",
                settings.SECURITY: "none",
                settings.PASSWORD: "p",
            },
            "over the network unprotected",
        ),
    ],
)
def test_settings_that_cannot_be_used_say_what_is_wrong(given: dict[str, str], said: str) -> None:
    with pytest.raises(BadArguments, match=re.escape(said)):
        settings.read(given)


def test_without_a_mail_server_there_are_no_letters() -> None:
    assert settings.read({}) is None


def test_a_reader_asks_on_the_saved_page_confirms_and_ends_it(
    house: House, mail: Settings, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(settings.SERVER, f"{mail.host}:{mail.port}")
    monkeypatch.setenv(settings.SENDER, mail.sender)
    monkeypatch.setenv(settings.ADDRESS, mail.address)
    monkeypatch.setenv(settings.SECURITY, "none")
    monkeypatch.setattr(opened, "archive", lambda: house.held)
    monkeypatch.setattr(opened, "engine", house.engine)
    monkeypatch.setattr(opened, "store", lambda: house.store)
    monkeypatch.setattr(opened, "subscriptions", lambda: house.subscriptions)
    app = AppTest.from_file(str(FRAME), default_timeout=30)
    app.session_state["list"] = LIST
    news.save(house.store, house.held, LIST, "decisions", Asked("ferry fares"))
    app.run()
    app.switch_page("saved.py").run()
    app.text_input(key="letters-email").set_value("no address")
    next(button for button in app.button if button.label == "Send me the news").click().run()
    assert any("That is not an e" in said.value for said in app.info)
    app.text_input(key="letters-email").set_value(READER)
    next(button for button in app.button if button.label == "Send me the news").click().run()
    assert not app.exception
    assert any("open the link in the letter" in said.value for said in app.info)
    link = urlsplit(next(line for line in mailbox.letters[0].get_content().splitlines() if line.startswith("https://")))
    client = TestClient(Starlette(routes=alert_routes.routes(lambda: house.subscriptions)))
    assert "Confirmed" in client.post(f"{link.path}?{link.query}").text
    app.run()
    assert any(f"Every day with news, to {READER}" in re.sub(r"[\\\\\u2060]", "", said.value) for said in app.markdown)
    app.button(key="letters-stop").click().run()
    assert house.subscriptions.of_list(LIST) is None


def test_a_reader_whom_the_sign_on_names_has_one_list_that_nobody_can_guess(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(opened.READER_VARIABLE, raising=False)
    assert opened.reader({"X-Auth-Request-Email": READER}) == ""
    monkeypatch.setenv(opened.READER_VARIABLE, "X-Auth-Request-Email")
    assert opened.reader({"X-Auth-Request-Email": READER}) == READER
    lists = {house.subscriptions.list_of(name) for name in (READER, READER.upper())}
    assert len(lists) == 1
    other = Subscriptions(house.folder / "other.sqlite")
    assert other.list_of(READER) not in lists
