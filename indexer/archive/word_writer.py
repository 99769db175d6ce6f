"""Keeps the word index in step with SQLite: replays what it missed, rebuilds it where it is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import tantivy

from indexer.archive import fetch
from indexer.archive.analysis import VERSION, exact_tokens, plain
from indexer.archive.database import Database
from indexer.archive.failures import full
from indexer.archive.schema import generation_of, state_of
from indexer.archive.words import FOLDER, NAMED, POINTER, current_folder, is_of, open_index, reflected_generation
from indexer.records import Paper, StoredPassage

# Bytes of memory before tantivy writes a segment by itself; it asks for at least 15 MB a thread.
_HEAP = 64_000_000
# Passages between two commits while a whole index is made.
_BATCH = 50_000


class WordWriter:
    """The word index opened for writing; there is one at a time, because there is one writer of the archive."""

    def __init__(self, archive: Path, connection: Database) -> None:
        """Open the index, rebuilding it if it is missing, damaged, of an older analysis, ahead of SQLite or short."""
        self._archive = archive
        self._connection = connection
        self._owner = state_of(connection).archive
        (archive / FOLDER).mkdir(exist_ok=True)
        opened = self._open()
        if opened is None:
            self.rebuild()
        else:
            self._index, self._reflects, self._named = opened
            self._writer: tantivy.IndexWriter | None = None
        self._sweep()

    def settle(self) -> None:
        """Replay every paper that was added or removed since the last commit, and commit.

        Raises:
            ArchiveFull: the disk is full; SQLite is whole, and the next call replays.
        """
        now = generation_of(self._connection)
        if now == self._reflects and self._named:
            return
        removed = self._connection.execute("SELECT paper_id FROM removed WHERE generation > ?", (self._reflects,))
        added = self._connection.execute("SELECT id FROM papers WHERE generation > ? ORDER BY id", (self._reflects,))
        gone, new = removed.fetchall(), added.fetchall()
        try:
            writer = self._writing()
            for (paper_id,) in gone + new:
                writer.delete_documents_by_term("paper", paper_id)
            for (paper_id,) in new:
                self._add(writer, paper_id)
            self._commit(writer, now)
        except ValueError as error:  # tantivy's only error
            self._writer = None
            raise full(self._archive, f"word index: {error}") from error

    def rebuild(self) -> None:
        """Rebuild the index beside the old one, point to it, and delete the old one with every byte in it.

        Raises:
            ArchiveFull: the disk is full; the old index stays in use.
        """
        self._writer = None
        now = generation_of(self._connection)
        used = current_folder(self._archive)
        name = f"{'b' if used and used.name.startswith('a') else 'a'}{VERSION}"
        folder = self._archive / FOLDER / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            self._index = open_index(folder, create=True)
            writer = self._writing()
            pending = 0
            for (paper_id,) in self._connection.execute("SELECT id FROM papers ORDER BY id").fetchall():
                pending += self._add(writer, paper_id)
                if pending >= _BATCH:
                    writer.commit()
                    pending = 0
            self._commit(writer, now)
        except ValueError as error:
            self._writer = None
            raise full(self._archive, f"word index: {error}") from error
        beside = self._archive / FOLDER / f"{POINTER}.new"
        beside.write_text(name, encoding="ascii")
        os.replace(beside, self._archive / FOLDER / POINTER)
        self._sweep()

    def close(self) -> None:
        """Let tantivy finish merging segments, and let go of the index."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def _open(self) -> tuple[tantivy.Index, int, bool] | None:
        """Open what is there: the index, its generation, and whether it names its archive; None if unusable."""
        folder = current_folder(self._archive)
        if folder is None or not folder.name.endswith(str(VERSION)):
            return None
        try:
            index = open_index(folder)
            searcher = index.searcher()
            reflects = reflected_generation(searcher)
            named = bool(searcher.doc_freq("meta", NAMED))
            if not is_of(searcher, self._owner):
                return None
        except (ValueError, OSError):
            return None
        now = generation_of(self._connection)
        (passages,) = self._connection.execute("SELECT COUNT(*) FROM passages").fetchone()
        short = reflects == now and searcher.num_docs != passages + 1
        return None if short or not 0 <= reflects <= now else (index, reflects, named)

    def _writing(self) -> tantivy.IndexWriter:
        """Return tantivy's writer, started when first needed: a run that changes nothing starts none."""
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
            # A killed commit may have left a file whose name, which counts operations, the next one would use again.
            self._writer.garbage_collect_files()
        return self._writer

    def _add(self, writer: tantivy.IndexWriter, paper_id: str) -> int:
        """Add a paper's passages; return how many."""
        paper = fetch.paper(self._connection, paper_id)
        if paper is None:
            return 0
        stored = fetch.passages_of(self._connection, paper.key)
        for one in stored:
            writer.add_document(_document(paper, one, "\n".join(one.headers)))
        return len(stored)

    def _commit(self, writer: tantivy.IndexWriter, generation: int) -> None:
        """Commit, with the generation that the index then reflects in the same commit."""
        writer.delete_documents_by_term("meta", "generation")
        note = tantivy.Document()
        for said in ("generation", NAMED, NAMED + self._owner):
            note.add_text("meta", said)
        note.add_integer("generation", generation)
        writer.add_document(note)
        writer.commit()
        self._reflects, self._named = generation, True

    def _sweep(self) -> None:
        """Delete copies that are not in use; one that another program holds open (Windows) waits for the next time."""
        used = current_folder(self._archive)
        for folder in (self._archive / FOLDER).iterdir():
            if folder.is_dir() and folder != used:
                with contextlib.suppress(OSError):
                    shutil.rmtree(folder)


def _document(paper: Paper, stored: StoredPassage, headers: str) -> tantivy.Document:
    """Return what the index keeps of a passage: terms and its id, no text."""
    passage, meeting = stored.passage, stored.section.meeting
    document = tantivy.Document()
    document.add_integer("id", stored.id)
    document.add_text("paper", paper.id)
    for heading in passage.trail:
        document.add_text("body", plain(heading))
        document.add_text("trail", plain(heading))
    if headers:
        document.add_text("body", plain(headers))
    document.add_text("body", plain(passage.text))
    document.add_text("exact", " ".join(exact_tokens("\n".join((*passage.trail, headers, passage.text)))))
    document.add_text("authority", plain(meeting.authority))
    document.add_text("board", plain(meeting.board))
    document.add_text("kind", passage.kind)
    if meeting.date:
        document.add_integer("day", meeting.date.toordinal())
    return document
