"""The numbers of ranking and answering, so that each can be switched off and measured.

Bounds of size, number and time are in `search.bounds`. What is left beside the code belongs to a definition, such as
the three words of a run; ``python -m docs.house`` counts it.

``python -m benchmarks.judged --ablate`` puts ``instead`` in the place of each in turn and prints what that costs;
``--fit`` chooses among it, the value in use and ``trials``, one body of papers left out in turn. What came of it is
in ``benchmarks/README.md``. ``benchmarks/calibrate.py`` sets `search.thresholds`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from search import thresholds
from search.thresholds import Thresholds

Number = int | float


def _number(value: Number, instead: Number | None = None, *trials: Number) -> Any:  # noqa: ANN401 - a dataclass field
    """Declare a number: its value, the one that switches it off or else contrasts with it, and others worth a try."""
    return field(default=value, metadata={"instead": instead, "trials": trials})


@dataclass(frozen=True, slots=True)
class Quoting:
    """What of the passages found is quoted. Shares are of the best in the same list, by late interaction.

    Attributes:
        passage: share of its passage's score in a sentence's: between like sentences that of the better passage.
        holds: bonus of a sentence that holds what is asked for: an amount, a date, a name.
        beside: bonus of a figure that has beside it all that the question says of it:
        beside_number, beside_sum: … within this many characters after a number or sum, and half as many before.
        counted: most words of what "how many" asks for the number of.
        ruled: bonus of a sentence of a resolution or recommendation.
        above: weight of what the headings above a sentence and the header of its table say; it need not say it again.
        near: a further run of sentences is quoted if it scores at least this much of the best one.
        long: taken off a run for each unit of the logarithm of its words: a longer one matches better by chance.
        half: taken off a run for each end at which it cuts a sentence.
        led: a ruling of fewer words is quoted with the sentence before it, and no less of a long row is quoted.
        ruling: a ruling among the first passages is on the matter if its item matches at least this much.
        item, headed: one further down is, if its item does this much, and its headings this much of the first ruling's.
        telling: a ruling is quoted if it says this share of what the best of them says of the question's content words.
        step, steps: a step of an overview is shown if its item matches this much; most steps of one.
        step_words: words up to which a ruling is a step or line whole, and a sentence comes before a longer one.
        meetings: most lines of a matter meeting by meeting.
        said: cosine from which a word of the question counts as said.
        on_it: share of the question's content words, by rarity, that a passage on the matter says.
        figure: a sentence with a figure is taken, if it matches this much of a meeting's best.
        parts: most quotations besides rulings, each a run of sentences or a reported decision.
        run, run_words: most sentences or rows of a run; most words of a run of several.
        repeats: share of a quotation's content words that others say, above which it adds nothing.
        reported: one is on the matter if it matches this much of the best sentence.
        as_new: share of the best run's score from which the newest is quoted, where what holds now is asked for.
        deep: times the hits shown, how far down a newer ruling is looked for.
        ruling_words: fewest words of a ruling that is quoted: "It was APPROVED" says nothing.
        words: fewest words of a sentence; less is a heading or a scrap.
        label_words, header_words: most words of a line that only announces what follows, and of a table's header.
        alike: share of their words, figures apart, that passages of two versions of a paper have in common.
    """

    passage: float = _number(1.0, 0.0, 0.6)
    holds: float = _number(0.2, 0.0, 0.1)
    beside: float = _number(0.1, 0.0, 0.2, 0.3)
    beside_number: int = _number(25, 1000)
    beside_sum: int = _number(60, 1000)
    counted: int = _number(4, 0)
    ruled: float = _number(0.15, 0.0, 0.3)
    above: float = _number(0.7, 0.0, 0.5, 1.0)
    near: float = _number(0.8, 1.0, 0.65)
    long: float = _number(0.02, 0.0, 0.03)
    half: float = _number(0.05, 0.0, 0.1, 0.2)
    led: int = _number(12, 0, 20)
    ruling: float = _number(0.85, 1.0, 0.75, 0.95)
    item: float = _number(0.8, 1.0, 0.7, 0.9)
    headed: float = _number(0.75, 1.0, 0.6, 0.9)
    telling: float = _number(0.7, 0.0, 0.5, 0.9)
    step: float = _number(0.75, 0.0, 0.65, 0.85)
    steps: int = _number(8, 4, 12)
    step_words: int = _number(45, 0, 30, 60)
    meetings: int = _number(40, 10)
    said: float = _number(0.7, 0.0, 0.6, 0.8)
    on_it: float = _number(0.8, 0.0, 0.7, 0.9)
    figure: float = _number(0.85, 0.0, 0.7)
    parts: int = _number(3, 1, 2, 4)
    run: int = _number(5, 1, 3)
    run_words: int = _number(90, 45, 60, 120)
    repeats: float = _number(0.7, 1.0, 0.6, 0.8)
    reported: float = _number(0.85, 0.0, 0.75, 0.95)
    as_new: float = _number(0.8, 1.0, 0.9)
    deep: int = _number(4, 1, 2)
    ruling_words: int = _number(5, 0, 8)
    words: int = _number(4, 1, 6)
    label_words: int = _number(6, 0, 10)
    header_words: int = _number(30, 0, 20)
    alike: float = _number(0.7, 1.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the features of answerability are counted. Set by reading papers; ``--ablate`` says what each is worth.

    Attributes:
        as_apt: how much less of the names a passage may say than the best does to count as one that answers; half as
            much weighs how well it fits the days.
        named: share of the question's names from which all count as found: a passage need not say all of a long name.
        dated: share of the best match from which passages of the days named count in full.
        said: how well a passage fits the days asked for that says them, where its meeting was on others.
        soon, soon_days: … whose meeting was so soon after, as a year's results are, or that names only a day's year.
        one_word: what one word of the question weighs at most of all where it is not said.
        on_it: share of the best match from which a passage may speak of what the question takes for granted.
        half: share of the question's names that a passage on them says.
        phrase: most words of a matter that are looked for as one phrase.
        capitals: share of the small words (the, of) with a capital from which capitals mark no names.
    """

    as_apt: float = _number(0.375, 1.5)
    named: float = _number(0.5, 1.0)
    dated: float = _number(0.85, 1.0)
    said: float = _number(0.9, 1.0)
    soon: float = _number(0.7, 0.0)
    soon_days: int = _number(450, 0)
    one_word: float = _number(0.35, 1.0)
    on_it: float = _number(0.9, 0.0)
    half: float = _number(0.5, 0.0)
    phrase: int = _number(2, 0)
    capitals: float = _number(0.6, 1.0)


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
    """What another program finds of a quotation, as `score.py` looks for it: a definition, so it is not ablated."""

    words: int = 3  # fewest of a piece: less could be anywhere
    pieces: int = 4  # most of a quotation: more is word soup
    lost: float = 0.3  # most of its words in pieces that are too short
    runs_lost: int = 4  # runs of three words around a spelling that is left open
    share: float = 0.9  # of all such runs that must be found


@dataclass(frozen=True, slots=True)
class History:
    """Numbers of matters over time, set by reading papers: no judged question asks for them, so none is ablated."""

    alike: float = 0.6  # two titles are on one matter if they share this much of all their content words …
    few: int = 2  # … or if a title of at least so many is whole in the other.
    telling: int = 3  # … or so many, at another meeting and without having been put off
    date_within: int = 120  # characters after a minute's number in which its date may appear
    minute_hits: int = 40  # passages looked at for a minute that is named
    comes_back: int = 3  # meetings at which a subject comes up, to be one that comes back
    usual: float = 0.2  # share of a body's meetings with decisions under a heading that makes it one of every agenda …
    years: int = 730  # … or so many days from the first of them to the last
    same: float = 0.6  # share of the shorter text's three-word runs that makes two one decision; less pairs neighbours
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
    version: float = 0.8  # share of three-word runs that makes two purposes one
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
    head_spans: int = 3  # spans of a section that hold its head and lists of people


@dataclass(frozen=True, slots=True)
class Settings:
    """How candidates are found, ordered and shown. Scores are weighted mean cosines, so .01 is a small step.

    Attributes:
        depth: passages taken from each ranking.
        smoothing: k of reciprocal rank fusion; 10 favours the first ranks more than the 60 of the paper,
            which was chosen for rankings of a thousand.
        words, meaning: weights of the rankings by words and by meaning in fusion.
        candidates: fused passages that are reranked …
        candidate_share: … or this share of all passages, up to ``candidates_most``: among more, more come first.
        expansion: weight of an acronym's other form or a synonym beside the question's own words.
        forms: other forms that are compared word by word.
        match: weight of late interaction; 0 leaves the order to fusion.
        named: weight of a word that names the authority or board that is meant: its own papers rarely say it.
        framing: weight of a word that only says that a decision or an overview is asked for ("decide", "changed"), by
            words and in late interaction: a resolution on buses need not say it.
        stop: weight of a word that carries no meaning; not 0, so that a question of such words still has an order.
        inherited: for questions about decisions, how far a resolution or recommendation is lifted towards the best
            match of its item, since it rarely names its subject.
        whole: weight of the cosine of question and passage as wholes, for a passage that is its whole paper; in a paper
            of n passages it is divided by the root of n, for there it shows the topic and not the place.
        length: penalty for each unit of the logarithm of a passage's tokens: among more of them the best match of a
            word is higher by chance.
        usual: tokens of a passage with its headings that are no penalty; only differences between passages count.
        kind: bonus where the passage is of the kind that the question asks for.
        second: share of that bonus for the second best kind, and for saying something of the type that is asked for.
        typed: passages first in order among which that is asked: it takes long, and of others it changes nothing shown.
        meeting: bonus where authority, board or date are those named in the question, each.
        inexact: share of it for a date within a period that the question names ("2021", "last spring").
        exact: bonus for a quoted phrase or reference found word for word: who asks for one gets what holds it first.
        exact_most: passages that are ranked for each such thing, and for all of them beside the fused ones.
        versions: share of their three-word runs that makes two texts versions of one: a list of ten has ten matters.
        in_common: share of their words below which no two texts are compared by their runs.
        part_runs: fewest runs of a text that is a part of a longer one if nearly all are in it: a few are by chance.
        on_matter: share of the best item's match from which a passage is on the matter of an overview.
        as_new: share of the best match from which on newer passages come first, where what holds now is asked for.
        spread: reports or meetings of which the best passage comes before a second one of any.
        beside: in late interaction a word of the question may also be matched by the passages before and after in the
            same section: how much of what that adds counts.
        section, beside_share: the same by all candidates of the section; and share of the cosine there.
        joined: neighbours in one section that are both among so many first hits are one hit; 0 for none.
        marked: cosine from which a word of a passage is marked as matching.
        cache_bytes: most memory for the token vectors of passages.
        quoting, spelling, thresholds, evidence: the groups above.
    """

    depth: int = _number(300, 100, 200)
    smoothing: int = _number(10, 60, 5, 20)
    words: float = _number(1.5, 0.0, 1.0, 2.0)
    meaning: float = _number(1.0, 0.0)
    candidates: int = _number(200, 30, 100, 150)
    candidate_share: float = _number(0.025, 0.0, 0.02, 0.04)
    candidates_most: int = _number(400, 200, 300)
    expansion: float = _number(0.5, 0.0, 0.25, 1.0)
    forms: int = _number(8, 0, 4, 12)
    match: float = _number(1.0, 0.0)
    named: float = _number(0.3, 1.0, 0.1, 0.5)
    framing: float = _number(0.3, 1.0, 0.1, 0.5)
    stop: float = _number(0.1, 0.001, 0.05, 0.2)
    inherited: float = _number(1.0, 0.0, 0.5, 0.8)
    whole: float = _number(1.0, 0.0, 0.5)
    length: float = _number(0.02, 0.0, 0.01, 0.04)
    usual: int = 75
    kind: float = _number(0.1, 0.0, 0.05, 0.15)
    second: float = _number(0.6, 0.0, 0.4)
    typed: int = _number(80, 200)
    meeting: float = _number(0.03, 0.0, 0.05, 0.1)
    inexact: float = _number(0.5, 1.0, 0.25)
    exact: float = _number(1.0, 0.0)
    exact_most: int = _number(66, 0, 30)
    versions: float = _number(0.9, 1.0, 0.8)
    in_common: float = _number(0.75, 0.0)
    part_runs: int = _number(18, 1, 12, 30)
    on_matter: float = _number(0.8, 0.0, 0.7, 0.9)
    as_new: float = _number(0.8, 1.0, 0.9)
    spread: int = _number(30, 0)
    beside: float = _number(0.5, 0.0, 0.25, 1.0)
    section: float = _number(0.15, 0.0, 0.1, 0.2)
    beside_share: float = _number(0.8, 0.9, 1.0)
    joined: int = _number(40, 0, 10, 20)
    marked: float = 0.6
    cache_bytes: int = 256 * 1024 * 1024
    quoting: Quoting = field(default_factory=Quoting)
    thresholds: Thresholds = field(default_factory=Thresholds)
    evidence: Evidence = field(default_factory=Evidence)
    spelling: Spelling = field(default_factory=Spelling)


DEFAULT = Settings()
HISTORY: Final = History()
FINDABLE: Final = Findable()
FIRST: Final = 5  # passages that a reader sees first: answers are looked for among these


def of_archive(folder: Path) -> Settings:
    """Give the settings for an archive: its own thresholds where it was calibrated, the usual ones otherwise.

    Raises:
        BadArguments: what was kept cannot be read.
    """
    own = thresholds.of_archive(folder)
    return Settings(thresholds=own) if own else DEFAULT
