"""Neighbouring passages of one section: what one says counts for the other, and both found are one hit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.archive import TokenCodes
from indexer.records import RULINGS, StoredPassage, cut
from search.bounds import BOUNDS
from search.engine import Engine
from search.ranking.neighbours import joined
from search.ranking.rerank import Ranked
from search.results import Answered
from search.settings import DEFAULT, Settings
from search.views.render.markup import paragraphs
from tests.makers.library_maker import MemoryLibrary

STEM = "Members agreed what the Millrace ferry needs before the winter timetable begins:"
LIST = "a) a second mooring rope; b) lamps on the ferry ramp; c) a shelter for those who wait."
NEXT = "The harbour master will report on the Millrace ferry in spring."


def ask(library: MemoryLibrary, question: str, settings: Settings = DEFAULT) -> Answered:
    return Engine(library, library.encoder, settings).ask(question)


def far(library: MemoryLibrary) -> None:
    for n in range(12):
        library.add(f"The statue number {n} at Northby was cleaned.", file="other.pdf")


def test_a_list_and_its_stem_that_are_both_found_are_one_hit_of_which_the_better_part_is_the_core() -> None:
    library = MemoryLibrary()
    library.add(STEM, section=1, page=4)
    library.add(LIST, section=1, page=5)
    far(library)
    first = ask(library, "What lamps and shelter does the Millrace ferry ramp need?").hits[0]
    begin, end = first.reach
    assert first.text == f"{STEM}\n{LIST}"
    assert first.text[begin:end] == LIST
    assert (first.page, first.pages, [span.page for span in first.cited]) == (5, (4, 5), [5])
    assert first.reference.endswith("p. 7 (sheet 5)")


def test_the_words_that_matched_are_marked_in_core_and_context_and_lines_of_context_are_quiet() -> None:
    library = MemoryLibrary()
    library.add(STEM, section=1)
    library.add(LIST, section=1)
    far(library)
    first = ask(library, "What lamps and shelter does the Millrace ferry ramp need?").hits[0]
    assert [first.text[start:end] for start, end in first.matched] == [
        "Millrace", "ferry", "needs", "lamps", "ferry", "ramp", "shelter",
    ]  # fmt: skip
    shown = paragraphs(first.text, core=first.core)
    assert '<p class="context">Members agreed' in shown
    assert "<p>a) a second" in shown


def test_neighbours_of_other_sections_and_what_was_not_found_stay_apart() -> None:
    library = MemoryLibrary()
    library.add(STEM, section=1)
    library.add(LIST, section=2)
    far(library)
    found = ask(library, "What lamps and shelter does the Millrace ferry ramp need?")
    assert {STEM, LIST} <= {hit.text for hit in found.hits}
    none = ask(library, "What lamps and shelter does the Millrace ferry ramp need?", replace(DEFAULT, joined=0))
    assert all(hit.core is None for hit in none.hits)


def test_a_resolution_that_matches_best_is_a_hit_by_itself_whatever_is_beside_it() -> None:
    library = MemoryLibrary()
    library.add(STEM, section=1, kind="minute")
    ruling = library.add("RESOLVED that the Millrace ferry be given lamps.", section=1, kind="resolution")
    library.add(NEXT, section=1, kind="minute")
    far(library)
    found = ask(library, "What was resolved on the Millrace ferry and its lamps?")
    hit = next(hit for hit in found.hits if hit.stored.id == ruling.id)
    assert (hit.text, hit.core) == (ruling.passage.text, None)
    assert found.answer[0].text == ruling.passage.text


def test_what_stands_between_two_passages_found_before_joins_them_all() -> None:
    library = MemoryLibrary()
    for text in (STEM, LIST, NEXT):
        library.add(text, section=1)
    far(library)
    # The middle one matches least of the three.
    found = ask(
        library, "What will the harbour master report before the winter timetable of the Millrace ferry begins?"
    )
    assert [hit.text for hit in found.hits if "ferry" in hit.text] == [f"{STEM}\n{LIST}\n{NEXT}"]


def test_a_passage_whose_version_in_another_paper_has_the_neighbour_joins_there() -> None:
    library = MemoryLibrary()
    library.add(STEM, section=1, file="pack.pdf")
    library.add(LIST, section=1, file="pack.pdf")
    library.add("A statue.", file="report.pdf")
    library.add(STEM, section=5, file="report.pdf")
    library.add(LIST, section=5, file="report.pdf")
    far(library)
    found = ask(library, "What lamps and shelter does the Millrace ferry ramp need?")
    ferry = [hit for hit in found.hits if "ferry" in hit.text]
    assert [hit.text for hit in ferry] == [f"{STEM}\n{LIST}"]
    assert {ferry[0].stored.paper.path, *(place.paper.path for place in ferry[0].also_in)} == {"pack.pdf", "report.pdf"}


def test_a_word_that_only_the_passage_beside_it_says_counts_for_less() -> None:
    question = "Is there a shelter at the Millrace ferry?"

    def match(settings: Settings, texts: Sequence[str]) -> float:
        library = MemoryLibrary()
        for text in texts:
            library.add(text, section=1)
        far(library)
        found = ask(library, question, replace(settings, joined=0))
        return next(hit.score for hit in found.hits if hit.text.startswith("A shelter"))

    texts = ("Members spoke of the Millrace ferry.", "A shelter is there.")
    whole = ("A shelter is there at the Millrace ferry.",)
    off, on = match(replace(DEFAULT, beside=0.0), texts), match(DEFAULT, texts)
    assert off < on < match(DEFAULT, whole)
    between = (texts[0], "The weather was fair.", texts[1])
    assert match(replace(DEFAULT, section=0.0), between) < match(DEFAULT, between) < on  # further away, it counts less


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ferry", "ferry lamps", "ferry ramp lamps shelter", "statue"]),
            st.sampled_from(["report", "minute", "resolution", "table"]),
            st.integers(1, 180),
            st.integers(1, 3),
        ),
        min_size=1,
        max_size=14,
    )
)
def test_hits_never_overlap_and_each_is_cut_from_its_pages_within_the_words_of_a_hit(
    made: list[tuple[str, str, int, int]],
) -> None:
    library = MemoryLibrary()
    for n, (words, kind, size, section) in enumerate(made):
        text = f"{words} {n} " + " ".join(["filler"] * size)
        library.add(text, kind=kind, section=section, page=1 + n // 3)  # type: ignore[arg-type]
    engine = Engine(library, library.encoder)
    found = engine.ask("What lamps and shelter does the ferry ramp need?")
    taken: list[tuple[int, int]] = []
    for hit in found.hits:
        pages = {page: text for (_, page), text in library.texts.items()}
        assert hit.stored.passage.text == cut(pages, hit.stored.passage.spans)
        assert len(hit.stored.passage.text.split()) <= BOUNDS.hit_words
        assert hit.core is None or not {hit.stored.passage.kind} & RULINGS
        taken += [(span.page, at) for span in hit.stored.passage.spans for at in range(span.start, span.end)]
    assert len(taken) == len(set(taken))
    assert all(
        one.text in library.texts[found.hits[one.hit - 1].stored.paper.id, one.page or 0] for one in found.answer
    )


@pytest.mark.parametrize("kind", ["report", "table"])
def test_of_a_joined_hit_a_sentence_of_either_part_is_quoted_with_its_own_page(kind: str) -> None:
    library = MemoryLibrary()
    held: list[StoredPassage] = [
        library.add("The Millrace ferry costs £12,000 a year to run in winter.", section=1, page=2, kind=kind),  # type: ignore[arg-type]
        library.add("The Millrace ferry carries 300 people a day in winter.", section=1, page=3),
    ]
    far(library)
    found = ask(library, "How many people does the Millrace ferry carry a day in winter?")
    assert found.hits[0].text == "\n".join(one.passage.text for one in held)
    assert (found.answer[0].text, found.answer[0].page) == (held[1].passage.text, 3)


def test_a_small_table_is_one_hit_with_its_header_whichever_of_its_rows_was_found_and_a_large_one_is_not() -> None:
    library = MemoryLibrary()
    header = "Pier\tWarden"
    rows = [
        f"{name}\t{warden}" for name, warden in (("Northby", "Orla Finch"), ("Quern", "Ivo Marsh"), ("Sedge", "Una"))
    ]
    library.add("mooring " * 249, section=1)
    library.add(f"{header}\n{rows[0]}", section=1, kind="table")
    for row in rows[1:]:
        library.add(row, section=1, kind="table")
    large = [library.add(f"Weir {n}\t{' '.join(['sluice'] * 120)}", section=2, kind="table") for n in range(3)]
    far(library)
    hits = ask(library, "Ivo Marsh of Quern", replace(DEFAULT, candidates=1)).hits
    assert (hits[0].text, hits[0].text[slice(*hits[0].reach)]) == ("\n".join([header, *rows]), rows[1])
    assert [hit.text for hit in ask(library, "Weir 2", replace(DEFAULT, candidates=1)).hits] == [large[2].passage.text]


def test_what_was_said_takes_the_ruling_after_it_along_though_that_was_not_found() -> None:
    library = MemoryLibrary()
    said = library.add("The clerk said that the ferry lamps fail in frost.", section=1, kind="minute")
    ruling = library.add("RESOLVED that the harbour be written to.", section=1, kind="resolution")
    far(library)
    hit = ask(library, "Why do the ferry lamps fail in frost?", replace(DEFAULT, candidates=1)).hits[0]
    assert (hit.text, hit.core, hit.stored.passage.kind) == (
        f"{said.passage.text}\n{ruling.passage.text}", (0, len(said.passage.text)), "minute",
    )  # fmt: skip


def test_a_part_that_another_paper_prints_too_is_no_second_hit() -> None:
    library = MemoryLibrary()
    pack = [library.add(text, section=1, file="pack.pdf") for text in (STEM, LIST)]
    library.add("A statue.", file="report.pdf")
    report = [library.add(text, section=5, file="report.pdf") for text in (STEM, LIST)]
    stem, rest, other = (
        Ranked(
            one,
            1.0,
            1.0,
            1.0,
            TokenCodes(np.empty((0, 1), np.uint8), (), np.empty(0, np.float32)),
            np.empty((0, 0), np.float32),
        )
        for one in (*pack, report[1])
    )
    hits = joined([(stem, []), (other, [])], 2, {stem.stored.id: [rest]})
    assert [(one.stored.passage.text, versions) for one, versions in hits] == [(f"{STEM}\n{LIST}", [other])]
