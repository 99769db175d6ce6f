"""A view is an address: what is mailed opens the same view."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.records import Facets, Filters
from search.bounds import BOUNDS
from search.question.follow_up import PARTS
from search.views import address
from search.views.address import Asked

FACETS = Facets({"Ashshire Council": 9}, {"Cabinet": 5, "Health and Wellbeing Board": 4}, {"minute": 9}, {2017: 9})
days = st.none() | st.dates(address.EARLIEST, address.LATEST)
names = st.lists(st.text(min_size=1, max_size=8), max_size=3, unique=True).map(tuple)
kinds = st.sets(st.sampled_from(address.KINDS)).map(lambda some: tuple(k for k in address.KINDS if k in some))
sheets = st.none() | st.integers(1, 999)
parts = st.sets(st.sampled_from(PARTS)).map(lambda some: tuple(part for part in PARTS if part in some))
before = st.lists(st.text(min_size=1, max_size=20).map(str.strip).filter(bool), max_size=2).map(tuple)
views = st.builds(
    Asked,
    st.text(max_size=40).map(str.strip),
    names,
    names,
    kinds,
    days,
    days,
    st.integers(1, 99),
    sheets,
    after=before,
    without=parts,
)


def lists(params: dict[str, str | list[str]]) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else value for name, value in params.items()}


@settings(max_examples=60, deadline=None)
@given(views)
def test_every_view_survives_its_address(asked: Asked) -> None:
    assert address.from_params(lists(address.to_params(asked))) == asked


def test_a_view_at_its_defaults_has_a_clean_address() -> None:
    assert address.to_params(Asked("beds")) == {"q": "beds"}


def test_filters_are_read_for_the_engine() -> None:
    asked = address.from_params(
        {"q": ["beds"], "board": ["Cabinet"], "kind": ["minute"], "from": ["2017-01-01"], "to": ["2017-12-31"]}
    )
    assert asked.filters == Filters((), ("Cabinet",), ("minute",), date(2017, 1, 1), date(2017, 12, 31))


def test_nonsense_in_an_address_is_taken_as_not_given() -> None:
    params = {"q": ["x" * 9_999], "from": ["yesterday"], "to": ["0001-01-01"], "passage": ["-1"], "sheet": ["²"]}
    asked = address.from_params(params | {"kind": ["poem"]})
    assert asked == Asked("x" * BOUNDS.address_characters)


def test_an_unknown_board_and_a_date_that_is_none_are_named() -> None:
    params = {"q": ["beds"], "board": ["Cabinett"], "kind": ["poem"], "from": ["31/12/2017"]}
    assert address.complaints(address.from_params(params), params, FACETS) == [
        "There is no board called “Cabinett” in this archive, so nothing matches it. Choose one from the list.",
        "“poem” is not a kind of passage and was left out. Kinds are: " + ", ".join(address.KINDS) + ".",
        "“31/12/2017” is not a date and was left out. Write dates in the address as 2017-02-07.",
    ]


def test_dates_the_wrong_way_round_are_named() -> None:
    asked = Asked("beds", date_from=date(2018, 1, 1), date_to=date(2017, 1, 1))
    assert address.complaints(asked, {}, FACETS) == [
        "The first date is after the last one, so nothing can match. Swap them."
    ]


def test_a_good_address_has_nothing_to_complain_of() -> None:
    params = {"q": ["beds"], "board": ["Cabinet"], "authority": ["Ashshire Council"], "to": ["2017-12-31"]}
    assert address.complaints(address.from_params(params), params, FACETS) == []
