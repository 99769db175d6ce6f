"""Where sentences begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Chair spoke. Members left.", ["The Chair spoke.", "Members left."]),
        (
            "Cllr. Smith and Mr. Jones agreed. Dr. Poe did not.",
            ["Cllr. Smith and Mr. Jones agreed.", "Dr. Poe did not."],
        ),
        ("Mr. R. W. Gold spoke at St. Peter's. It rained.", ["Mr. R. W. Gold spoke at St. Peter's.", "It rained."]),
        ("It met at 10.00 a.m. Monday was free.", ["It met at 10.00 a.m. Monday was free."]),
        ("It ended at 4.06 p.m. The Chair left.", ["It ended at 4.06 p.m.", "The Chair left."]),
        (
            "(a) It cost £5. (b) The rest (see below) was paid.",
            ["(a) It cost £5.", "(b) The rest (see below) was paid."],
        ),
        ("It cost £1.5m. The rest, e.g. fares, paid.", ["It cost £1.5m.", "The rest, e.g. fares, paid."]),
        ("See No. 5 and para. 12. Then go.", ["See No. 5 and para. 12.", "Then go."]),
        ("From Sept. 2014 to Dec. 2015. Then go.", ["From Sept. 2014 to Dec. 2015.", "Then go."]),
        ("At 7 p.m. Monday 3 Oct. 2016 it met. It ended.", ["At 7 p.m. Monday 3 Oct. 2016 it met.", "It ended."]),
        (
            "On Tues. 3 March it met at Gt. Yarmouth. See Vol. II. Done.",
            ["On Tues. 3 March it met at Gt. Yarmouth.", "See Vol. II.", "Done."],
        ),
        ("It met on Tuesday. 3 members left.", ["It met on Tuesday.", "3 members left."]),
        ("Was it? Yes! It was (see above.) Good.", ["Was it?", "Yes!", "It was (see above.)", "Good."]),
        ("He said “Go.” She went.", ["He said “Go.”", "She went."]),
        ("As in Appendix A. The plan follows.", ["As in Appendix A.", "The plan follows."]),
        ("Our web page.1 Further details follow.", ["Our web page.1", "Further details follow."]),
        ("Introduction..... 3", ["Introduction..... 3"]),
        ("1. The Board met. It agreed.", ["1. The Board met.", "It agreed."]),
        ("a. Approve it. Then pay.", ["a. Approve it.", "Then pay."]),
        ("a) note the plan; b) pay.", ["a) note the plan; b) pay."]),
        ("such as: • One thing • Two things", ["such as:", "• One thing", "• Two things"]),
        ("Rents\t1.5\tUp. Down.", ["Rents\t1.5\tUp. Down."]),
        ("RESOLVED\nThat the quay be built", ["RESOLVED", "That the quay be built"]),
        ("  \n\n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: object) -> None:
    assert cut(text) == expected


@given(st.text(alphabet="aB1 .!?()\n\t•£’", max_size=200))
def test_no_character_is_lost_and_none_is_in_two_sentences(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


def test_no_sentence_crosses_a_line_break() -> None:
    text = "The quay was\nbuilt. It\tstands.\nGood."
    assert all("\n" not in text[start:end] for start, end in sentences(text))
