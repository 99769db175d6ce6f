"""Threads and pairs: every link has a reason that a reader can check, and what only looks alike is not linked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive
from indexer.errors import BadArguments
from indexer.records import Reading
from search import __main__ as command
from search.contents import Contents
from search.history import links, matters
from search.history.decided import decided
from search.history.thread import Thread, thread
from search.history.threads import Threads
from tests.makers.matters_maker import archive, meeting, minutes, report

_NO_PAPER = "0123456789abcdef"
JUNE, JULY, SEPTEMBER = meeting("2024-06-04"), meeting("2024-07-09"), meeting("2024-09-03")


def opened(folder: Path, *readings: Reading) -> Archive:
    return archive(folder / "archive", *readings)[0]


def handle(library: Archive, wording: str) -> str:
    (decision,) = [one for one in library.decisions() if wording in one.decision.text]
    return matters.decision_handle(decision)


def told(steps: Thread) -> list[tuple[str, str]]:
    return [(step.one.decision.text, step.reason) for step in steps.steps]


def paired(library: Archive) -> set[tuple[str, str]]:
    register = library.decisions()
    texts = {one.id: one.decision.text for one in register}
    pairs = links.pairs(register, Contents(library).sections)
    return {(texts[id], other.decision.text) for id, others in pairs.resolved_by.items() for other in others}


def test_a_recommendation_is_paired_with_the_resolution_on_the_same_item_of_the_same_meeting(tmp_path: Path) -> None:
    library = opened(
        tmp_path,
        report("ferry.pdf", "Proposed changes to ferry fares", JULY, asked="That fares rise by 5%."),
        minutes(
            "minutes.pdf",
            JULY,
            [("61", "Ferry fares changes", "RESOLVED that fares stay."), ("62", "Library hours", "RESOLVED: open.")],
            printed=SEPTEMBER,
        ),
        minutes("later.pdf", SEPTEMBER, [("70", "Ferry fares changes", "RESOLVED that fares be reviewed.")]),
    )
    assert paired(library) == {("That fares rise by 5%.", "RESOLVED that fares stay.")}


def test_a_file_named_after_its_decision_is_paired_by_that_reference(tmp_path: Path) -> None:
    library = opened(
        tmp_path,
        report("24-00317 - Report.pdf", "Harbour works", JULY, asked="That the wall be mended."),
        minutes("minutes.pdf", JULY, [("61", "24/00317 - Contract for the sea wall", "RESOLVED: mend it.")]),
    )
    assert paired(library) == {("That the wall be mended.", "RESOLVED: mend it.")}


def test_where_two_items_fit_equally_well_nothing_is_paired(tmp_path: Path) -> None:
    library = opened(
        tmp_path,
        report("r.pdf", "School places", JULY, asked="That the plan be approved."),
        minutes(
            "minutes.pdf",
            JULY,
            [("61", "School places north", "RESOLVED: north."), ("62", "School places south", "RESOLVED: south.")],
        ),
    )
    assert paired(library) == set()


def test_another_board_on_the_same_day_resolves_nothing_on_it(tmp_path: Path) -> None:
    library = opened(
        tmp_path,
        report("r.pdf", "Ferry fares", JULY, asked="That fares rise."),
        minutes("m.pdf", meeting("2024-07-09", "Scrutiny Committee"), [("5", "Ferry fares", "RESOLVED: no.")]),
    )
    assert paired(library) == set()


def test_a_thread_runs_from_deferral_over_report_and_resolution_to_what_followed(tmp_path: Path) -> None:
    library = opened(
        tmp_path,
        minutes("june.pdf", JUNE, [("47", "Ferry fares", "RESOLVED that the item be deferred.")]),
        report("fares.pdf", "Ferry fares: revised scheme", JULY, asked="That the scheme be agreed."),
        minutes("july.pdf", JULY, [("61", "Ferry fares: revised scheme", "RESOLVED that it be agreed.")]),
        minutes(
            "sept.pdf",
            SEPTEMBER,
            [
                ("70", "Boats", "Members asked about prices (minute 61 refers).\nRESOLVED that boats be bought."),
                ("71", "Library hours", "RESOLVED to open."),
            ],
        ),
    )
    assert told(thread(library, handle(library, "deferred"))) == [
        ("RESOLVED that the item be deferred.", "asked for"),
        ("That the scheme be agreed.", "item title “Ferry fares: revised scheme” holds “Ferry fares”"),
        ("RESOLVED that it be agreed.", "item title “Ferry fares: revised scheme” holds “Ferry fares”"),
        ("RESOLVED that boats be bought.", "names minute 61 of Cabinet of 9 July 2024"),
    ]
    (boats,) = [
        step for step in thread(library, handle(library, "it be agreed")).steps if "boats" in step.one.decision.text
    ]
    assert boats.reason == "names minute 61 of Cabinet of 9 July 2024"


def test_a_title_of_most_agendas_links_nothing(tmp_path: Path) -> None:
    days = [meeting(f"2024-{month:02}-04") for month in range(3, 10)]
    papers = [
        minutes(f"m{number}.pdf", day, [("1", "Planning applications", f"RESOLVED to support case {number}.")])
        for number, day in enumerate(days)
    ]
    library = opened(tmp_path, *papers)
    assert told(thread(library, handle(library, "case 3"))) == [("RESOLVED to support case 3.", "asked for")]
    few = opened(tmp_path / "few", *papers[:3])
    assert len(thread(few, handle(few, "case 2")).steps) == 3


def test_a_shared_reference_links_boards_of_one_authority_and_no_other(tmp_path: Path) -> None:
    scrutiny = meeting("2024-06-20", "Scrutiny Committee")
    library = opened(
        tmp_path,
        minutes("s.pdf", scrutiny, [("9", "Review of quays", "RESOLVED to support 24/00317 with changes.")]),
        minutes("c.pdf", JULY, [("61", "24/00317 - Sea wall", "RESOLVED: mend it.")]),
        minutes(
            "n.pdf", meeting("2024-08-01", authority="Northby Council"), [("3", "24/00317 - Sea wall", "RESOLVED: no.")]
        ),
    )
    assert told(thread(library, handle(library, "mend it"))) == [
        ("RESOLVED to support 24/00317 with changes.", "same reference 24/00317"),
        ("RESOLVED: mend it.", "asked for"),
    ]


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Budget monitoring report quarter 1 2024/25", "Budget monitoring report quarter 2 2024/25"),
        ("Safeguarding annual report 2022-23", "Safeguarding annual report 2023-24"),
        ("Work programme", "Work programme"),
        ("Minutes of the meeting", "Minutes of the meeting"),
        ("Adult social care", "Adult learning"),
        ("BCF 2024/25", "Grants 2024/25"),
        ("Transport", "Transport for pupils of special schools"),
    ],
)
def test_titles_that_only_look_alike_link_nothing(tmp_path: Path, title: str, other: str) -> None:
    library = opened(
        tmp_path,
        minutes("a.pdf", JUNE, [("47", title, "RESOLVED: first.")]),
        minutes("b.pdf", JULY, [("61", other, "RESOLVED: second.")]),
    )
    assert told(thread(library, handle(library, "first"))) == [("RESOLVED: first.", "asked for")]


def test_a_named_minute_with_a_date_means_the_meeting_of_that_date(tmp_path: Path) -> None:
    library = opened(
        tmp_path,
        minutes("2023.pdf", meeting("2023-11-07"), [("12", "Old quay", "RESOLVED: old.")]),
        minutes("june.pdf", JUNE, [("12", "Bins", "RESOLVED: bins.")]),
        minutes("july.pdf", JULY, [("61", "Quays", "Minute 12 of 7 November 2023 refers.\nRESOLVED: quays.")]),
    )
    assert told(thread(library, handle(library, "quays"))) == [
        ("RESOLVED: old.", "named as minute 12 by Cabinet of 9 July 2024"),
        ("RESOLVED: quays.", "asked for"),
    ]
    assert told(thread(library, handle(library, "bins"))) == [("RESOLVED: bins.", "asked for")]


def test_the_same_decision_printed_twice_is_one_step_with_both_places(tmp_path: Path) -> None:
    item = [("47", "Ferry fares", "RESOLVED that fares stay.")]
    library = opened(
        tmp_path,
        minutes("draft.pdf", JUNE, item, printed=JULY),
        minutes("signed.pdf", JUNE, [*item, ("48", "X", "Y.")]),
    )
    one = next(one for one in library.decisions() if one.paper.path == "draft.pdf")
    (step,) = thread(library, matters.decision_handle(one)).steps
    assert (step.one.paper.path, [copy.paper.path for copy in step.copies]) == ("draft.pdf", ["signed.pdf"])


def test_an_item_without_a_decision_has_a_thread_too(tmp_path: Path) -> None:
    library = opened(
        tmp_path,
        minutes("june.pdf", JUNE, [("47", "Ferry fares", "Discussed."), ("48", "Bins", "RESOLVED: bins.")]),
        minutes("july.pdf", JULY, [("61", "Ferry fares", "RESOLVED that fares stay.")]),
    )
    paper = next(one.paper.id for one in library.decisions() if one.paper.path == "june.pdf")
    made = thread(library, matters.section_handle(paper, 1))
    assert made.matter.heading == "Ferry fares"
    assert told(made) == [("RESOLVED that fares stay.", "same item title")]


def test_a_report_in_a_paper_without_any_decision_has_a_thread(tmp_path: Path) -> None:
    annual = report("annual.pdf", "Ferry fares", JUNE, body="Ferries sailed.")
    library = opened(tmp_path, annual, minutes("july.pdf", JULY, [("61", "Ferry fares", "RESOLVED that fares stay.")]))
    made = thread(library, matters.section_handle(annual.paper.id, 0))
    assert told(made) == [("RESOLVED that fares stay.", "same item title")]


@pytest.mark.parametrize("wrong", ["", "minute 47", f"{_NO_PAPER}:d0", f"{_NO_PAPER}:s3", "12:d1", f"{_NO_PAPER}:x1"])
def test_an_unknown_handle_is_refused_with_where_to_find_one(tmp_path: Path, wrong: str) -> None:
    library = opened(tmp_path, minutes("june.pdf", JUNE, [("47", "Ferry fares", "RESOLVED.")]))
    with pytest.raises(BadArguments, match="decisions --json"):
        thread(library, wrong)


def test_references_are_told_from_years() -> None:
    text = "24/00317, 24-00318, DC/19/0042 and 2024/1234/FUL; not 2024/25, 2013/2014, BCF 2022/23 or 12/05/2024"
    assert matters.references(text) == {"24/00317", "24/00318", "DC/19/0042", "2024/1234/FUL"}


def test_the_register_names_ids_that_the_thread_command_takes(tmp_path: Path, capsys: Any) -> None:
    opened(
        tmp_path,
        report("ferry.pdf", "Ferry fares", JULY, asked="That fares rise by 5%."),
        minutes("minutes.pdf", JULY, [("61", "Ferry fares", "RESOLVED that fares stay.")]),
    ).close()
    place = ("--archive", str(tmp_path / "archive"))
    assert command.main(["decisions", "--json", *place]) == 0
    rows = {row["text"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    asked, resolved = rows["That fares rise by 5%."], rows["RESOLVED that fares stay."]
    assert (asked["resolved_by"], asked["recommendation_of"]) == ([resolved["id"]], [])
    assert (resolved["resolved_by"], resolved["recommendation_of"]) == ([], [asked["id"]])
    assert command.main(["thread", resolved["item_id"], "--json", *place]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert [(step["id"], step["reason"]) for step in steps] == [
        (asked["id"], "recommended for this resolution: same item at the same meeting"),
        (resolved["id"], "asked for"),
    ]
    assert command.main(["thread", asked["id"], *place]) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 80
    assert "Why: resolved on this recommendation" in printed
    assert command.main(["thread", "nonsense", *place]) == 2


def test_a_thread_leads_somewhere_where_another_meeting_or_a_report_belongs_to_it(tmp_path: Path) -> None:
    library = opened(
        tmp_path,
        report("fares.pdf", "Ferry fares", JULY, asked="That the scheme be agreed."),
        minutes("july.pdf", JULY, [("61", "Ferry fares", "RESOLVED that it be agreed.")]),
        minutes(
            "sept.pdf",
            SEPTEMBER,
            [
                ("70", "Boats", "RESOLVED that boats be bought (minute 61 refers)."),
                ("71", "Hours", "RESOLVED to open."),
            ],
        ),
        minutes("june.pdf", JUNE, [("47", "Quays", "RESOLVED to dredge.")]),
    )
    threads = Threads(library)
    leads = {one.decision.text: threads.leads(matters.decision_handle(one)) for one in library.decisions()}
    assert leads == {
        "That the scheme be agreed.": True,
        "RESOLVED that it be agreed.": True,
        "RESOLVED that boats be bought (minute 61 refers).": True,
        "RESOLVED to open.": False,
        "RESOLVED to dredge.": False,
    }
    assert all(
        threads.thread(id).leads is threads.leads(id) for id in map(matters.decision_handle, library.decisions())
    )
    with pytest.raises(BadArguments, match="No decision"):
        threads.leads(f"{_NO_PAPER}:d1")


def test_the_register_is_read_once_for_each_state_of_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = minutes("july.pdf", JULY, [("61", "Ferry fares", "RESOLVED that it be agreed.")])
    library = opened(tmp_path, own)
    id, threads, read = handle(library, "be agreed"), Threads(library), list[Archive]()
    monkeypatch.setattr(
        "search.history.threads.decided", lambda of, contents: [read.append(of), decided(of, contents)][1]
    )
    assert not threads.leads(id)
    assert threads.thread(id).steps
    assert len(read) == 1
    opened(tmp_path, own, minutes("sept.pdf", SEPTEMBER, [("70", "Ferry fares", "RESOLVED that they rise.")]))
    assert threads.leads(id)
    assert len(read) == 2
