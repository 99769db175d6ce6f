"""Every number of ranking and answering, so that each can be switched off and measured.

Bounds of size, number and time are in `search.bounds`, the weights of answerability in `search.thresholds`.

Where a number is from: one with ``trials`` was chosen among them on judged questions that were in sight, and those of
ranking that only reorder were kept by ``python -m benchmarks.judged --fit``, which leaves one body of papers out in
turn. One with no more than ``instead`` was set by reading papers. ``--ablate`` puts ``instead`` in the place of each
of both kinds and prints what that costs. A number without either says beside it why it is so: no judged question asks
for it, or it is a definition. What came of it all is in ``benchmarks/README.md`` and ``benchmarks/tried.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from search import thresholds
from search.thresholds import FITTED, Threshold

Number = int | float


def _number(value: Number, instead: Number, *trials: Number) -> Any:  # noqa: ANN401 - a dataclass field
    """Declare a number: its value, the one that switches it off or else contrasts with it, and others worth a try."""
    return field(default=value, metadata={"instead": instead, "trials": trials})


@dataclass(frozen=True, slots=True)
class Quoting:
    """What of the passages found is quoted. Shares are of the best in the same list, by late interaction."""

    passage: float = _number(1.0, 0.0, 0.6)  # share of its passage's score in a sentence's: the better passage first
    # What is beside a figure: this many characters after a number, and half as many before …
    beside_number: int = _number(25, 1000)
    beside_sum: int = _number(60, 1000)  # … or a sum
    counted: int = _number(4, 0)  # most words of what "how many" asks for the number of
    ruled: float = _number(0.15, 0.0, 0.3)  # bonus of a sentence of a resolution or recommendation
    # Weight of what the headings above a sentence and the header of its table say; it need not say it again.
    above: float = _number(0.7, 0.0, 0.5, 1.0)
    near: float = _number(0.8, 1.0, 0.65)  # a further run of sentences is quoted if it scores this much of the best
    long: float = _number(0.02, 0.0, 0.03)  # off a run for a unit of its words' logarithm: longer ones match by chance
    # What an expected overlap with the evidence of 1 adds to a run, where the cross-encoder read its passage.
    located: float = _number(0.2, 0.0, 0.1, 0.3, 0.5)
    # A ruling of fewer words is quoted with the sentence before it, and no less of a long row is quoted.
    led: int = _number(12, 0, 20)
    # A ruling among the first passages is on the matter if its item matches this much; one further down if its item
    # does, and its headings this much of the first ruling's.
    ruling: float = _number(0.85, 1.0, 0.75, 0.95)
    item: float = _number(0.8, 1.0, 0.7, 0.9)
    headed: float = _number(0.75, 1.0, 0.6, 0.9)
    # A ruling is quoted if it says this share of what the best of them says of the question's content words.
    telling: float = _number(0.7, 0.0, 0.5, 0.9)
    # One in which the cross-encoder sees no more of an answer than in anything is of another matter, …
    unheard: float = _number(0.06, 0.0, 0.04, 0.1)
    own_said: float = _number(0.35, 0.0, 0.5, 0.7)  # … unless it says this share of those words, with its headings
    step: float = _number(0.75, 0.0, 0.65, 0.85)  # a step of an overview is shown if its item matches this much
    steps: int = _number(8, 4, 12)  # most of them
    # Words up to which a ruling is a step or line whole, and a sentence comes before a longer one.
    step_words: int = _number(45, 0, 30, 60)
    line: int = _number(2, 1, 3)  # most sentences of what a meeting is quoted with in one
    meetings: int = _number(40, 10)  # most lines of a matter meeting by meeting …
    meetings_least: int = _number(2, 1)  # … and fewest, where no list is asked for; so of figures to compare
    said: float = _number(0.7, 0.0, 0.6, 0.8)  # cosine from which a word of the question counts as said
    on_it: float = _number(0.8, 0.0, 0.7, 0.9)  # share of them, by rarity, that a passage on the matter says
    figure: float = _number(0.85, 0.0, 0.7)  # a sentence with a figure is taken if it matches this much of the best
    # So many of the best runs that hold what is asked for are read by the cross-encoder, to choose the first …
    runs_read: int = _number(4, 1, 3, 6)
    reading: float = _number(0.04, 0.0, 0.02, 0.06)  # … and a unit of its log-odds is worth this
    parts: int = _number(3, 1, 2, 4)  # most quotations besides rulings, each a run of sentences or a reported decision
    off_days: float = _number(0.6, 0.0, 0.2, 0.4, 1.0)  # taken off a run a unit by which it fits the days less
    contrary: float = _number(0.1, 0.0, 0.05, 0.2, 0.4)  # … of other years or ways of money, or that tells nothing
    run: int = _number(5, 1, 3)  # most sentences or rows of a run
    run_words: int = _number(90, 45, 60, 120)  # most words of a run of several
    repeats: float = _number(0.7, 1.0, 0.6, 0.8)  # share of its words that others say, above which it adds nothing
    reported: float = _number(0.85, 0.0, 0.75, 0.95)  # a reported decision is quoted that matches this much
    as_new: float = _number(0.8, 1.0, 0.9)  # share of the best run's score from which the newest goes first
    as_sure: float = _number(0.6, 0.0, 0.5, 0.8)  # share of the highest probability from which a newer passage answers
    ruling_sure: float = _number(0.2, 0.0, 0.3, 0.45)  # … and a ruling is not what only other passages answer
    least_sure: float = _number(0.25, 0.0, 0.4)  # … and least: of what hardly answers the newest is not asked for
    deep: int = _number(4, 1, 2)  # times the hits shown, how far down a newer ruling is looked for
    ruling_words: int = _number(5, 0, 8)  # fewest words of a ruling that is quoted: "It was APPROVED" says nothing
    words: int = _number(4, 1, 6)  # fewest words of a sentence; less is a heading or a scrap
    label_words: int = _number(6, 0, 10)  # most words of a line that only announces what follows
    header_words: int = _number(30, 0, 20)  # most words of a table's header
    contents_lines: int = _number(3, 1000)  # most lines with a page's number after them, of what is no list of contents
    alike: float = _number(0.7, 1.0)  # share of their words, figures apart, that versions of one passage have in common


@dataclass(frozen=True, slots=True)
class Naming:
    """When a passage says the names of a question, for answers and answerability alike. Set by reading papers."""

    # Share of the small words (the, of) with a capital from which capitals mark no names.
    capitals: float = _number(0.6, 1.0)
    half: float = _number(0.5, 0.0)  # share of the question's names that a passage on them says
    phrase: int = _number(2, 0)  # most words of a matter that are looked for as one phrase
    before_kind: int = _number(6, 0)  # most words before "board" or "council" in which its name may be


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the features of answerability are counted. Set by reading papers."""

    # How much less of the names a passage may say than the best does to count as one that answers; half as much
    # weighs how well it fits the days.
    as_apt: float = _number(0.375, 1.5)
    named: float = _number(0.5, 1.0)  # share of the names from which all count as found: few passages say a long one
    dated: float = _number(0.85, 1.0)  # share of the best match from which passages of the days named count in full
    said: float = _number(0.9, 1.0)  # fit of a passage that says the days asked for, where its meeting was on others …
    soon: float = _number(0.7, 0.0)  # … that only names a day's year, or whose meeting was soon after, as results are:
    soon_days: int = _number(450, 0)
    one_word: float = _number(0.35, 1.0)  # what one word of the question weighs at most of all where it is not said
    no_word_asks: float = _number(0.5, 0.0)  # as near as a word that asks mostly is, for a question without one
    on_it: float = _number(0.9, 0.0)  # share of the best match from which a passage may speak of what is presupposed
    before: int = _number(20, 1, 40, 60)  # words before the surest passage, in its section, that are read with it …
    after: int = _number(30, 0, 60, 80)  # … and after it
    softened: float = _number(2.0, 1.0, 3.0)  # what the mean log-odds of the readings are divided by
    doubt: float = _number(0.1, 0.0, 0.05)  # more is read where the sum is so near to the least one
    # What the cross-encoder's probability counts as where nothing was read: as many questions are answered as with it.
    unread: float = 0.3


@dataclass(frozen=True, slots=True)
class Spelling:
    """Which words are suggested for one that the archive does not hold. Set by trying misspelt words."""

    like: float = _number(80.0, 100.0, 75.0)  # per cent of letters in common and in order (Indel similarity)
    longer: float = _number(2.0, 0.0)  # taken off for each letter that a word is longer or shorter
    letters: int = _number(4, 1)  # shorter words are too like too many others
    words: int = _number(5, 0)  # words that are looked up
    passages: int = _number(60, 0)  # passages that are looked at for one word


@dataclass(frozen=True, slots=True)
class Findable:
    """What another program finds of a quotation: what `score.py` looks for, so a definition, and not ablated."""

    words: int = 3  # fewest of a piece: less could be anywhere
    run: int = 3  # words of a run
    pieces: int = 4  # most of a quotation: more is word soup
    lost: float = 0.3  # most of its words in pieces that are too short
    runs_lost: int = 4  # runs around a spelling that is left open
    share: float = 0.9  # of all such runs that must be found
    apart: int = 2  # most characters of white space between sentences that are quoted as one


@dataclass(frozen=True, slots=True)
class Scoring:
    """When a hit or an answer holds the evidence of a judged question: as `score.py` has it, and not ablated."""

    hit_words: int = 400  # words of a hit that are looked at
    answer_words: int = 200
    run: int = 4  # words of a run
    runs: float = 0.6  # share of the evidence's runs that must be there …
    words: float = 0.85  # … or of its words, for tables in another order
    samples: int = 1000  # of the bootstrap
    outside: float = 0.025  # share of them left out at each end of an interval of 95%


@dataclass(frozen=True, slots=True)
class History:
    """Numbers of matters over time, set by reading papers: no judged question asks for them, so none is ablated."""

    alike: float = 0.6  # two titles are on one matter if they share this much of all their content words …
    few: int = 2  # … or if a title of at least so many is whole in the other.
    telling: int = 3  # … or so many, at another meeting and without having been put off
    # How surely two titles of a meeting are one item: an order, above the share of words that they have in common.
    by_number: float = 4.0
    by_reference: float = 3.0
    by_title: float = 2.0
    by_number_and_word: float = 1.5
    by_part: float = 1.0
    date_within: int = 120  # characters after a minute's number in which its date may appear
    minute_hits: int = 40  # passages looked at for a minute that is named
    comes_back: int = 3  # meetings at which a subject comes up, to be one that comes back
    near_days: int = 732  # between items of one body of which one's title only holds the other's
    recent_days: int = 400  # a minute named without its date is of a meeting not so long before
    run: int = 3  # words of a run, by which texts are compared
    usual: float = 0.2  # share of a body's meetings with decisions under a heading that makes it one of every agenda …
    years: int = 730  # … or so many days from the first of them to the last
    same: float = 0.6  # share of the shorter text's runs that makes two one decision; less pairs neighbours
    extract: float = 0.5  # a paper with fewer of a meeting's decisions is an extract, and no witness of the rest
    # A report is a precedent if its passages rank, on average over the draft's chunks, among about the first sixty, and
    # its best one is near to a chunk by cosine; one that leads the rankings or shares title words may be further off.
    depth: int = 150  # passages of each ranking and chunk
    smoothing: int = 10  # k of reciprocal rank fusion, as above
    chunk_terms: int = 60  # words of a chunk that are looked for
    among_first: float = 0.15
    leads: float = 0.8
    near: float = 0.55
    near_and_leads: float = 0.5
    near_and_named: float = 0.45
    spare: int = 4  # reports looked at for each that is shown: the same one may have gone to several boards
    version: float = 0.8  # share of runs that makes two purposes one
    chunks: int = 6  # most texts of a draft that are looked for
    chunk_words: int = 120
    paragraph_words: int = 12  # fewest of a paragraph under no heading that says anything
    enough_words: int = 60  # under headings that say something: the rest of the draft is left out then
    label_words: int = 6  # most words of a heading
    purpose_sentences: int = 2  # quoted of what a report is for …
    purpose_sheets: int = 2  # … after its first sheet …
    purpose_words: int = 6  # … each of so many words at least
    excerpt_words: int = 90  # most words quoted to be used again
    topic_depth: int = 400  # passages looked at for a timeline: a topic has many more than an answer needs
    news: float = 0.7  # share of the archive's best score from which a new passage is news: the best of few may be far
    close_passages: int = 20  # looked at for decisions close in meaning
    covered: float = 0.6  # share of a summary's content words that must be in the passages it cites
    head_lines: int = 14  # lines of a report among which its head is
    post: float = 0.5  # share of the words of a post asked for that a text says of somebody who holds it
    head_spans: int = 3  # spans of a section that hold its head and lists of people


@dataclass(frozen=True, slots=True)
class Settings:
    """How candidates are found, ordered and shown. Scores are weighted mean cosines, so .01 is a small step."""

    depth: int = _number(300, 100, 200)  # passages taken from each ranking
    # k of reciprocal rank fusion; 10 favours the first ranks more than the paper's 60, for rankings of a thousand.
    smoothing: int = _number(10, 60, 5, 20)
    words: float = _number(1.5, 0.0, 1.0, 2.0)  # weight of the ranking by words in fusion …
    meaning: float = _number(1.0, 0.0)  # … and of the one by meaning
    candidates: int = _number(200, 30, 100, 150)  # fused passages that are reranked …
    candidate_share: float = _number(0.025, 0.0, 0.02, 0.04)  # … or this share of all: among more, more come first …
    candidates_most: int = _number(400, 200, 300)  # … up to so many
    compared: int = _number(250, 400)  # … of which the likeliest by what is in memory are compared token by token, …
    likely_whole: float = _number(2.0, 0.0, 4.0)  # … a unit of likeness as wholes counting as so many question's words
    expansion: float = _number(0.5, 0.0, 0.25, 1.0)  # weight of a word's other form or synonym beside its own
    forms: int = _number(8, 0, 4, 12)  # other forms that are compared word by word
    match: float = _number(1.0, 0.0)  # weight of late interaction; 0 leaves the order to fusion
    # Weight of a word that names the authority or board that is meant: its own papers rarely say it.
    named: float = _number(0.3, 1.0, 0.1, 0.5)
    # Weight of a word that only says that a decision or an overview is asked for ("decide", "changed"), by words and in
    # late interaction: a resolution on buses need not say it.
    framing: float = _number(0.3, 1.0, 0.1, 0.5)
    # Weight of a word that carries no meaning; not 0, so that a question of such words still has an order.
    stop: float = _number(0.1, 0.001, 0.05, 0.2)
    # How far a resolution or recommendation, where one is asked for, is lifted towards the best match of its item.
    inherited: float = _number(1.0, 0.0, 0.5, 0.8)
    # Weight of the cosine of question and passage as wholes, for a passage that is its whole paper; in a paper of n
    # passages it is divided by the root of n, for there it shows the topic and not the place.
    whole: float = _number(1.0, 0.0, 0.5)
    # Penalty for each unit of the log of a passage's tokens: among more of them a word is matched better by chance.
    length: float = _number(0.02, 0.0, 0.01, 0.04)
    usual: int = 75  # tokens that are no penalty, about a passage's: it shifts all scores alike, so it is not ablated
    kind: float = _number(0.1, 0.0, 0.05, 0.15)  # bonus of a passage of the kind that the question asks for …
    second: float = _number(0.6, 0.0, 0.4)  # … its share for the second best kind, and for the type that is asked for
    # Passages first in order among which that is asked: it takes long, and of others it changes nothing shown.
    typed: int = _number(80, 200)
    meeting: float = _number(0.03, 0.0, 0.05, 0.1)  # bonus where authority, board or date are those named, each …
    inexact: float = _number(0.5, 1.0, 0.25)  # … its share for a date within a period that is named ("last spring")
    # Bonus for a quoted phrase or reference found word for word: who asks for one gets what holds it first.
    exact: float = _number(1.0, 0.0)
    exact_most: int = _number(66, 0, 30)  # passages ranked for each such thing, and for all beside the fused ones
    run: int = _number(3, 1, 5)  # words of a run, by which texts are compared
    versions: float = _number(0.9, 1.0, 0.8)  # share of runs that makes two texts versions of one
    in_common: float = _number(0.75, 0.0)  # share of their words below which no two texts are compared by their runs
    # Fewest runs of a text that is a part of a longer one if nearly all are in it: a few are by chance.
    part_runs: int = _number(18, 1, 12, 30)
    side: int = _number(60, 0, 30)  # passages of each side of a comparison that are reranked whatever the other has
    # Share of the best item's match from which a passage is on the matter of an overview.
    on_matter: float = _number(0.8, 0.0, 0.7, 0.9)
    # Share of the best match from which newer passages come first, where what holds now is asked for.
    as_new: float = _number(0.8, 1.0, 0.9)
    spread: int = _number(30, 0)  # reports or meetings of which the best passage comes before a second one of any
    # In late interaction a word of the question may also be matched by the passages before and after in the same
    # section: how much of what that adds counts; the same by all candidates of the section; share of the cosine there.
    beside: float = _number(0.5, 0.0, 0.25, 1.0)
    section: float = _number(0.15, 0.0, 0.1, 0.2)
    beside_share: float = _number(0.8, 0.9, 1.0)
    # First passages that are read together with the question, and what a unit of the cross-encoder's log-odds adds.
    read: int = _number(10, 0, 16, 20)
    reading: float = _number(0.01, 0.0, 0.02, 0.03)
    ruling_led: int = _number(40, 0, 25, 60)  # words of what comes before a ruling in its item that are read with it
    joined: int = _number(40, 0, 10, 20)  # neighbours in one section that are both among so many first hits are one hit
    marked: float = 0.6  # cosine from which a word of a passage is marked as matching: what is shown, not what is found
    cache_bytes: int = 256 * 1024 * 1024  # most memory for the token vectors of passages: speed, not what is found
    quoting: Quoting = field(default_factory=Quoting)
    naming: Naming = field(default_factory=Naming)
    threshold: Threshold = FITTED
    evidence: Evidence = field(default_factory=Evidence)
    spelling: Spelling = field(default_factory=Spelling)


DEFAULT: Final = Settings()
HISTORY: Final = History()
FINDABLE: Final = Findable()
SCORING: Final = Scoring()
READ: Final = 10  # passages that an answer is made of, however many are listed
FIRST: Final = 5  # passages that a reader sees first, answers are looked for among, and judged questions are scored by


def of_archive(folder: Path) -> Settings:
    """Give the settings for an archive: its own threshold where it was calibrated, the usual one otherwise.

    Raises:
        BadArguments: what was kept cannot be read.
    """
    own = thresholds.of_archive(folder)
    return Settings(threshold=own) if own else DEFAULT
