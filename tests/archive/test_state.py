"""One state of the archive: what is kept in memory is of it alone, and a question reads it from start to end."""

from __future__ import annotations

import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from indexer.archive import Archive, Writer, texts_to_embed
from indexer.encoding import encoder
from indexer.records import ModelIdentity, Reading
from search import thresholds
from search.engine import Engine
from search.memory import Cache, Memory
from search.thresholds import Threshold
from search.views import opened
from search.views.api import json_routes
from tests.makers.archive_maker import entry, reading
from tests.makers.library_maker import WordEncoder

WORDS = WordEncoder()
QUESTION = "What was resolved on the ferry fares?"


def edition(number: int, name: str = "ferry") -> Reading:
    """Return a paper, the same one whatever its number, of two passages that both say which edition it is."""
    texts = [f"RESOLVED that the ferry fares be {number} pounds.", f"The ferry fares were {number} pounds for years."]
    return reading(name, texts)


def put(folder: Path, *readings: Reading, model: ModelIdentity = WORDS.identity) -> None:
    with Writer.open(folder, model) as writer:
        for one in readings:
            writer.add(one, WORDS.encode([text.whole for text in texts_to_embed(one)]), [entry(one)])


def said(engine: Engine, question: str = QUESTION) -> set[str]:
    """Return the numbers that an answer's passages and quotations hold."""
    answered = engine.ask(question)
    texts = [hit.stored.passage.text for hit in answered.hits] + [sentence.text for sentence in answered.answer]
    return set(re.findall(r"\d+", " ".join(texts)))


def test_an_archive_that_takes_anothers_place_is_answered_from_though_it_counts_the_same_changes(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "archive"
    put(folder, edition(3))
    engine = Engine(Archive.open(folder), WORDS)
    assert said(engine) == {"3"}
    before = engine.library.newest()
    shutil.rmtree(folder)
    put(folder, edition(7))
    assert said(engine) == {"7"}
    after = engine.library.newest()
    assert (before.generation == after.generation, before.archive == after.archive) == (True, False)


def test_words_and_vectors_of_another_archive_are_not_used_with_a_database(tmp_path: Path) -> None:
    put(tmp_path / "one", edition(3))
    put(tmp_path / "two", edition(7))
    for name in ("words", "vectors"):
        shutil.rmtree(tmp_path / "two" / name)
        shutil.copytree(tmp_path / "one" / name, tmp_path / "two" / name)
    with Archive.open(tmp_path / "two") as archive:
        assert said(Engine(archive, WORDS)) == {"7"}
        assert archive.behind()
        assert [line.partition(":")[0] for line in archive.check()] == ["word index"] * 2 + ["vector index"] * 2
        Writer.open(tmp_path / "two", WORDS.identity).finish()
        assert archive.check() == []


def test_one_question_reads_one_state_though_the_paper_changes_under_it(tmp_path: Path) -> None:
    put(tmp_path, edition(3))

    class Slow(WordEncoder):
        """Between the two rankings and what is fetched for them, the paper is indexed again."""

        changed = False

        def encode_tokens(self, texts: Any) -> Any:
            if any(" fares be " in text for text in texts) and not self.changed:
                self.changed = True
                other = threading.Thread(target=put, args=(tmp_path, edition(7)))
                other.start()
                other.join()
            return super().encode_tokens(texts)

    slow = Slow()
    engine = Engine(Archive.open(tmp_path), slow)
    assert said(engine) == {"3"}
    assert slow.changed
    assert said(engine) == {"7"}


def test_what_was_read_before_a_change_is_not_kept_after_it(tmp_path: Path) -> None:
    put(tmp_path, edition(3), edition(4, "quay"))
    archive = Archive.open(tmp_path)
    memory = Memory(archive)
    cache: Cache[str, str] = Cache(memory, 9)
    gone = edition(3).paper.id
    with archive.snapshot() as old:
        cache.keep(old, {"a": "of the old state"})
        assert cache.kept(old, ["a"]) == {"a": "of the old state"}

        def withdraw() -> dict[str, str]:
            with Writer.open(tmp_path, WORDS.identity) as writer:
                writer.remove([gone])
            with archive.snapshot() as new:
                assert new.generation == old.generation + 1
                return cache.kept(new, ["a"])

        with ThreadPoolExecutor(1) as other:
            assert other.submit(withdraw).result() == {}
        # This thread still reads the old state, rightly; what it has read is not kept any more.
        assert archive.paper(gone) is not None
        cache.keep(old, {"a": "of the old state"})
        assert cache.kept(old, ["a"]) == {}
    with archive.snapshot() as now:
        assert cache.kept(now, ["a"]) == {}


def test_token_vectors_of_a_withdrawn_paper_do_not_come_back(tmp_path: Path) -> None:
    put(tmp_path, edition(3), edition(4, "quay"))
    engine = Engine(Archive.open(tmp_path), WORDS)
    gone = edition(3).paper

    def withdraw() -> None:
        with Writer.open(tmp_path, WORDS.identity) as writer:
            writer.remove([gone.id])
        assert said(engine, "ferry") == {"4"}

    def late(_: object) -> None:
        # A question that began before the withdrawal, and ends after it and after the next question.
        with engine.library.snapshot():
            with ThreadPoolExecutor(1) as other:
                other.submit(withdraw).result()
            assert said(engine, "ferry fares") == {"3", "4"}

    late(None)
    assert {id >> 20 for id in engine.cache._kept._kept} == {edition(4, "quay").paper.key}
    assert said(engine, "ferry fares") == {"4"}


def test_answers_under_a_writer_are_of_one_edition_and_never_of_an_older_one(tmp_path: Path) -> None:
    put(tmp_path, edition(0))
    engine = Engine(Archive.open(tmp_path), WORDS)
    committed, faults = [0], list[str]()
    done = threading.Event()

    def ask(reader: int) -> int:
        count = 0
        while not done.is_set() or count < 3:
            least = committed[0]
            # Every other question is new, and every other one may be kept from before.
            numbers = said(engine, QUESTION if count % 2 else f"{QUESTION} {'again ' * (reader + 1)}")
            if len(numbers) != 1 or int(min(numbers)) < least:
                faults.append(f"{numbers} after {least}")
            count += 1
        return count

    with ThreadPoolExecutor(5) as pool:
        readers = [pool.submit(ask, reader) for reader in range(4)]
        for number in range(1, 16):
            put(tmp_path, edition(number))
            committed[0] = number
        done.set()
        counts = [reader.result() for reader in readers]
    assert faults == []
    assert min(counts) >= 3


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The API over an archive, as the app opens it, with models that are made instead of loaded."""
    monkeypatch.setenv(opened.VARIABLE, str(tmp_path / "archive"))

    def load(name: str) -> WordEncoder:
        made = WordEncoder()
        made.identity = replace(WORDS.identity, name=name)  # type: ignore[misc]
        return made

    monkeypatch.setattr(encoder, "load", load)
    return TestClient(Starlette(routes=json_routes.routes(json_routes.Handles(opened.archive, opened.engine))))


def test_an_archive_of_another_model_is_answered_from_by_the_api_though_nobody_opens_a_page(
    tmp_path: Path, served: TestClient
) -> None:
    folder = tmp_path / "archive"
    put(folder, edition(3))
    assert "3 pounds" in served.get("/api/ask", params={"q": QUESTION}).json()["hits"][0]["text"]
    shutil.rmtree(folder)
    assert served.get("/api/ask", params={"q": QUESTION}).status_code == 503
    put(folder, edition(7), model=replace(WORDS.identity, name="other"))
    got = served.get("/api/ask", params={"q": QUESTION})
    assert (got.status_code, "7 pounds" in got.json()["hits"][0]["text"]) == (200, True)


def test_an_archives_own_thresholds_count_from_the_next_question(tmp_path: Path, served: TestClient) -> None:
    folder = tmp_path / "archive"
    put(folder, edition(3))
    assert served.get("/api/ask", params={"q": QUESTION}).json()["status"] == "answered"
    thresholds.keep(folder, Threshold(least=99.0))
    assert served.get("/api/ask", params={"q": QUESTION}).json()["status"] == "not_found"
