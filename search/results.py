"""What a question gets back: hits, quoted sentences, and both as the JSON that other programs rely on.

No I/O here. Records hold the archive's own records (`indexer.records`), so that views need not look anything up again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from indexer.records import RULINGS, Paper, Span, StoredPassage
from indexer.text.words import runs
from search import cite
from search.bounds import BOUNDS
from search.question.intent import intents

if TYPE_CHECKING:
    from search.answer.meetings import Overview
    from search.history.changed import Later
    from search.question.follow_up import FollowUp
    from search.register.head import Head
    from search.register.listing import Listed
    from search.register.outstanding import Outstanding

Status = Literal["answered", "not_found"]

MORE = "more of it follows"  # said of a ruling that is quoted in part …
GOES_ON = "goes on in the next quotation"  # … and of a sentence within which a page ends
NO_RULING = "No resolution or recommendation on this was found; this is what the papers say."
MENTIONED = "Papers mention this, but nothing that says what was decided on it was found. The nearest mention:"
REPORTED = "No resolution on this was found; papers report these decisions, which were taken elsewhere."


@dataclass(frozen=True, slots=True)
class Place:
    """The same passage elsewhere: a paper, and its 1-based sheet (None for papers without pages)."""

    paper: Paper
    page: int | None

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"file": self.paper.path, "page": self.page}


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found.

    ``rank`` counts from 1; ``score`` is higher for a better match, comparable within one question only.

    ``item`` and ``title`` are the number and heading of the minute item or report that the passage belongs to;
    ``headers`` the title and header row of its table where they are outside it; ``matched`` the half-open ranges of
    ``stored.passage.text`` that matched words of the question, for marking; ``guessed`` how surely OCR read the page
    it is cited by, in [0, 1], None for text that was not guessed. ``core`` is the range of the text that matches best;
    what is around it in the same section, and was found as well, is context. None for all of it. ``superseded_by``
    are the later decisions that correct or rescind the one that it holds.
    """

    rank: int
    score: float
    stored: StoredPassage
    page_label: str
    item: str
    title: str
    reference: str
    headers: tuple[str, ...] = ()
    matched: tuple[tuple[int, int], ...] = ()
    also_in: tuple[Place, ...] = ()
    superseded_by: tuple[Later, ...] = ()
    guessed: float | None = None
    core: tuple[int, int] | None = None

    @property
    def reach(self) -> tuple[int, int]:
        """Where its core is in the text; all of it for a passage without context."""
        return self.core or (0, len(self.stored.passage.text))

    @property
    def cited(self) -> tuple[Span, ...]:
        """Where its core is in the paper."""
        begin, end = self.reach
        spans, at = [], 0
        for span in self.stored.passage.spans:
            if begin <= at < end:
                spans.append(span)
            at += span.end - span.start + 1  # the line break that joins the cuts
        return tuple(spans) or self.stored.passage.spans

    @property
    def caution(self) -> str:
        """What to know before quoting it: that OCR read the page, and how surely; "" if nothing."""
        return "" if self.guessed is None else f"read by OCR, {self.guessed:.0%} sure"

    @property
    def text(self) -> str:
        """The passage, cut after 250 words."""
        return first_words(self.stored.passage.text, BOUNDS.hit_words)

    @property
    def pages(self) -> tuple[int, ...]:
        """The 1-based sheets it is on; empty for papers without pages."""
        return self.stored.passage.pages if self.stored.paper.paged else ()

    @property
    def page(self) -> int | None:
        """The sheet it is cited by, the first of its core; None for papers without pages."""
        return self.cited[0].page if self.pages else None

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        paper, meeting = self.stored.paper, self.stored.section.meeting
        return {
            "rank": self.rank,
            "score": round(self.score, 4),
            "file": paper.path,
            "page": self.page,
            "pages": list(self.pages),
            "page_label": self.page_label,
            "text": self.text,
            "kind": self.stored.passage.kind,
            "authority": meeting.authority or paper.meeting.authority,
            "board": meeting.board or paper.meeting.board,
            "meeting_date": meeting.date.isoformat() if meeting.date else None,
            "pack_date": paper.meeting.date.isoformat() if paper.meeting.date else None,
            "item": self.item,
            "title": self.title,
            "reference": self.reference,
            "also_in": [place.to_json() for place in self.also_in],
            "superseded_by": [later.to_json() for later in self.superseded_by],
            "core": [min(at, len(self.text)) for at in self.reach],
            "url": cite.address(paper, self.page),
        }


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A quotation: a substring of page ``page`` (1-based; None without pages) of the paper of hit number ``hit``.

    ``reported`` says that it reports a decision that was taken elsewhere; ``continues`` that it stands
    behind the quotation before it, from which it is apart because other programs do not read on there.
    """

    text: str
    hit: int
    page: int | None
    reported: bool = False
    header: str = ""
    continues: bool = False

    @property
    def shown(self) -> str:
        """The quotation under its header, as it is read."""
        return f"{self.header}\n{self.text}" if self.header else self.text

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "text": self.text, "hit": self.hit, "page": self.page, "reported": self.reported, "header": self.header,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """Everything that a question gets back.

    ``expanded`` maps words of the question to what else was searched for; ``noticed`` names the dates, boards and
    authorities in the question, whose passages rank higher; ``suggested`` maps words that the
    archive does not hold to the nearest that it does; ``searched`` is what was searched. ``head`` is the head
    line of the decision that is quoted first; ``listed`` everything that the register holds for the question, where it
    names no matter; ``follow_up`` what the question, which is then given in full, takes from the one before it;
    ``overview`` what each meeting has on the matter, where the question asks over time or over bodies;
    ``actions`` what is to be done, where it asks for that; ``mentioned`` the rank of the best hit that mentions the
    matter, where a decision on it was not found, 0 for none; ``outside`` which other days the first quotation is of;
    ``whose`` which authority's body was answered for, where several have one that the question may mean.
    """

    question: str
    status: Status
    hits: tuple[Hit, ...]
    answer: tuple[AnswerSentence, ...] = ()
    expanded: dict[str, str] = field(default_factory=dict)
    noticed: tuple[str, ...] = ()
    suggested: dict[str, str] = field(default_factory=dict)
    searched: str = ""
    head: Head | None = None
    listed: Listed | None = None
    follow_up: FollowUp | None = None
    overview: Overview | None = None
    actions: Outstanding | None = None
    mentioned: int = 0
    outside: str = ""
    whose: str = ""

    @property
    def lacks_ruling(self) -> bool:
        """Whether a decision was asked for and something is quoted, but no resolution or recommendation."""
        rulings = {hit.rank for hit in self.hits if hit.stored.passage.kind in RULINGS}
        quoted = {sentence.hit for sentence in self.answer}
        first, *further = intents(self.question)
        # "How many voted?" asks for a detail, which a ruling need not give.
        detail = not {"figure", "who", "when", "why"}.isdisjoint(further)
        return first == "decision" and not detail and bool(quoted) and not quoted & rulings

    @property
    def note(self) -> str:
        """What to say of an answer: that it is no decision of its meeting, of other days, or of one body of several."""
        reported = any(sentence.reported for sentence in self.answer)
        ruling = REPORTED if reported else NO_RULING if self.lacks_ruling else ""
        return " ".join(filter(None, (ruling, self.outside, self.whose)))

    @property
    def lacking(self) -> tuple[str, ...]:
        """Which minutes are not held, or hold no actions, in whole sentences."""
        if self.actions and not self.actions.actions:
            return (f"{self.actions.counted}.",)
        return self.listed.lacking if self.listed else ()

    @property
    def mention(self) -> str:
        """What to say below a refusal where a decision is asked for and only its matter is in the papers; else ""."""
        return f"{MENTIONED} {self.hits[self.mentioned - 1].reference}." if self.mentioned else ""

    @property
    def cut_short(self) -> frozenset[int]:
        """The places in ``answer``, from 0, after which the resolution or recommendation that is quoted goes on."""
        last = {sentence.hit: at for at, sentence in enumerate(self.answer)}
        rulings = {hit.rank: hit.stored.passage for hit in self.hits if hit.stored.passage.kind in RULINGS}
        return frozenset(
            at
            for rank, at in last.items()
            if rank in rulings
            and not rulings[rank].text.rstrip().endswith(self.answer[at].text[-BOUNDS.ending_characters :])
        )

    def more(self, at: int) -> str:
        """Say of the quotation at a place in ``answer``, from 0, whether what it quotes goes on; else ""."""
        one, *after = self.answer[at : at + 2]
        whole = one.text.endswith((".", "!", "?", ":", ";"))
        if any(other.continues for other in after):
            return GOES_ON
        if not whole and any(other.hit == one.hit and other.text[:1].islower() for other in after):
            return GOES_ON
        return MORE if at in self.cut_short else ""

    @property
    def sentences(self) -> list[list[int]]:
        """Group the places in ``answer``, from 0, by what is read as one: a row, or a sentence over a page's end."""
        every: list[list[int]] = []
        for at in range(len(self.answer)):
            if at and self.more(at - 1) == GOES_ON:
                every[-1].append(at)
            else:
                every.append([at])
        return every

    def with_hits(self, most: int) -> Answered:
        """List so many of its hits, counted anew: those that are quoted, and the first of the others."""
        quoted = {sentence.hit for sentence in self.answer} | {self.mentioned} - {0}
        others = [hit.rank for hit in self.hits if hit.rank not in quoted][: max(0, most - len(quoted))]
        kept = [hit for hit in self.hits if hit.rank in quoted.union(others)]
        ranks = {hit.rank: at for at, hit in enumerate(kept, 1)}
        answer = tuple(replace(sentence, hit=ranks[sentence.hit]) for sentence in self.answer)
        hits = tuple(replace(hit, rank=ranks[hit.rank]) for hit in kept)
        return replace(self, hits=hits, answer=answer, mentioned=ranks.get(self.mentioned, 0))

    def to_json(self, id: str = "") -> dict[str, Any]:
        """Give the JSON form of the command line's contract, with the caller's ``id`` of the question."""
        return {
            "id": id,
            "question": self.question,
            "status": self.status,
            "answer": [sentence.to_json() for sentence in self.answer],
            "expanded": dict(self.expanded),
            "hits": [hit.to_json() for hit in self.hits],
            "searched": self.searched,
            "head": self.head.to_json() if self.head else None,
            "register": self.listed.to_json() if self.listed else None,
            "follow_up": self.follow_up.to_json() if self.follow_up else None,
            "overview": self.overview.to_json() if self.overview else None,
            "actions": self.actions.to_json() if self.actions else None,
            "mentioned": self.mention,
            "note": self.note,
        }


def first_words(text: str, most: int) -> str:
    """Cut ``text`` after ``most`` words, keeping its white space."""
    ends = [end for _, end in runs(text)[:most]]
    return text if not ends or len(ends) < most else text[: ends[-1]]
