"""Dates in every form that UK papers print, and what must not be taken for one."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.text import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tuesday 7 February 2017", date(2017, 2, 7)),
        ("30 January 2025", date(2025, 1, 30)),
        ("31 st July 2014", date(2014, 7, 31)),
        ("31st July, 2014", date(2014, 7, 31)),
        ("Thursday, 30th January, 2025, at 10.00 am", date(2025, 1, 30)),
        ("09.01.25", date(2025, 1, 9)),
        ("22/07/2014", date(2014, 7, 22)),
        ("3-4-2016", date(2016, 4, 3)),
        ("30th-Jan-2025", date(2025, 1, 30)),
        ("2017-02-07", date(2017, 2, 7)),
        ("on the 3rd day of December 1998", date(1998, 12, 3)),
        ("20 Sept '14", date(2014, 9, 20)),
        ("Monday, June 26, 2023", date(2023, 6, 26)),
        ("1 MAY 2014", date(2014, 5, 1)),
        ("12.11.85", date(1985, 11, 12)),
        ("Thursday, 5th Sept. 2019", date(2019, 9, 5)),
        ("the fifteenth day of March 1994", date(1994, 3, 15)),
        ("the 15th day of March, One thousand nine hundred and ninety four", date(1994, 3, 15)),
        ("Tuesday 5 March at 7.00 pm 2019", date(2019, 3, 5)),
        ("held on 5 and 6 March 2019", date(2019, 3, 5)),
        ("93 - 19 October 2016", date(2016, 10, 19)),
    ],
)
def test_every_uk_form_of_a_date_is_read(text: str, expected: object) -> None:
    assert dates.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "07/22/2014",  # American order
        "31 February 2014",
        "section 1.2.14",
        "2014/15",
        "clause 10.11.1234.5",
        "7 February",
        "May we note",
        "1.250.000",
        "30/01/20251",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates.parse(text) is None


def test_an_ambiguous_numeric_date_is_day_first() -> None:
    assert dates.parse("04/03/2025") == date(2025, 3, 4)


def test_all_dates_are_found_with_their_places() -> None:
    text = "held on 9 January 2025 and 30/01/2025"
    assert [(text[start:end], day) for start, end, day in dates.find(text)] == [
        ("9 January 2025", date(2025, 1, 9)),
        ("30/01/2025", date(2025, 1, 30)),
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("cabinet/2025-01-30/originals/report.pdf", date(2025, 1, 30)),
        ("cabinet/2025-01-30/originals/Appendix D 21.01.25.pdf", date(2025, 1, 30)),
        ("papers/quayside-harbour-board-2017-02-07.pdf", date(2017, 2, 7)),
        ("2019/Agenda frontsheet 30th-Jan-2025 10.00 Cabinet.pdf", date(2025, 1, 30)),
        ("minutes_20240513.pdf", date(2024, 5, 13)),
        ("2014 May/minutes.pdf", None),
        ("190305 Minutes.pdf", date(2019, 3, 5)),
        ("2019 03 05 ENV MINS.pdf", date(2019, 3, 5)),
        ("Minutes 05-03-19.pdf", date(2019, 3, 5)),
        ("190305.pdf", None),
    ],
)
def test_a_path_is_filed_under_its_date_folder_or_its_name(path: str, expected: object) -> None:
    assert dates.in_path(path) == expected


def test_days_without_a_year_are_found_apart_from_those_with_one() -> None:
    text = "on 7 February, 3rd of Sept. and 5 March 2019"
    assert dates.yearless(text) == ((7, 2), (3, 9))
    assert dates.forms("on 31 February 2014") == ((3, 19, None),)
    assert dates.of(2014, 31, 2) is None
    assert dates.written(date(2017, 2, 7)) == "7 February 2017"
