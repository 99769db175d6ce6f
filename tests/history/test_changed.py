"""One decision is one record, wherever it is printed, and a later decision that changes it is shown with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.records import Filters, StoredDecision
from search.history import changed
from search.terminal import answers
from tests.makers.index_maker import put, run

HEAD = (
    "# Fenmere Borough Council\n\nMinutes of the meeting of the Harbour Committee held on Tuesday {day}\n\n"
    "PRESENT: Councillor A. Pike (Chair) and Councillor B. Roach\n\n"
)
MARCH = HEAD.format(day="5 March 2019") + (
    "## 42. THE WEIR\n\nThe engineer had looked at it.\n\nRESOLVED: That the weir at Sallow be removed.\n\n"
    "## 43. BRASS BAND\n\nA letter was read.\n\nRESOLVED: That £5,500 be granted to the brass band.\n"
)


def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **papers: str) -> Archive:
    """An archive of papers in Markdown."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "papers", **papers)
    run(tmp_path / "archive")
    return Archive.open(tmp_path / "archive")


def minutes(day: str, *items: str) -> str:
    return HEAD.format(day=day) + "\n".join(items)


def by_item(rows: list[StoredDecision]) -> dict[str, StoredDecision]:
    return {row.decision.item: row for row in rows}


def changes(row: StoredDecision) -> list[tuple[str, str]]:
    return [(change.how, change.decision.item) for change in row.superseded_by]


def test_the_same_minutes_in_three_papers_are_one_decision_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = MARCH + "\nNext meeting: 9 April 2019\n"
    held = archive(tmp_path, monkeypatch, minutes=MARCH, april__minutes=again, may__minutes=again + "\n")
    decisions = held.decisions()
    assert [row.decision.item for row in decisions] == ["42", "43"]
    assert [sorted(place.paper.path for place in row.places) for row in decisions] == [
        ["papers/may/minutes.md", "papers/minutes.md"]
    ] * 2
    one = Filters(("Fenmere Borough Council",), papers=(decisions[0].paper.id,))
    assert held.decisions(one) == decisions, "other papers that print them are shown, also if only one is asked for"
    assert len(held.decisions(merge=False)) == 6
    json = changed.decision_json(decisions[0])
    assert [place["file"] for place in json["places"]] == ["papers/may/minutes.md", "papers/minutes.md"]


NOTICE = (
    "# Fenmere Borough Council\n\nDecision recording form\n\n"
    "Decisions taken at the meeting of the Harbour Committee on Tuesday 5 March 2019\n\n"
    "(a) Subject: The weir (agenda item 7)\n\n(b) Decision taken\n\nThat the weir at Sallow be removed.\n\n"
    "(c) Reason for decision: As set out in the report.\n\n"
    "(a) Subject: Brass band (agenda item 8)\n\n(b) Decision taken\n\nThat £5,500 be granted to the brass band.\n\n"
    "(c) Reason for decision: As set out in the report.\n"
)


def test_what_a_notice_of_a_meetings_decisions_repeats_is_one_record_with_the_minutes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = archive(tmp_path, monkeypatch, minutes=MARCH, notice=NOTICE).decisions()
    assert [(row.decision.item, [place.paper.path for place in row.places]) for row in rows] == [
        ("42", ["papers/notice.md"]),
        ("43", ["papers/notice.md"]),
    ]


def test_minutes_with_another_figure_are_another_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = archive(tmp_path, monkeypatch, one=MARCH, two=MARCH.replace("5,500", "550"))
    texts = [row.decision.text for row in held.decisions() if row.decision.item == "43"]
    assert sorted(texts) == [
        "RESOLVED: That £5,500 be granted to the brass band.",
        "RESOLVED: That £550 be granted to the brass band.",
    ]


@pytest.mark.parametrize(
    "correction",
    [
        "subject to the following correction: in minute 43 for £5,500 read £550.",
        "subject to the grant to the brass band in minute 43 being shown as £550 and not £5,500.",
        "subject to the correction that £550, instead of £5,500, was granted to the band.",
    ],
)
def test_a_correction_of_minutes_changes_the_decision_that_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, correction: str
) -> None:
    approval = (
        f"## 44. MINUTES\n\nRESOLVED: That the minutes of the meeting of 5 March 2019 be confirmed, {correction}\n"
    )
    rows = by_item(archive(tmp_path, monkeypatch, one=MARCH, two=minutes("9 April 2019", approval)).decisions())
    assert (changes(rows["43"]), changes(rows["42"])) == ([("corrected", "44")], [])
    assert [change.decision.item for change in rows["44"].corrects] == ["43"]


def test_an_approval_with_an_amendment_corrects_nothing_by_its_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = minutes("5 March 2019", "## 42. MINUTES\n\nRESOLVED: That the minutes of 5 February 2019 be approved.\n")
    later = "## 44. MINUTES\n\nRESOLVED: That with this amendment the minutes of 5 March 2019 be approved.\n"
    rows = archive(tmp_path, monkeypatch, one=first, two=minutes("9 April 2019", later)).decisions()
    assert [changes(row) for row in rows] == [[], []]


def test_a_plain_approval_corrects_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    approval = "## 44. MINUTES\n\nRESOLVED: That the minutes of 5 March 2019 be approved as a correct record.\n"
    rows = archive(tmp_path, monkeypatch, one=MARCH, two=minutes("9 April 2019", approval)).decisions()
    assert [changes(row) for row in rows] == [[], [], []]


RESCISSIONS = {
    "by minute and date": "That minute 42 of 5 March 2019 be rescinded and that the weir stay.",
    "by minute alone": "That minute no. 42 be revoked.",
    "by date and matter": "That the decision of 5 March 2019 that the weir at Sallow be removed be rescinded.",
}


@pytest.mark.parametrize("style", RESCISSIONS)
def test_a_rescission_is_shown_first_with_the_decision_that_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    later = minutes("23 April 2019", f"## 47. SALLOW\n\nMembers spoke.\n\nRESOLVED: {RESCISSIONS[style]}\n")
    rows = by_item(archive(tmp_path, monkeypatch, one=MARCH, two=later).decisions())
    assert (changes(rows["42"]), changes(rows["43"])) == ([("rescinded", "47")], [])
    first = changed.notes(rows["42"])[0]
    assert first.startswith(f"Rescinded on 23 April 2019: “RESOLVED: {RESCISSIONS[style]}”")
    assert "SUPERSEDED (RESOLVED): THE WEIR" in answers.decisions(list(rows.values()))


def test_a_resolution_is_rescinded_by_the_number_in_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    adopted = minutes("2 April 2019", "## 45. FEES\n\nRESOLVED: To adopt Resolution No. 22-014 on fees.\n")
    later = minutes("23 April 2019", "## 47. FEES\n\nRESOLVED: That Resolution No. 22-014 be rescinded.\n")
    rows = by_item(archive(tmp_path, monkeypatch, one=MARCH, two=adopted, three=later).decisions())
    assert {item: changes(row) for item, row in rows.items()} == {
        "42": [],
        "43": [],
        "45": [("rescinded", "47")],
        "47": [],
    }


def test_money_that_is_set_aside_rescinds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = "## 47. DEFENCES\n\nRESOLVED: That £42 be set aside for flood defences.\n"
    rows = archive(tmp_path, monkeypatch, one=MARCH, two=minutes("23 April 2019", later)).decisions()
    assert [changes(row) for row in rows] == [[], [], []]


def test_passages_know_what_became_of_their_decision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = minutes("23 April 2019", f"## 47. SALLOW\n\nRESOLVED: {RESCISSIONS['by minute alone']}\n")
    held = archive(tmp_path, monkeypatch, one=MARCH, two=later)
    shelved = [one for paper in held.papers() for one in held.paper_passages(paper.id)]
    told = changed.of_passages(shelved, held.decisions)
    changed_how = {
        one.passage.text.splitlines()[-1][:40]: [later.how for later in told[one.id]]
        for one in shelved
        if told.get(one.id)
    }
    assert changed_how == {"RESOLVED: That the weir at Sallow be rem": ["rescinded"]}
    assert held.decisions(Filters(papers=("0" * 64,))) == []


def test_a_renamed_committee_rescinds_what_it_decided_under_its_earlier_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Members of the Quays Committee (formerly the Harbour Committee) spoke."
    later = minutes("23 April 2019", f"## 47. SALLOW\n\n{said}\n\nRESOLVED: That minute 42 be rescinded.\n")
    renamed = later.replace("meeting of the Harbour Committee", "meeting of the Quays Committee")
    rows = by_item(archive(tmp_path, monkeypatch, one=MARCH, two=renamed).decisions())
    assert (changes(rows["42"]), changes(rows["43"])) == ([("rescinded", "47")], [])
