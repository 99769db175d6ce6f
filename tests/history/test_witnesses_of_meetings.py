"""Two minutes of one meeting, and the decisions that only one of them has."""

from __future__ import annotations

from pathlib import Path

from search.history.witnesses import disagreements
from search.views.render import browse
from tests.makers.matters_maker import archive, meeting, minutes, report

APRIL, MAY = meeting("2014-04-22"), meeting("2014-05-22")
FARES = ("46", "Ferry fares", "RESOLVED that ferry fares rise by five per cent from July.")
LAMPS = ("47", "Harbour lights", "RESOLVED that the lamps on the north pier are mended this year.")
WALL = ("48", "Quay wall", "RESOLVED that <b>the quay wall</b> is surveyed before the winter.")


def test_a_decision_that_only_one_minutes_of_a_meeting_has_is_told_with_the_one_that_lacks_it(tmp_path: Path) -> None:
    library, _ = archive(
        tmp_path / "archive",
        minutes("printed.pdf", APRIL, [FARES, LAMPS]),
        minutes("by-item.html", APRIL, [FARES, LAMPS, WALL]),
    )
    (one,) = disagreements(library.decisions(merge=False))
    assert (one.decision.decision.item, one.decision.paper.path, one.missing_in.path) == (
        "48",
        "by-item.html",
        "printed.pdf",
    )
    shown = browse.disagreements_html([one])
    assert "<b>" not in shown
    assert shown.count("<a href=") == 2


def test_minutes_that_say_the_same_with_other_signs_agree(tmp_path: Path) -> None:
    number, title, text = FARES
    library, _ = archive(
        tmp_path / "archive",
        minutes("printed.pdf", APRIL, [FARES, LAMPS]),
        minutes("by-item.html", APRIL, [(number, title, text.upper().replace("-", " ")), LAMPS]),
    )
    assert disagreements(library.decisions(merge=False)) == ()


def test_other_meetings_recommendations_and_extracts_are_no_witnesses(tmp_path: Path) -> None:
    library, _ = archive(
        tmp_path / "archive",
        minutes("april.pdf", APRIL, [FARES, LAMPS, WALL]),
        minutes("may.pdf", MAY, [FARES]),
        minutes("extract.pdf", APRIL, [FARES]),
        report("report.pdf", "Ferry fares", APRIL, asked="That ferry fares fall."),
    )
    assert disagreements(library.decisions(merge=False)) == ()
