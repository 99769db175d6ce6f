"""An archive of another model gets this one's vectors of the texts that it holds; no paper is read again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive, EmbeddedText, Writer, remodel, remodelling
from indexer.encoding.embedding import Embedder
from indexer.errors import ArchiveMismatch
from search.engine import Engine
from tests.conftest import STORES, placed
from tests.makers.index_maker import TinyEncoder, minutes, put, run


class Stopped(Exception):
    """The run was killed."""


def made_by(encoder: TinyEncoder, most: int = 1_000) -> Any:
    """What embeds texts; it is killed before it is asked for more than ``most``."""

    def make(texts: Mapping[str, EmbeddedText]) -> tuple[Any, Any]:
        if len(own(encoder)) >= most:
            raise Stopped
        made = Embedder(encoder).make(texts)
        return made.rows, made.tokens

    return make


@pytest.fixture(params=STORES)
def archive(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(remodelling, "_PORTION", 2)
    put(tmp_path / "papers", quay=minutes("the quay", 11), weir=minutes("the weir", 12))
    (tmp_path / "archive").mkdir()
    folder = placed(request, tmp_path / "archive")
    run(folder)
    return folder


def own(encoder: TinyEncoder) -> set[str]:
    """What an encoder was asked to embed, without the headings around passages."""
    return {text for text in encoder.texts if not text.endswith(". ")}


def vectors(folder: Path, encoder: TinyEncoder) -> dict[str, float]:
    """The vectors of an archive's passages by their texts, as its engine finds them."""
    with Archive.open(folder, encoder.identity) as opened:
        assert opened.check() == []
        passages = [one for paper in opened.papers() for one in opened.paper_passages(paper.id)]
        assert opened.tokens([one.id for one in passages]).keys() == {one.id for one in passages}
        query = encoder.encode(["the quay"])[0]
        return {opened.passages([one.id])[one.id].passage.text: one.score for one in opened.nearest(query, 100)}


def test_vectors_are_those_of_an_archive_that_the_other_model_made(archive: Path) -> None:
    other, fresh = TinyEncoder("other"), archive.with_name("fresh")
    before = Archive.open(archive)
    told = before.ledger()
    assert remodel(archive, other.identity, made_by(other)) == len(own(other)) > 4
    run(fresh, encoder=other)
    with pytest.raises(ArchiveMismatch, match="upgrade --vectors"):
        Archive.open(archive, TinyEncoder().identity)
    run(archive, encoder=other)
    assert vectors(archive, other) == pytest.approx(vectors(fresh, other), abs=1e-6)
    with Archive.open(archive) as opened:
        assert opened.ledger() == told
        assert Engine(opened, other).ask("What was resolved on the quay?").hits
    before.close()


def test_a_run_that_is_killed_goes_on_and_the_archive_is_what_it_was_until_it_is_done(archive: Path) -> None:
    tiny, other = TinyEncoder(), TinyEncoder("other")
    before = vectors(archive, tiny)
    with pytest.raises(Stopped):
        remodel(archive, other.identity, made_by(other, 3))
    assert vectors(archive, tiny) == before
    kept = len(own(other))
    rest = remodel(archive, other.identity, made_by(other))
    assert (kept, rest) == (4, len(own(other)) - kept)
    Writer.open(archive, other.identity).finish()
    assert vectors(archive, other).keys() == before.keys()
