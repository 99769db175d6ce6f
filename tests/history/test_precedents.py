"""Precedents: the draft's matter and not its form; each report once, with what was asked and what was resolved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import BadArguments
from indexer.records import Filters, Reading
from search import __main__ as command
from search.engine import Engine
from search.history.draft import chunks_of
from search.history.precedents import Precedent, similar
from search.settings import HISTORY
from tests.makers.matters_maker import appended, archive, meeting, minutes, report, strategy

JULY = meeting("2024-07-09")
SCRUTINY = meeting("2024-06-20", "Scrutiny Committee")
PURPOSE = "To agree new ferry fares across the Teazel estuary from next April."
FERRY = report("ferry.pdf", "Ferry fares", JULY, purpose=PURPOSE, asked="That ferry fares rise by five per cent.")
BINS = report(
    "bins.pdf", "Household waste", JULY, purpose="To change how often rubbish sacks are collected.", asked="Go."
)
DECIDED = minutes("minutes.pdf", JULY, [("61", "Ferry fares", "RESOLVED that ferry fares stay.")])
DRAFT = "We propose new ferry fares across the Teazel estuary from April."


def ask(folder: Path, draft: str, *readings: Reading, filters: Filters | None = None) -> list[Precedent]:
    library, encoder = archive(folder / "archive", *readings)
    return similar(library, encoder, chunks_of(draft), filters or Filters())


def test_a_paragraph_finds_the_report_with_purpose_recommendation_and_resolution(tmp_path: Path) -> None:
    (precedent,) = ask(tmp_path, DRAFT, FERRY, BINS, DECIDED)
    assert precedent.matter.heading == "Ferry fares"
    assert [(quote.text, quote.page) for quote in precedent.purpose] == [(PURPOSE, 1)]
    assert [one.decision.text for one in precedent.recommendations] == ["That ferry fares rise by five per cent."]
    assert [one.decision.text for one in precedent.resolved] == ["RESOLVED that ferry fares stay."]
    assert precedent.reference == "Cabinet (Ashshire County Council), 9 July 2024, Ferry fares, p. 1"


def test_what_is_on_no_matter_of_the_archive_finds_nothing(tmp_path: Path) -> None:
    assert ask(tmp_path, "Medieval tea ceremonies of Japan, a history in twelve volumes.", FERRY, BINS, DECIDED) == []


def test_a_report_named_like_the_draft_may_be_further_off_than_one_that_only_uses_its_words(tmp_path: Path) -> None:
    draft = "Would visitors prefer concerts next year, or would they prefer ferry fares?"
    band = report("band.pdf", "The bandstand", JULY, purpose="May visitors prefer concerts next year?", asked="Go.")
    boat = report("boat.pdf", "Ferry fares", JULY, purpose="What passengers on our boats across it pay.", asked="Go.")
    assert [one.matter.heading for one in ask(tmp_path, draft, boat, band, BINS)] == ["Ferry fares"]


def test_the_same_report_at_two_boards_shows_once_with_both_places_and_both_resolutions(tmp_path: Path) -> None:
    again = report("scrutiny.pdf", "Ferry Fares report", SCRUTINY, purpose=PURPOSE, asked="That members comment on it.")
    heard = minutes("s.pdf", SCRUTINY, [("9", "Ferry fares", "RESOLVED that Cabinet be told of our doubts.")])
    (precedent,) = ask(tmp_path, DRAFT, FERRY, again, BINS, DECIDED, heard)
    boards = {one.matter.board for one in (precedent, *precedent.also_in)}
    assert boards == {"Cabinet", "Scrutiny Committee"}
    assert {one.decision.text for one in precedent.resolved} == {
        "RESOLVED that ferry fares stay.",
        "RESOLVED that Cabinet be told of our doubts.",
    }


def test_next_year_s_report_of_the_same_name_is_another_report(tmp_path: Path) -> None:
    later = report(
        "later.pdf",
        "Ferry fares",
        meeting("2025-07-08"),
        purpose="To abolish ferry fares across the Teazel estuary for pupils from April.",
        asked="That pupils travel free.",
    )
    precedents = ask(tmp_path, DRAFT, FERRY, later, DECIDED)
    assert [(one.matter.paper.path, one.also_in) for one in precedents] == [("ferry.pdf", ()), ("later.pdf", ())]
    assert [len(one.resolved) for one in precedents] == [1, 0]


RESCUE = "Each ferry on the Teazel estuary carries a rescue boat and a crew of two who are trained for it."


def test_a_strategy_without_a_report_is_found_as_a_whole_with_its_words(tmp_path: Path) -> None:
    plan = strategy("plan.pdf", SCRUTINY, ("Ferry strategy", "Ferries matter here."), ("Rescue", RESCUE))
    (precedent,) = ask(tmp_path, "The ferry on the estuary shall carry a rescue boat and trained crew.", plan, BINS)
    assert precedent.matter.heading == "Ferry strategy"
    assert [(quote.text, quote.page) for quote in precedent.wording] == [(f"Rescue\n{RESCUE}", 1)]
    reference = "Scrutiny Committee (Ashshire County Council), 20 June 2024, Ferry strategy, p. 1"
    assert precedent.wording[0].reference == reference
    assert precedent.recommendations == precedent.resolved == ()


def test_an_appendix_is_a_precedent_of_its_own(tmp_path: Path) -> None:
    paper = appended("harbour.pdf", "The harbour", JULY, ("Appendix 1: Ferry rescue rules", RESCUE))
    (precedent,) = ask(
        tmp_path, "Ferry rescue rules for crew on the estuary and the rescue boat they carry.", paper, BINS
    )
    assert precedent.matter.heading == "Appendix 1: Ferry rescue rules"


def test_filters_apply(tmp_path: Path) -> None:
    assert ask(tmp_path, DRAFT, FERRY, BINS, filters=Filters(boards=("Scrutiny Committee",))) == []


def test_a_report_without_a_headed_purpose_is_quoted_where_it_says_what_it_is_for(tmp_path: Path) -> None:
    body = "Ferries sail.\nThis report sets out new ferry fares across the Teazel estuary from April."
    (precedent,) = ask(tmp_path, DRAFT, report("f.pdf", "Ferry fares", JULY, body=body, asked="That fares rise."))
    assert [quote.text for quote in precedent.purpose] == [
        "This report sets out new ferry fares across the Teazel estuary from April."
    ]


def test_a_draft_is_looked_for_by_what_it_is_on_and_not_by_its_form(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    standard = "Classification\nOpen to the press and public as all reports of this council should ever be in future.\n"
    purpose = "\n".join(f"{number} Ferry fares across the estuary have stood still." for number in range(1, 9))
    draft.write_text(
        f"{standard}\nPurpose\n\n{purpose}\n\nRecommendation\n\nThat fares rise by five per cent.\n\n"
        "Legal implications\n\nThere are none that the solicitor to the council would draw attention to here.\n",
        encoding="utf-8",
    )
    looked_for = " ".join(chunks_of(str(draft)))
    assert "stood still" in looked_for
    assert "That fares rise by five per cent." in looked_for
    assert "solicitor" not in looked_for
    assert "press and public" not in looked_for


def test_a_long_draft_gives_a_handful_of_chunks() -> None:
    paragraph = "The ferry crosses the estuary on every day of the year but one, and nobody knows why. " * 40
    assert len(chunks_of("\n".join(f"{number}. {paragraph}" for number in range(9)))) == HISTORY.chunks


@pytest.mark.parametrize(
    ("draft", "said"),
    [("", "no words"), (" \n–\n", "no words"), ("missing.pdf", "No file missing.pdf"), ("word " * 200_001, "at most")],
)
def test_an_unusable_draft_is_refused_in_one_line(draft: str, said: str) -> None:
    with pytest.raises(BadArguments, match=said) as refused:
        chunks_of(draft)
    assert "\n" not in str(refused.value)


def test_an_unreadable_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    picture = tmp_path / "draft.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    with pytest.raises(BadArguments, match="a picture"):
        chunks_of(str(picture))


def test_the_command_prints_json_and_text_and_stores_nothing(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, encoder = archive(tmp_path / "archive", FERRY, BINS, DECIDED)
    monkeypatch.setattr(Engine, "open", lambda _: Engine(library, encoder))
    before = library.newest()
    assert command.main(["similar", DRAFT, "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert (result["rank"], result["title"], result["board"], result["meeting_date"], result["page"]) == (
        1, "Ferry fares", "Cabinet", "2024-07-09", 1,
    )  # fmt: skip
    assert [quote["text"] for quote in result["purpose"]] == [PURPOSE]
    assert [one["text"] for one in result["resolved"]] == ["RESOLVED that ferry fares stay."]
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    assert command.main(["similar", str(draft)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("1. Cabinet (Ashshire County Council), 9 July 2024, Ferry fares, p. 1\n")
    assert max(map(len, printed.splitlines())) <= 80
    assert library.newest() == before
    assert command.main(["similar", ""]) == 2
