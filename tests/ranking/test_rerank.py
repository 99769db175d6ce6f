"""Late interaction, preferences, marks and the token cache, against small numbers by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.archive import TokenCodes, codebook, pack
from indexer.records import Meeting, PassageKind, StoredPassage
from search.ablation import fused
from search.memory import Memory
from search.question.query import Query, parse
from search.ranking.deduplicate import distinct, spread
from search.ranking.features import preferred
from search.ranking.form_vectors import Forms
from search.ranking.passage_tokens import TokenCache, similarities
from search.ranking.query_tokens import QueryTokens, query_tokens
from search.ranking.rerank import Ranked, marks, rerank
from search.ranking.retrieve import Candidate
from search.settings import DEFAULT, Settings
from tests.makers.library_maker import MemoryLibrary, WordEncoder

# Only the late interaction, so that scores can be worked out by hand.
BARE = replace(DEFAULT, whole=0.0, length=0.0, kind=0.0, meeting=0.0, exact=0.0)


def caching(library: MemoryLibrary) -> TokenCache:
    return TokenCache(Memory(library), library.encoder, 10**6)


def in_tokens(library: MemoryLibrary, query: Query) -> QueryTokens:
    forms = Forms(Memory(library), library.encoder)
    return query_tokens(forms.embed(query.text), library, query, forms)


def ranked(library: MemoryLibrary, question: str, settings: Settings = BARE) -> list[Ranked]:
    query = parse(question, boards=["Cabinet", "Council"], authorities=["Ashshire County Council"])
    asked = in_tokens(library, query)
    candidates = [Candidate(id) for id in library.stored]
    return rerank(query, asked, candidates, library, caching(library), settings)


def test_a_passage_with_every_word_of_the_question_matches_fully() -> None:
    library = MemoryLibrary()
    whole = library.add("Repair of the footbridge at Applebury")
    library.add("Cleaning of the statue at Northby")
    best, other = ranked(library, "footbridge repair Applebury")
    assert best.stored.id == whole.id
    assert best.match == pytest.approx(1.0, abs=0.02)
    assert other.match < 0.6


def test_a_rare_word_weighs_more_than_common_ones() -> None:
    library = MemoryLibrary()
    for n in range(20):
        library.add(f"The annual report number {n}")
    library.add("culvert")
    query = parse("annual report culvert")
    asked = in_tokens(library, query)
    assert asked.weights.sum() == pytest.approx(1.0)
    assert asked.weights[2] > 3 * asked.weights[0]


def test_words_of_the_heading_count_but_are_not_marked() -> None:
    library = MemoryLibrary()
    library.add("It was closed in the spring.", title="Applebury footbridge")
    found = ranked(library, "footbridge closed")[0]
    query = parse("footbridge closed")
    text = found.stored.passage.text
    spans = marks(found, in_tokens(library, query), 0.6)
    assert found.match == pytest.approx(1.0, abs=0.02)
    assert [text[start:end] for start, end in spans] == ["closed"]


def test_the_long_form_of_an_acronym_matches_like_the_acronym() -> None:
    library = MemoryLibrary()
    long = library.add("The delayed transfers of care fell sharply")
    library.add("The number of statues fell sharply")
    query = parse("why did DTOC fall", [("DTOC", "delayed transfers of care", 1)])
    asked = in_tokens(library, query)
    cache = caching(library)
    best, other = rerank(query, asked, [Candidate(id) for id in library.stored], library, cache, BARE)
    assert best.stored.id == long.id
    assert best.match > other.match + 0.2
    text = best.stored.passage.text
    assert [text[start:end] for start, end in marks(best, asked, 0.6)] == ["delayed", "transfers", "care"]


def test_another_form_is_embedded_once_however_often_it_is_asked_for() -> None:
    library = MemoryLibrary()
    library.add("The delayed transfers of care fell sharply")
    query = parse("why did DTOC fall", [("DTOC", "delayed transfers of care", 1)])
    forms = Forms(Memory(library), library.encoder)
    first, second = (query_tokens(forms.embed(query.text), library, query, forms) for _ in range(2))
    assert sorted(library.encoder.encoded) == ["delayed transfers of care", "why did DTOC fall", "why did DTOC fall"]
    assert np.array_equal(first.vectors, second.vectors)
    library.generation += 1
    forms.tokens(["delayed transfers of care"])
    assert library.encoder.encoded[-1] == "delayed transfers of care"


def test_of_two_passages_that_match_alike_the_shorter_comes_first() -> None:
    library = MemoryLibrary()
    long = library.add("The footbridge at Applebury " + " ".join(f"word{n}" for n in range(200)))
    short = library.add("The footbridge at Applebury, in brief")
    found = ranked(library, "footbridge Applebury", replace(BARE, length=0.02))
    assert [one.stored.id for one in found] == [short.id, long.id]
    assert found[0].match == pytest.approx(found[1].match, abs=0.02)


def test_the_whole_of_a_short_paper_counts_for_more_than_a_part_of_a_pack() -> None:
    library = MemoryLibrary()
    parts = [library.add("The footbridge at Applebury", file="pack.pdf") for _ in range(25)]
    alone = library.add("The footbridge at Applebury", file="alone.pdf")
    query = parse("footbridge Applebury")
    asked = in_tokens(library, query)
    candidates = [Candidate(one.id, whole=0.1) for one in (parts[0], alone)]
    cache = caching(library)
    best, other = rerank(query, asked, candidates, library, cache, replace(BARE, whole=1.0))
    assert best.stored.id == alone.id
    assert best.score - other.score == pytest.approx(0.1 - 0.1 / 5, abs=1e-3)


def _bonus(query: Query, stored: StoredPassage) -> float:
    return preferred(query, [stored], [0.0], DEFAULT)[0]


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("what was decided about it", "resolution", "report"),
        ("what was the board recommended to do", "recommendation", "report"),
        ("how many were there", "table", "agenda"),
    ],
)
def test_the_kind_that_the_question_wants_is_preferred(question: str, better: PassageKind, worse: PassageKind) -> None:
    library = MemoryLibrary()
    query = parse(question)
    liked, other = library.add("Words", kind=better), library.add("Words", kind=worse)
    assert _bonus(query, liked) > _bonus(query, other)


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=12))
def test_of_those_that_come_first_it_is_known_what_each_says(given_: list[tuple[int, bool]]) -> None:
    library = MemoryLibrary()
    stored = [library.add("Nine came." if says else "They came.", kind="report") for _, says in given_]
    scores = [score / 100 for score, _ in given_]
    query = parse("how many came")
    few, every = (preferred(query, stored, scores, replace(DEFAULT, typed=most)) for most in (3, 12))
    assert sorted(few)[-3:] == sorted(every)[-3:]
    assert all(one <= other for one, other in zip(few, every, strict=True))


def test_asked_why_a_passage_that_gives_a_cause_is_preferred() -> None:
    library = MemoryLibrary()
    why, fact = parse("Why was the ferry late?"), parse("Was the ferry late?")
    cause, plain = library.add("The ferry was late due to fog."), library.add("The ferry was late; fog is feared.")
    assert _bonus(why, cause) > _bonus(why, plain) == 0.0
    assert _bonus(fact, cause) == 0.0


def test_a_meeting_that_the_question_names_is_preferred() -> None:
    library = MemoryLibrary()
    query = parse("what happened at Cabinet in May 2024", boards=["Cabinet", "Council"])
    named = library.add("Words")
    other = library.add("Words", file="b.pdf", meeting=Meeting("Ashshire County Council", "Council", date(2023, 5, 1)))
    assert _bonus(query, named) == pytest.approx(2 * DEFAULT.meeting)
    assert _bonus(query, other) == 0.0


def test_a_quoted_phrase_comes_first_however_poor_the_rest() -> None:
    library = MemoryLibrary()
    library.add("strategy delivery plan adoption, decision on the strategy delivery plan")
    exact = library.add("See 24/00115.")
    assert ranked(library, "adoption of strategy delivery plan 24/00115", DEFAULT)[0].stored.id == exact.id


def test_the_same_text_in_two_papers_is_one_hit_with_both_places() -> None:
    library = MemoryLibrary()
    library.add("The footbridge will be repaired by May.", file="a.pdf")
    library.add("The  footbridge will be repaired by MAY.", file="b.pdf")
    library.add("The statue will be cleaned.", file="b.pdf")
    kept = distinct(ranked(library, "footbridge repaired"), 10, DEFAULT, caching(library))
    texts = [
        [one.stored.passage.text.lower(), *(twin.stored.paper.path for twin in versions)] for one, versions in kept
    ]
    assert len(texts) == 2
    assert texts[0][1:] in (["a.pdf"], ["b.pdf"])
    assert texts[1] == ["the statue will be cleaned."]


def test_texts_that_differ_in_a_figure_are_hits_of_their_own() -> None:
    library = MemoryLibrary()
    row = "Total spend on repairs to footbridges and culverts of the northern division in the year before last"
    library.add(f"{row} 12", file="a.pdf")
    library.add(f"{row} 14", file="a.pdf")
    library.add(f"{row} 15", file="b.pdf")
    library.add(f"{row} 15.", file="c.pdf")
    assert len(distinct(ranked(library, "footbridges"), 10, DEFAULT, caching(library))) == 3


def test_where_late_interaction_is_off_the_order_of_the_first_stage_stays() -> None:
    library = MemoryLibrary()
    ids = [library.add(text).id for text in ("The statue", "The footbridge repair", "Nothing of it", "The footbridge")]
    query = parse("footbridge repair")
    asked = in_tokens(library, query)
    cache = caching(library)
    first_stage = [ids[3], ids[0], ids[2], ids[1]]
    found = rerank(query, asked, [Candidate(id) for id in first_stage], library, cache, fused(DEFAULT))
    assert [one.stored.id for one in found] == first_stage


LONG = (
    "The footbridge at Applebury was built of oak by the miller, repaired by the parish after the flood, closed to "
    "carts and opened again to those who walk to the market"
)


def test_a_part_of_a_better_text_in_another_paper_adds_nothing_and_is_no_hit_of_its_own() -> None:
    library = MemoryLibrary()
    library.add(f"3. {LONG}. The footbridge was praised by the miller's heirs.", file="pack.pdf")
    library.add(f"12. {LONG}.", file="report.pdf")
    found = distinct(
        ranked(library, "Was the footbridge praised by the miller's heirs?"), 10, DEFAULT, caching(library)
    )
    assert [(one.stored.paper.path, [twin.stored.paper.path for twin in twins]) for one, twins in found] == [
        ("pack.pdf", ["report.pdf"])
    ]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (f"{LONG} in 1911.", "report.pdf"),  # a figure that the other lacks
        ("The footbridge was praised.", "report.pdf"),  # too few words to be known again
        (f"{LONG}.", "pack.pdf"),  # in the same paper
    ],
)
def test_what_may_say_something_else_is_a_hit_of_its_own(text: str, file: str) -> None:
    library = MemoryLibrary()
    library.add(f"{LONG}. The footbridge was praised by the miller's heirs.", file="pack.pdf")
    library.add(text, file=file)
    assert (
        len(
            distinct(
                ranked(library, "Was the footbridge praised by the miller's heirs?"), 10, DEFAULT, caching(library)
            )
        )
        == 2
    )


def test_a_ruling_is_never_a_version_of_a_report_nor_of_another_meetings_ruling() -> None:
    library = MemoryLibrary()
    later = Meeting("Ashshire County Council", "Cabinet", date(2025, 5, 1))
    library.add(f"{LONG}. The footbridge was praised.", file="report.pdf")
    library.add(f"{LONG}.", file="minutes.pdf", kind="resolution")
    library.add(f"{LONG}, as before.", file="later.pdf", kind="resolution", meeting=later)
    assert len(distinct(ranked(library, "footbridge at Applebury"), 10, DEFAULT, caching(library))) == 3


def test_precedents_show_each_report_once_before_any_twice() -> None:
    library = MemoryLibrary()
    first = library.add("footbridge repair and footbridge repair", section=1)
    second = library.add("footbridge repair", section=1)
    other = library.add("footbridge statue", section=2)
    found = ranked(library, "footbridge repair")
    order = [one.stored.id for one in spread(found, lambda one: one.stored.section.ordinal, 30)]
    assert order.index(other.id) == 1
    assert set(order) == {first.id, second.id, other.id}


def test_similarities_are_cosines_to_five_hundredths() -> None:
    dice = np.random.default_rng(0)
    rows = dice.standard_normal((7, 32)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    book = codebook("of another model", 32)
    codes = book.encode(rows)
    tokens = [
        TokenCodes(own, np.array([(0, 1)] * len(own), np.int32).reshape(-1, 2), book.lengths(own))
        for own in (codes[:3], codes[:0], codes[3:])
    ]
    parts, highest = similarities(rows[:2], tokens, book)
    assert [part.shape for part in parts] == [(2, 3), (2, 0), (2, 4)]
    np.testing.assert_allclose(np.hstack(parts), rows[:2] @ rows.T, atol=0.05)
    np.testing.assert_array_equal(highest, [part.max(axis=1, initial=0.0) for part in parts])


def test_a_passage_is_encoded_once_until_it_makes_room_for_others() -> None:
    library = MemoryLibrary(WordEncoder())
    passages = [library.add(f"passage number {n}") for n in range(4)]
    cache = TokenCache(Memory(library), library.encoder, 2000)
    for one in passages[:2] * 3:
        cache.get([one])
    assert len(library.encoder.encoded) == 2
    for one in passages:
        cache.get([one])
    cache.get([passages[0]])
    assert library.encoder.encoded.count("A matter\npassage number 0") == 2
    library.generation += 1
    cache.get([passages[0]])
    assert library.encoder.encoded.count("A matter\npassage number 0") == 3


def test_token_vectors_that_the_archive_keeps_are_not_made_again() -> None:
    library = MemoryLibrary(WordEncoder())
    kept, unkept = library.add("The footbridge was repaired"), library.add("The statue was cleaned")
    made = TokenCache(Memory(library), library.encoder, 10_000).get([kept, unkept])
    text = "A matter\nThe footbridge was repaired"
    (tokens,) = library.encoder.encode_tokens([text])
    [library.packed[kept.id]] = pack([(text, tokens.offsets, tokens.vectors)], codebook("of another model", 64))
    library.encoder.encoded.clear()
    again = TokenCache(Memory(library), library.encoder, 10_000).get([kept, unkept])
    assert library.encoder.encoded == ["A matter\nThe statue was cleaned"]
    for one in (kept, unkept):
        np.testing.assert_array_equal(again[one.id].codes, made[one.id].codes)
        assert again[one.id].offsets == made[one.id].offsets


def test_of_many_candidates_only_the_likeliest_are_compared_token_by_token() -> None:
    library = MemoryLibrary(WordEncoder())
    for n in range(4):
        library.add(f"The statue was cleaned {n}")
    alike, said = library.add("A bridge for walkers"), library.add("The footbridge was repaired")
    query = parse("footbridge repaired")
    candidates = [Candidate(id, 0.5 if id == alike.id else 0.0) for id in library.stored]
    asked = in_tokens(library, query)
    library.encoder.encoded.clear()
    some = replace(BARE, compared=2)
    best = rerank(query, asked, candidates, library, caching(library), some)
    assert [one.stored.id for one in best] == [said.id, alike.id]
    assert library.encoder.encoded == ["A matter\nA bridge for walkers", "A matter\nThe footbridge was repaired"]
    every = rerank(query, asked, candidates, library, caching(library), replace(some, compared=6))
    assert len(every) == 6


def test_threads_share_one_cache() -> None:
    library = MemoryLibrary(WordEncoder())
    passages = [library.add(f"passage number {n}") for n in range(20)]
    cache = TokenCache(Memory(library), library.encoder, 3000)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: cache.get(passages[n % 20 : n % 20 + 3]), range(200)))
    assert all(len(some) == len(passages[n % 20 : n % 20 + 3]) for n, some in enumerate(found))
