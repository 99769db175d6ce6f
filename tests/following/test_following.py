"""Papers that come by themselves: a fictional council on this machine is followed, with the oddities of real ones."""

from __future__ import annotations

import csv
import json
import multiprocessing
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from indexer import __main__ as command
from indexer.__main__ import main
from indexer.errors import BadArguments, FollowError
from indexer.following import commands, filing, markup, minute_pages
from indexer.following.client import Client, Manners
from indexer.following.records import Attachment, Committee, Copy, Followed, MeetingRef
from indexer.following.sources import detect, open_source
from indexer.following.store import Store
from indexer.following.sync import Tally, sync
from tests.makers.council_server import Agenda, Council, Doc, Sitting, answer, cut, serving

QUICK = Manners(contact="archive@marlbridge.example", pause=0, back_off=0, tries=3)
NOW = datetime(2026, 3, 1, 6, tzinfo=UTC).timestamp()
DAY = 24 * 3600.0


class Silent:
    """A watcher that keeps what it is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def meeting(self, title: str) -> None:
        """Not kept."""

    def paper(self, name: str, size: int) -> None:
        """Not kept."""

    def warn(self, line: str) -> None:
        """Keep a line."""
        self.lines.append(line)


@pytest.fixture
def council() -> Council:
    """Cabinet with two meetings, one restricted item, minutes by item; a board with an ampersand in its name."""
    february = Sitting("4711", date(2026, 2, 5), docs=[Doc("p1", "Public reports pack, Thursday 5th February")])
    february.items = [
        Agenda(
            "1",
            "1",
            "Minutes",
            "61",
            "<p>RESOLVED: That the minutes be confirmed.</p>",
            docs=[Doc("60860", "Draft Minutes Cabinet 4 Dec 2025")],
        ),
        Agenda(
            "2",
            "2",
            "Ferries & fares",
            "62",
            "<p>RESOLVED: That fares rise.</p>",
            docs=[Doc("60861", "Report on ferries"), Doc("60862", "Report on ferries")],
        ),
        Agenda(
            "3",
            "8",
            "Sale of the ferry yard",
            "68",
            "<p>Secret words.</p>",
            restricted=True,
            docs=[Doc("60921", "Item 8 Report")],
        ),
        Agenda("4", "9", "Roads", "69", docs=[Doc("60930", "Appendix", restrictions="Schedule 12A, paragraph 3")]),
    ]
    january = Sitting("4710", date(2026, 1, 8), status="Cancelled")
    board = Sitting("4800", date(2026, 2, 17), docs=[Doc("p2", "Agenda frontsheet")])
    return Council({"112": ("Cabinet", [january, february]), "131": ("Health & Wellbeing Board", [board])})


@pytest.fixture
def address(council: Council) -> Iterator[str]:
    with serving(council) as base:
        yield base


@pytest.fixture
def store(tmp_path: Path, address: str) -> Store:
    store = Store(tmp_path / "papers")
    store.follow(Followed("marlbridge", address, "Marlbridge Council", "moderngov", date(2025, 1, 1)))
    return store


def run(store: Store, now: float = NOW) -> Tally:
    return sync(store, Silent(), QUICK, lambda: now)


def files(store: Store) -> list[str]:
    """What lies in the papers' folder, hidden files apart."""
    paths = (path.relative_to(store.papers) for path in store.papers.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))


def rows(store: Store, body: str) -> list[dict[str, str]]:
    path = store.papers / "Marlbridge Council" / body / "papers.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


CABINET = "Marlbridge Council/Cabinet"
FEBRUARY = f"{CABINET}/2026-02-05"


def test_a_council_that_is_followed_is_filed_by_body_and_date_under_the_titles_it_gives(store: Store) -> None:
    tally = run(store)
    assert files(store) == [
        f"{FEBRUARY}/Draft Minutes Cabinet 4 Dec 2025.pdf",
        f"{FEBRUARY}/Public reports pack, Thursday 5th February.pdf",
        f"{FEBRUARY}/Report on ferries (60862).pdf",
        f"{FEBRUARY}/Report on ferries.pdf",
        f"{CABINET}/papers.csv",
        "Marlbridge Council/Health & Wellbeing Board/2026-02-17/Agenda frontsheet.pdf",
        "Marlbridge Council/Health & Wellbeing Board/papers.csv",
    ]
    assert (tally.fetched, tally.restricted, tally.failed) == (5, 2, [])


def test_the_sidecar_says_what_the_council_says_and_leaves_an_earlier_meetings_minutes_to_themselves(
    store: Store, address: str
) -> None:
    run(store)
    by_path = {row.pop("path"): row for row in rows(store, "Cabinet")}
    assert by_path["2026-02-05/Public reports pack, Thursday 5th February.pdf"] == {
        "authority": "Marlbridge Council",
        "board": "Cabinet",
        "meeting_date": "2026-02-05",
        "kind": "pack",
        "title": "Public reports pack, Thursday 5th February",
        "url": f"{address}mgConvert2PDF.aspx?ID=p1",
    }
    assert by_path["2026-02-05/Draft Minutes Cabinet 4 Dec 2025.pdf"]["meeting_date"] == ""


def test_nothing_restricted_is_ever_asked_for_but_it_is_recorded(store: Store, council: Council) -> None:
    run(store)
    assert not any("60921" in path or "60930" in path for path in council.asked)
    (journal,) = [one for one in store.journals(store.followed()[0]) if one.page.ref.id == "4711"]
    restricted = {copy.attachment.title: copy.reason for copy in journal.copies if copy.state == "restricted"}
    assert restricted == {"Item 8 Report": "restricted item", "Appendix": "Schedule 12A, paragraph 3"}
    assert "Secret words" not in "".join(path.read_text() for path in store.papers.rglob("*.json"))


def test_a_second_run_with_nothing_new_costs_one_request_a_body(store: Store, council: Council) -> None:
    store.follow(
        Followed(
            "marlbridge",
            council.base,
            "Marlbridge Council",
            "moderngov",
            date(2025, 1, 1),
            (Committee("112", "Cabinet"), Committee("131", "Health & Wellbeing Board")),
        )
    )
    run(store)
    council.asked.clear()
    tally = run(store, NOW + 3600)
    assert tally.fetched == 0
    assert [path.partition("?")[0] for path in council.asked] == ["/mgWebService.asmx/GetMeetings"] * 2


def test_minutes_that_come_weeks_late_are_fetched_when_they_come(store: Store, council: Council) -> None:
    run(store)
    february = council.bodies["112"][1][1]
    february.docs.append(Doc("p9", "Printed minutes, Thursday 5th February"))
    february.minuted = True
    assert run(store, NOW + 21 * DAY).fetched == 1
    assert f"{FEBRUARY}/Printed minutes, Thursday 5th February.pdf" in files(store)
    minutes = next(row for row in rows(store, "Cabinet") if row["title"].startswith("Printed minutes"))
    assert (minutes["kind"], minutes["meeting_date"]) == ("minutes", "2026-02-05")


def test_the_minutes_by_item_are_a_paper_of_their_own_in_the_councils_words(store: Store, council: Council) -> None:
    council.bodies["112"][1][1].minuted = True
    run(store)
    page = (store.papers / FEBRUARY / minute_pages.NAME).read_text(encoding="utf-8")
    assert "<h1>Minutes of the meeting of Cabinet held on 5 February 2026</h1>" in page
    assert "<h2>62. Ferries &amp; fares (Item 2)</h2>\n<p>RESOLVED: That fares rise.</p>" in page
    assert "Secret words" not in page
    row = next(row for row in rows(store, "Cabinet") if row["path"].endswith(minute_pages.NAME))
    assert row["url"] == f"{council.base}ieListDocuments.aspx?CId=112&MId=4711"


def test_what_the_council_takes_away_is_kept_and_told_once(store: Store, council: Council) -> None:
    run(store)
    del council.bodies["112"][1][1].items[1].docs[1]
    later = run(store, NOW + 2 * DAY)
    assert later.gone == ["Report on ferries"]
    assert f"{FEBRUARY}/Report on ferries (60862).pdf" in files(store)
    assert run(store, NOW + 4 * DAY).gone == []


def test_what_becomes_restricted_is_told_and_never_fetched_again(store: Store, council: Council) -> None:
    run(store)
    council.bodies["112"][1][1].items[1].docs[0].restricted = True
    council.asked.clear()
    assert run(store, NOW + 2 * DAY).gone == ["Report on ferries"]
    assert council.requests("60861") == 0


def test_a_meeting_that_is_moved_moves_with_its_papers_and_none_is_fetched_again(
    store: Store, council: Council
) -> None:
    run(store)
    council.bodies["112"][1][1].day = date(2026, 2, 19)
    tally = run(store, NOW + 3600)
    assert tally.fetched == 0
    assert f"{CABINET}/2026-02-19/Report on ferries.pdf" in files(store)
    assert not [path for path in files(store) if "2026-02-05" in path]
    assert {row["meeting_date"] for row in rows(store, "Cabinet")} == {"2026-02-19", ""}


def test_a_document_that_is_an_error_page_is_no_paper_and_tried_again(store: Store, council: Council) -> None:
    council.faults["ID=60861"] = [answer(200, b"<!DOCTYPE html><html><body>Please sign in</body></html>")]
    assert "a web page came where a document was expected" in run(store).failed[0]
    assert f"{FEBRUARY}/Report on ferries.pdf" not in files(store)
    assert run(store, NOW + 60).failed == []
    assert f"{FEBRUARY}/Report on ferries.pdf" in files(store)


def test_a_server_that_is_busy_or_breaks_off_is_asked_again_and_no_half_paper_is_kept(
    store: Store, council: Council
) -> None:
    council.faults["ID=60861"] = [answer(429, retry_after="0"), cut]
    council.faults["ID=60862"] = [answer(503), cut, answer(500)]
    tally = run(store)
    assert council.served["60861"] == 1
    assert ["60862" in line for line in tally.failed] == [True]
    assert not [path for path in store.papers.rglob("*") if path.name.endswith((".part", ".whole"))]
    assert run(store, NOW + 60).failed == []


def test_a_council_whose_service_fails_is_told_and_the_others_go_on(store: Store, council: Council) -> None:
    store.follow(Followed("gone", "http://127.0.0.1:9/", "Gone Council", "moderngov", date(2025, 1, 1)))
    council.faults["GetMeetings?lCommitteeId=112"] = [answer(500), answer(500), answer(500)]
    tally = run(store)
    assert [line.partition(":")[0] for line in tally.failed] == ["Cabinet", "http"]
    assert "Marlbridge Council/Health & Wellbeing Board/2026-02-17/Agenda frontsheet.pdf" in files(store)


def test_a_document_that_is_published_anew_under_its_address_takes_the_place_of_the_old_one(
    store: Store, council: Council
) -> None:
    doc = council.bodies["112"][1][1].items[1].docs[0]
    doc.content, doc.published = b"%PDF-1.4 first", "28/01/2026"
    run(store)
    doc.content, doc.published = b"%PDF-1.4 second", "30/01/2026"
    tally = run(store, NOW + 2 * DAY)
    assert (tally.fetched, tally.gone) == (1, [])
    assert (store.papers / FEBRUARY / "Report on ferries.pdf").read_bytes() == b"%PDF-1.4 second"


def test_a_list_that_its_server_marks_is_asked_for_conditionally(
    tmp_path: Path, council: Council, address: str
) -> None:
    council.bodies["9"] = ("Other", [Sitting("1", date(2020, 1, 1), docs=[Doc("d1", "One")])])
    table = f"url,title,board,date\n{address}documents/d1/one.pdf,Minutes,Parish Council,2026-02-07\n".encode()
    marked = answer(200, table, ETag='"1"')
    asked: list[str] = []

    def unchanged(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.headers.get("If-None-Match", ""))
        answer(304)(handler)

    council.faults["/lists/papers.csv"] = [marked, unchanged]
    store = Store(tmp_path / "papers")
    store.follow(Followed("list", f"{address}lists/papers.csv", "Parish", "list", date(2000, 1, 1)))
    assert run(store).fetched == 1
    assert (run(store, NOW + 2 * DAY).failed, asked) == ([], ['"1"'])


def test_robots_txt_is_kept_to_and_remembered_for_a_day(store: Store, council: Council) -> None:
    council.robots = "User-agent: *\nDisallow: /mgConvert2PDF.aspx\n"
    tally = run(store)
    assert council.requests("mgConvert2PDF") == 0
    assert "robots.txt forbids it" in tally.failed[0]
    run(store, NOW + 3600)
    assert council.requests("robots.txt") == 1
    run(store, NOW + 2 * DAY)
    assert council.requests("robots.txt") == 2


def test_every_request_says_who_asks_and_there_is_a_pause_between_them(store: Store, council: Council) -> None:
    slept: list[float] = []
    council.robots = "User-agent: *\nCrawl-delay: 7\n"
    clock = iter(range(0, 10**6))

    def make(base: str, manners: Manners) -> Client:
        return Client(base, manners, slept.append, lambda: float(next(clock)) / 10)

    sync(store, Silent(), Manners(contact="archive@marlbridge.example"), lambda: NOW, make)
    assert council.agents == {"board-papers-archive/1.0 (archive@marlbridge.example)"}
    assert len(slept) == len(council.asked) - 1
    assert min(slept[1:]) > 6


def test_a_document_on_another_server_is_recorded_and_not_fetched(store: Store, council: Council) -> None:
    council.bodies["112"][1][1].docs.append(Doc("x", "Plan", url="http://198.51.100.7/plan.pdf"))
    run(store)
    (journal,) = [one for one in store.journals(store.followed()[0]) if one.page.ref.id == "4711"]
    assert [copy.attachment.title for copy in journal.copies if copy.state == "elsewhere"] == ["Plan"]


@pytest.mark.parametrize("target", ["http://198.51.100.7/secret.pdf", "file:///etc/passwd"])
def test_a_redirect_to_another_server_is_not_followed(store: Store, council: Council, target: str) -> None:
    council.faults["ID=60861"] = [answer(302, location=target)]
    assert any("60861" in line or "another server" in line for line in run(store).failed)


def test_a_document_that_is_too_large_is_given_up(store: Store, council: Council) -> None:
    council.bodies["112"][1][1].items[1].docs[0].content = b"%PDF-1.4" + b" " * 5_000
    small = Manners(pause=0, back_off=0, tries=2, most_bytes=4_000)
    tally = sync(store, Silent(), small, lambda: NOW)
    assert ["larger than" in line for line in tally.failed] == [True]


def test_where_the_service_is_switched_off_the_pages_are_read(tmp_path: Path, council: Council, address: str) -> None:
    council.service = False
    client = Client(address, QUICK)
    system, committees = detect(client)
    client.close()
    assert (system, [one.title for one in committees]) == ("moderngov-pages", ["Cabinet", "Health & Wellbeing Board"])
    store = Store(tmp_path / "papers")
    council.bodies["112"][1][1].docs[0] = Doc("g4711", "Public reports pack 5th Feb")
    store.follow(Followed("pages", address, "Marlbridge Council", system, date(2025, 1, 1)))
    assert run(store).failed == []
    assert f"{FEBRUARY}/Public reports pack 5th Feb.pdf" in files(store)
    assert not any("60921" in path or "60930" in path for path in council.asked)


CALENDAR = (
    '<table><tr><td class="DateColumn"><a href="/marl/Meetings/ctl/ViewMeetingPublic/mid/397/Meeting/15042/Committee/4/'
    'Default.aspx">9 Jul 2026 11:00 - Planning Committee</a></td></tr></table>'
)
PLANNING = (
    '<ol><li><a href="/marl/Document.ashx?id=abc123">Final Planning Minutes 16042026</a> <span>(156Kb)</span></li>'
    '<li><a href="/marl/Document.ashx?id=def456">Final Agenda Reports - 9th July 2026</a></li>'
    '<li><a href="/other">x</a></li></ol>'
)


def test_a_cmis_site_is_read_from_its_pages(council: Council, address: str) -> None:
    council.faults["Meetings.aspx"] = [answer(200, CALENDAR.encode())]
    council.faults["/Meeting/15042/"] = [answer(200, PLANNING.encode())]
    client = Client(address, QUICK)
    source = open_source("cmis", client)
    (committee,) = source.committees()
    (ref,) = source.meetings(committee, date(2026, 1, 1), date(2026, 12, 31))
    page = source.meeting(committee, ref)
    client.close()
    assert (committee, ref.date) == (Committee("4", "Planning Committee"), date(2026, 7, 9))
    assert [(one.id, one.title, one.url) for one in page.attachments] == [
        ("abc123", "Final Planning Minutes 16042026", f"{address}marl/Document.ashx?id=abc123"),
        ("def456", "Final Agenda Reports - 9th July 2026", f"{address}marl/Document.ashx?id=def456"),
    ]


def test_a_plain_list_and_a_sitemap_are_followed_too(tmp_path: Path, council: Council, address: str) -> None:
    council.bodies["9"] = ("Other", [Sitting("1", date(2020, 1, 1), docs=[Doc("d1", "One"), Doc("d2", "Two")])])
    council.lists["papers.csv"] = (
        "URL,Title,Board,Date\n"
        f"{address}documents/d1/one.pdf,Minutes of May,Parish Council,2026-05-07\n/documents/d2/two.pdf,,,\n"
    )
    council.lists["sitemap.xml"] = (
        f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{address}documents/d1/2024-03-05-one.pdf"
        f"</loc></url><url><loc>{address}about</loc></url></urlset>"
    )
    store = Store(tmp_path / "papers")
    for name in ("papers.csv", "sitemap.xml"):
        store.follow(Followed(name.partition(".")[0], f"{address}lists/{name}", name, "list", date(2000, 1, 1)))
    assert run(store).failed == []
    assert [path for path in files(store) if not path.endswith("/papers.csv")] == [
        "papers.csv/Papers/undated/two.pdf",
        "papers.csv/Parish Council/2026-05-07/Minutes of May.pdf",
        "sitemap.xml/Papers/2024-03-05/2024-03-05-one.pdf",
    ]


def test_a_site_of_no_known_system_is_refused_with_what_each_answered(council: Council) -> None:
    council.bodies.clear()
    council.service = False
    with serving(council) as base:
        client = Client(base, QUICK)
        with pytest.raises(FollowError, match="is none of moderngov, moderngov-pages, cmis, list"):
            detect(client)
        client.close()


def test_fields_that_are_missing_empty_or_odd_are_no_error() -> None:
    tree = markup.xml(b"<m><a>\n</a><b>Health &amp;amp; Care</b><c> True </c><d>31/02/2026</d></m>", "x")
    assert (markup.text(tree, "a"), markup.text(tree, "none"), markup.text(tree, "b")) == ("", "", "Health & Care")
    assert (markup.flag(tree, "c"), markup.flag(tree, "a"), markup.flag(tree, "none")) == (True, None, None)
    assert (markup.day(markup.text(tree, "d")), markup.day("5 March 2026")) == (None, date(2026, 3, 5))


def test_xml_that_would_read_files_or_grow_without_end_is_harmless() -> None:
    evil = b"<!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><m><a>&x;</a></m>"
    assert "root" not in markup.text(markup.xml(evil, "x"), "a")
    with pytest.raises(FollowError, match="did not answer with XML"):
        markup.xml(b"Service Unavailable", "x")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        (".hidden", "hidden"),
        ("CON", "_CON"),
        ("A" * 300, "A" * 110),
        ("  ", "_"),
        ('Report: "Tŷ" / 5*', "Report Tŷ 5"),
    ],
)
def test_no_title_leads_out_of_the_folder_or_makes_a_name_that_systems_refuse(title: str, name: str) -> None:
    assert filing.safe(title) == name


def test_names_that_differ_in_case_alone_do_not_overwrite_each_other() -> None:
    copies = [
        Copy(Attachment("1", "Report", ""), "fetched", "Report.pdf"),
        Copy(Attachment("2", "REPORT.PDF", ""), "waiting"),
    ]
    assert filing.name(copies[1].attachment, ".pdf", copies) == "REPORT (2).pdf"


def test_two_meetings_of_a_body_on_one_day_have_folders_of_their_own() -> None:
    council = Followed("k", "http://x/", "Marlbridge Council", "moderngov", date(2025, 1, 1))
    ref = MeetingRef("7", date(2026, 2, 5))
    assert filing.folder(council, "Cabinet", ref, {FEBRUARY}) == f"{FEBRUARY} (7)"


KILLS = 8


def _many() -> Council:
    """Forty meetings of two bodies, five documents each."""
    bodies = {}
    for number, title in (("1", "Cabinet"), ("2", "Scrutiny")):
        meetings = [
            Sitting(
                f"{number}{at}",
                date(2025, 1, 6) + timedelta(7 * at),
                docs=[Doc(f"{number}-{at}-{n}", f"Paper {n}", b"%PDF-1.4 " + bytes(20_000)) for n in range(5)],
            )
            for at in range(20)
        ]
        bodies[number] = (title, meetings)
    return Council(bodies)


def _run_and_be_killed(papers: str) -> None:
    run(Store(Path(papers)))


def test_a_run_killed_at_any_instant_goes_on_where_it_was_and_fetches_each_paper_once(tmp_path: Path) -> None:
    council = _many()
    chance = random.Random(7)  # noqa: S311  no secret
    with serving(council) as base:
        stores = [Store(tmp_path / name) for name in ("killed", "whole")]
        for store in stores:
            store.follow(Followed("m", base, "Marlbridge Council", "moderngov", date(2025, 1, 1)))
        context = multiprocessing.get_context("spawn")
        for _ in range(KILLS):
            process = context.Process(target=_run_and_be_killed, args=(str(stores[0].papers),))
            enough = sum(council.served.values()) + chance.randint(1, 20)
            process.start()
            while process.is_alive() and sum(council.served.values()) < enough:
                process.join(0.001)
            process.kill()
            process.join()
        run(stores[0])
        # What was on its way at a kill has to be asked for again; nothing else has.
        assert 200 <= sum(council.served.values()) <= 200 + KILLS
        assert run(stores[0], NOW + 60).fetched == 0
        run(stores[1])
    assert files(stores[0]) == files(stores[1])
    assert len(files(stores[0])) == 202
    assert all(
        (stores[0].papers / path).read_bytes() == (stores[1].papers / path).read_bytes() for path in files(stores[1])
    )


def test_the_commands_follow_list_sync_and_remove(
    tmp_path: Path, address: str, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = ["--papers", str(tmp_path / "papers")]
    assert main(["follow", address, "--name", "Marlbridge Council", "--committee", "cabinet", *papers]) == 0
    assert "Followed: Marlbridge Council (moderngov), 1 of its bodies" in capsys.readouterr().out
    assert main(["sync", "--no-index", "--pause", "0", *papers]) == 0
    assert "4 papers fetched, 2 restricted left alone" in capsys.readouterr().out
    assert main(["follow", "--list", *papers]) == 0
    assert "2 meetings known, 4 papers fetched" in capsys.readouterr().out
    assert main(["sync", "--json", "--no-index", "--pause", "0", *papers]) == 0
    counts = ["councils", "meetings", "asked", "fetched", "restricted", "requests", "failed", "gone"]
    assert list(json.loads(capsys.readouterr().out)) == counts
    assert main(["follow", "--remove", address, *papers]) == 0
    capsys.readouterr()
    assert main(["sync", *papers]) == 2
    assert "No council is followed" in capsys.readouterr().err


def test_a_body_that_the_council_does_not_have_is_refused_with_those_it_has(tmp_path: Path, address: str) -> None:

    options = command._parser().parse_args(["follow", address, "--committee", "Planning", "--papers", str(tmp_path)])
    with pytest.raises(BadArguments, match="known are: Cabinet, Health & Wellbeing Board"):
        commands.follow(options)
