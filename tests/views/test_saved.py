"""Saved searches: what is new since the last look, what a feed reader gets, and that no word of a paper is kept."""

from __future__ import annotations

import functools
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from indexer.archive import Archive, Writer
from indexer.encoding import encoder
from indexer.errors import SavedError
from indexer.pipeline.build import index
from indexer.pipeline.intake import Options
from indexer.pipeline.progress import Lines
from search import saved
from search.engine import Engine
from search.saved import Match, Store
from search.views import opened
from search.views.address import Asked
from search.views.feeds import feed_routes, news
from search.views.guard.requests import Rate
from tests.conftest import ROOT
from tests.makers.index_maker import minutes, put

BEDS = minutes("beds for old people in hospital over the winter", 18)
LIST = "a" * 32
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@functools.cache
def model() -> encoder.Encoder:
    return encoder.load()


def indexed(archive: Path) -> None:
    """Index the folder ``papers`` with the real model."""
    with Lines() as lines:
        index(("papers",), archive, model, lines, Options(1))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with two papers and their archive, and what that is ``later``, with one paper more."""
    folder = tmp_path_factory.mktemp("begun")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        put(folder / "papers", pier=minutes("the pier"), quay=minutes("the quay wall", 11))
        indexed(folder / "archive")
        shutil.copytree("archive", "later")
        put(folder / "papers", new=BEDS)
        indexed(folder / "later")
        (folder / "papers" / "new.md").unlink()
    return folder


@pytest.fixture
def desk(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> feed_routes.Desk:
    """Copy that folder, go there, and open its archive."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    archive = Archive.open(tmp_path / "archive")
    engine = Engine(archive, model())
    return feed_routes.Desk(lambda: archive, lambda: engine, lambda: Store(tmp_path / "archive-saved.sqlite"))


def client(desk: feed_routes.Desk) -> TestClient:
    return TestClient(Starlette(routes=feed_routes.routes(desk, Rate(1_000, 1_000))))


def beds_come() -> None:
    """Have the paper about beds come in, all at once."""
    shutil.rmtree("archive")
    shutil.copytree("later", "archive")


def come(text: str, name: str) -> None:
    """Index one more paper."""
    put(Path("papers"), **{name: text})
    indexed(Path("archive"))


def save(desk: feed_routes.Desk, asked: Asked, view: saved.View = "ask") -> saved.Search:
    return news.save(desk.store(), desk.archive(), LIST, view, asked)


def fresh(desk: feed_routes.Desk, search: saved.Search) -> list[news.Item]:
    now = desk.store().search(search.key)
    assert now is not None
    news.refresh(desk.store(), now, desk.archive(), desk.engine)
    return news.items(desk.store(), now, desk.archive())


def read(desk: feed_routes.Desk, address: str) -> list[dict[str, str]]:
    """Read a feed as a feed reader does."""
    parsed = feedparser.parse(client(desk).get(address).content)
    assert not parsed.bozo, parsed
    assert parsed.version == "atom10"
    return list(parsed.entries)


# What is new


def test_a_new_paper_that_means_the_same_in_other_words_is_news_and_an_unlike_one_is_not(
    desk: feed_routes.Desk,
) -> None:
    search = save(desk, Asked("places in hospital for elderly patients in the cold months"))
    assert fresh(desk, search) == []
    come(minutes("the dredging of the channel", 25), "channel")
    assert fresh(desk, search) == []
    come(BEDS, "new")
    found = fresh(desk, search)
    assert "beds for old people" in found[0].text
    assert all("dredging" not in item.text for item in found)
    assert found[0].reference.startswith("Harbour Board (Saltmarsh Council), 18 May 2021, minute 12")


def test_what_was_there_when_the_search_was_saved_is_no_news(desk: feed_routes.Desk) -> None:
    search = save(desk, Asked("repair of the pier"))
    beds_come()
    assert fresh(desk, search) == []


def test_words_that_stood_in_an_older_paper_are_no_news_in_a_newer_one(desk: feed_routes.Desk) -> None:
    search = save(desk, Asked("repair of the pier"))
    come(minutes("the pier") + "\n\n## 13. ANY OTHER BUSINESS\n\nThere was none.\n", "again")
    assert [item.text for item in fresh(desk, search) if "repaired before the winter" in item.text] == []


def test_filters_of_a_saved_search_keep_other_boards_out(desk: feed_routes.Desk) -> None:
    here = save(desk, Asked("winter beds", boards=("Harbour Board",)))
    there = save(desk, Asked("winter beds", boards=("Moor Board",)))
    beds_come()
    assert fresh(desk, here)
    assert fresh(desk, there) == []


def test_a_saved_search_of_the_register_finds_new_decisions_that_hold_its_words(desk: feed_routes.Desk) -> None:
    search = save(desk, Asked("winter repaired"), "decisions")
    other = save(desk, Asked("unheard"), "decisions")
    beds_come()
    (item,) = fresh(desk, search)
    assert item.heading == "Resolved: 12 BEDS FOR OLD PEOPLE IN HOSPITAL OVER THE WINTER"
    assert "decision=" in item.link
    assert fresh(desk, other) == []


def test_nothing_is_matched_while_papers_are_being_written_and_all_is_after(
    desk: feed_routes.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = save(desk, Asked("winter beds in hospital"))
    beds_come()
    with monkeypatch.context() as patch:
        patch.setattr(Archive, "behind", lambda _: True)
        assert fresh(desk, search) == []
    assert fresh(desk, search)


def test_an_archive_made_anew_of_the_same_papers_has_no_news_and_keeps_the_old(desk: feed_routes.Desk) -> None:
    search = save(desk, Asked("winter beds in hospital"))
    beds_come()
    before = [item.id for item in fresh(desk, search)]
    shutil.rmtree("archive")
    put(Path("papers"), new=BEDS)
    indexed(Path("archive"))
    assert [item.id for item in fresh(desk, search)] == before


# Withdrawal


def test_a_withdrawn_paper_leaves_feeds_and_lists_and_no_word_of_it_was_ever_kept(
    desk: feed_routes.Desk, tmp_path: Path
) -> None:
    search = save(desk, Asked("winter beds in hospital"))
    beds_come()
    feed = f"/{feed_routes.search_address(search.key)}"
    assert read(desk, feed)
    assert len(read(desk, "/feeds/decisions")) == 3
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("archive-saved.sqlite*"))
    assert b"winter" in kept  # the reader's own word
    assert not [word for word in (b"repaired", b"Harbour", b"RESOLVED", b"old people") if word in kept]
    paper = next(one for one in desk.archive().papers() if one.path.endswith("new.md"))
    with Writer.open(Path("archive"), desk.archive().model) as writer:
        writer.withdraw(paper.id, "court order")
    assert read(desk, feed) == []
    assert fresh(desk, search) == []
    assert len(read(desk, "/feeds/decisions")) == 2


def test_a_match_is_not_shown_when_other_words_stand_in_its_place(desk: feed_routes.Desk) -> None:
    search = save(desk, Asked("winter beds in hospital"))
    stored = desk.archive().paper_passages(desk.archive().papers()[0].id)[0]
    desk.store().match(search, 1, [Match(stored.id, "1:7:9", 1)])
    assert fresh(desk, search) == []


# Feeds


def test_a_feed_reader_gets_each_match_once_with_its_reference_and_an_address(desk: feed_routes.Desk) -> None:
    search = save(desk, Asked("winter beds in hospital"))
    beds_come()
    address = f"/{feed_routes.search_address(search.key)}"
    parsed = feedparser.parse(client(desk).get(address).content)
    assert parsed.feed.title == "New matches: “winter beds in hospital”"
    assert parsed.feed.id.startswith("urn:uuid:")
    entry = parsed.entries[0]
    assert entry.title == "BEDS FOR OLD PEOPLE IN HOSPITAL OVER THE WINTER"
    assert entry.summary.startswith("Harbour Board (Saltmarsh Council), 18 May 2021, minute 12")
    paper = next(one for one in desk.archive().papers() if one.path.endswith("new.md"))
    passage = int(desk.store().matches(search)[0].id) & 0xFFFFF
    assert entry.link == f"http://testserver/papers?paper={paper.id}&sheet=1&passage={passage}"
    again = read(desk, address)
    assert [one["id"] for one in again] == [one.id for one in parsed.entries]
    assert len({one["id"] for one in again}) == len(again)


def test_a_feed_that_has_not_changed_is_not_sent_again(desk: feed_routes.Desk) -> None:
    first = client(desk).get("/feeds/decisions")
    again = client(desk).get("/feeds/decisions", headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["content-type"] == "application/atom+xml; charset=utf-8"


def test_decisions_come_by_board_those_that_came_in_last_first(desk: feed_routes.Desk) -> None:
    client(desk).get("/feeds/decisions")  # as a feed reader did yesterday
    come(BEDS.replace("Harbour", "Moor").replace("2021", "2019"), "moor")
    every = read(desk, "/feeds/decisions")
    assert every[0]["title"] == "Resolved: 12 BEDS FOR OLD PEOPLE IN HOSPITAL OVER THE WINTER"
    assert [one["title"] for one in read(desk, "/feeds/decisions?board=Moor+Board")] == [every[0]["title"]]
    assert [one["id"] for one in read(desk, "/feeds/decisions?board=Moor+Board")] == [every[0]["id"]]
    assert len(read(desk, "/feeds/decisions?board=Harbour+Board&q=quay")) == 1


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/feeds/decisions?board=Moon+Board", 422, "No board 'Moon Board'"),
        ("/feeds/decisions?colour=red", 422, "No parameter 'colour'"),
        (f"/feeds/searches/{'0' * 32}", 404, "no such feed"),
        ("/feeds/searches/x", 404, "no such feed"),
    ],
)
def test_a_feed_that_there_is_not_is_refused_in_words(
    desk: feed_routes.Desk, address: str, status: int, said: str
) -> None:
    got = client(desk).get(address)
    assert got.status_code == status
    assert said in got.text


def test_the_words_of_a_paper_are_text_in_a_feed(desk: feed_routes.Desk) -> None:
    save(desk, Asked("x"))
    come(minutes("<script>alert(1)</script> & ]]> the slip", 25), "slip")
    body = client(desk).get("/feeds/decisions").text
    assert "<script" not in body
    assert any("<script>" in one["title"] or "SCRIPT" in one["title"] for one in read(desk, "/feeds/decisions"))


# Lists


def test_what_came_in_stays_new_for_one_look_and_is_old_at_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path / "saved.sqlite")
    store.notice("1", lambda: ["p"])
    store.add(LIST, "ask", "q=beds")
    first = store.look(LIST, NOW + timedelta(days=1))
    store.notice("2", lambda: ["p", "q"])
    looks = [store.look(LIST, NOW + timedelta(days=2, minutes=minutes)) for minutes in (0, 20, 45)]
    assert [first.seen, *(look.seen for look in looks)] == [1, 1, 1, 1]
    assert {look.before for look in looks} == {NOW + timedelta(days=1)}
    assert store.look(LIST, NOW + timedelta(days=3)).seen == 2


def test_the_same_search_is_in_a_list_once_and_can_be_removed(tmp_path: Path) -> None:
    store = Store(tmp_path / "saved.sqlite")
    first, again, other = (store.add(LIST, "ask", query) for query in ("q=beds", "q=beds", "q=roads"))
    assert first == again
    assert store.listed(LIST) == (first, other)
    store.match(first, 1, [Match(7, "1:0:9", 1)])
    store.remove(first)
    assert (store.listed(LIST), store.matches(first), store.search(first.key)) == ((other,), [], None)


def test_a_full_list_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "BOUNDS", replace(saved.BOUNDS, searches=2))
    store = Store(tmp_path / "saved.sqlite")
    for query in ("q=a", "q=b"):
        store.add(LIST, "ask", query)
    with pytest.raises(SavedError, match="this list holds 2 searches of at most 2"):
        store.add(LIST, "ask", "q=c")
    assert len(store.listed(LIST)) == 2


def test_a_file_that_is_no_database_or_of_a_later_version_is_refused_with_advice(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"no database" * 100)
    with pytest.raises(SavedError, match="BOARD_PAPERS_SAVED"):
        Store(other).listed(LIST)
    later = tmp_path / "later.sqlite"
    with sqlite3.connect(later) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(SavedError, match="version 2, this program reads 1"):
        Store(later).listed(LIST)


# The page


@pytest.fixture
def app(desk: feed_routes.Desk, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(opened, "archive", desk.archive)
    monkeypatch.setattr(opened, "engine", desk.engine)
    monkeypatch.setattr(opened, "store", desk.store)
    return AppTest.from_file(str(ROOT / "search" / "views" / "pages" / "frame.py"), default_timeout=30)


def words(app: AppTest) -> str:
    """Everything that the page says in our HTML and Markdown."""
    return "\n".join([*(one.body for one in app.get("html")), *(str(one.value) for one in app.markdown)])


def asked_and_saved(app: AppTest, question: str) -> None:
    app.query_params["q"], app.session_state["keeping"] = question, True
    app.run()
    app.button(key="save").click().run()
    assert not app.exception


def test_a_question_is_saved_from_its_page_and_what_comes_in_is_shown_as_new(
    app: AppTest, desk: feed_routes.Desk
) -> None:
    asked_and_saved(app, "winter beds in hospital")
    assert any("The page Saved shows what comes in" in said.value for said in app.info)
    (search,) = desk.store().listed(str(app.session_state["list"]))
    assert (search.view, search.query) == ("ask", "q=winter+beds+in+hospital")
    assert f'data-cookie="board-papers-list" data-value="{search.list}"' in words(app)
    app.switch_page("saved.py").run()
    assert [header.value for header in app.header] == [
        "“winter beds in hospital”",
        "Collections",
        "Feeds of new decisions",
    ]
    assert "Nothing new." in words(app)
    beds_come()
    app.run()
    assert not app.exception
    assert [said.value for said in app.success] == ["1 new match."]
    assert ">BEDS FOR OLD PEOPLE IN HOSPITAL OVER THE WINTER</a>" in words(app)
    assert app.code[0].value.endswith(f"feeds/searches/{search.key}")
    assert 'href="feeds/decisions?authority=Saltmarsh+Council&amp;board=Harbour+Board"' in words(app)


def test_a_list_opens_by_its_address_and_a_search_can_be_removed(app: AppTest, desk: feed_routes.Desk) -> None:
    search = save(desk, Asked("winter :red[beds]", boards=("Harbour Board",)))
    app.query_params["list"] = LIST
    app.run()
    app.switch_page("saved.py").run()
    assert not app.exception
    assert app.header[0].value == "“winter \\:red\\[beds\\]”\\; Harbour Board"
    app.button(key=f"remove-{search.key}").click().run()
    assert "Nothing is saved yet" in app.info[0].value
    assert desk.store().listed(LIST) == ()


def test_a_cut_address_of_a_list_and_a_reader_without_one_are_told_what_to_do(app: AppTest) -> None:
    app.query_params["list"] = LIST[:9]
    app.run()
    app.switch_page("saved.py").run()
    assert not app.exception
    assert "not the whole address" in app.warning[0].value
    assert "press “Save this search”" in app.info[0].value


def test_saved_searches_that_cannot_be_written_are_said_to_be_so(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "broken").write_bytes(b"no database" * 100)
    monkeypatch.setattr(opened, "store", lambda: Store(tmp_path / "broken"))
    asked_and_saved(app, "winter beds")
    assert "cannot be read or written" in app.warning[0].value
    app.switch_page("saved.py").run()
    assert not app.exception
