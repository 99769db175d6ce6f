"""A question taken apart: the words that matter, exact things, expansions, and what kind of answer it wants."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.errors import BadArguments
from indexer.records import WordQuery
from indexer.text import figures
from indexer.text.periods import Period, periods, spellings
from indexer.text.words import STOP_WORDS, fold, single, words
from search.bounds import BOUNDS
from search.question import exact
from search.question.asked_days import stretched
from search.question.entities import authorities_of, bodies
from search.question.intent import Intent, framing, intents
from search.settings import DEFAULT, Naming

_WORD = re.compile(r"£?\d[\d,./-]*\d%?|[^\W_]+(?:['’&-][^\W_]+)*&?")
# "Next year's report" and "who now runs it" ask for no state of today by themselves.
_NOW = re.compile(
    r"\b(?:currently|recently|lately|at present|at the moment"
    r"|(?:next|latest|newest|current|most recent)\b(?! years?\b))",
    re.IGNORECASE,
)
# "Who is the clerk?", "How much is in the account?": in the present tense the latest word is asked for.
_IS = re.compile(
    r"(?:and )?(?:who|what|which|how (?:much|many))(?:[’']s\b|(?:\s\S+){0,5}?\s(?:is|are)\b)", re.IGNORECASE
)
# "Where are we with the park?", "How do things stand on it?", "What's the position on it?": the matter is behind a
# preposition, and all before it only asks how it is.
_STANDS = re.compile(
    r"(?:and |so )?(?:where|how|what)(?:[’']s| (?:is|are)| (?:have|has) [\w’'-]+ (?:got|come|reached)| do \w+ stand)\b"
    r"(?: (?!and\b)[\w’'-]+){0,3}? (?:with|on|about|regarding)\b"
    r"|(?:(?:is|are) there )?(?:any|an) (?:news|updates?|progress) (?:with|on|about)\b",
    re.IGNORECASE,
)
# "A & E" and "A and E" are "A&E".
_INITIALS = re.compile(r"\b([A-Z]) (?:&|and) ([A-Z])\b")
Acronyms = Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched for.

    ``words`` are its content words in lower case, each once, in order. ``exact`` are quoted phrases, references and
    amounts of money, ``minutes`` numbers of minutes and items, ``names`` names of
    several words: a passage that holds one is never lost. ``expansions``
    are further texts to look for; ``expanded`` names them by the word that gave them. ``periods``, ``boards`` and
    ``authorities`` are preferred, never required. ``naming`` says when a passage holds a name.
    """

    text: str
    words: tuple[str, ...]
    exact: tuple[str, ...]
    minutes: tuple[str, ...]
    names: tuple[str, ...]
    expansions: tuple[str, ...]
    expanded: dict[str, tuple[str, ...]]
    periods: tuple[Period, ...]
    boards: tuple[str, ...]
    authorities: tuple[str, ...]
    intents: tuple[Intent, ...]
    framing: frozenset[str]
    naming: Naming

    @property
    def intent(self) -> Intent:
        """The leading kind of answer that is wanted."""
        return self.intents[0]

    @property
    def noticed(self) -> tuple[str, ...]:
        """The dates, boards and authorities that are preferred, in words."""
        days = (period.words for period in stretched(self.text, self.periods))
        return tuple(dict.fromkeys([*days, *self.boards, *self.authorities]))

    @property
    def newest(self) -> bool:
        """Whether what holds now is asked for ("the next meeting", "currently"), so that newer papers come first."""
        asked = _STANDS if self.intent == "fact" else _IS if self.intent in ("who", "figure") else None
        now = asked is not None and asked.match(self.text) is not None
        return not self.periods and (now or _NOW.search(self.text) is not None)

    @property
    def latest(self) -> bool:
        """Whether the latest on a matter is asked for, whatever it is: "What is the latest on the budget?"."""
        opening = _STANDS.match(self.text)
        said = opening.group() if opening else ""
        return not self.periods and intents(said)[0] == "fact" and _NOW.search(said) is not None

    @property
    def of_matter(self) -> Query:
        """For a question over time or over bodies, the days and the bodies compared are not words of the matter."""
        if self.intent != "overview":
            return self
        names = (*self.authorities, *self.boards)
        apart = [*(period.words for period in self.periods), *(names if len(names) > 1 else ())]
        return replace(self, framing=self.framing | {word for name in apart for word in words(fold(name))})

    @property
    def translated(self) -> frozenset[str]:
        """The words, in lower case, for which other forms are looked for as well."""
        return frozenset(word for said in self.expanded for word in _plain(said).split())

    def for_words(self, expansion: float, framing: float = 1.0) -> WordQuery:
        """Give the form that the word index takes.

        Args:
            expansion: weight of each expansion, 0 for none.
            framing: weight of the words that only say that a decision or an overview is asked for.
        """
        matter = [word for word in self.words if word not in self.framing]
        frame = " ".join(word for word in self.words if word in self.framing)
        # A question of nothing but common words is still searched for, with those.
        words = " ".join(matter) or frame or self.text
        expansions = tuple((text, expansion) for text in self.expansions) if expansion else ()
        if matter and frame:
            expansions = (*expansions, (frame, framing))
        return WordQuery(words, self.exact, expansions)


def parse(
    question: str,
    acronyms: Acronyms = (),
    thesaurus: Mapping[str, Sequence[str]] | None = None,
    boards: Iterable[str] = (),
    authorities: Iterable[str] = (),
    also: Mapping[str, Sequence[str]] | None = None,
    naming: Naming = DEFAULT.naming,
) -> Query:
    """Take a question apart.

    Args:
        question: what the reader typed.
        acronyms: (short, long, papers that define it so) as the archive knows them.
        thesaurus: term in lower case to its alternatives.
        boards: names of the boards that the archive holds.
        authorities: names of the authorities that the archive holds.
        also: other names of these, each with the names that it stands for.
        naming: when a passage holds a name.

    Raises:
        BadArguments: the question is empty or far too long.
    """
    text, boards, authorities = check(question), tuple(boards), tuple(authorities)
    expanded = _expand(text, acronyms, thesaurus or {})
    dated = periods(text)
    expanded |= {period.words: list(ways) for period in dated if (ways := spellings(period))}
    for one in figures.figures(text):
        said, *others = figures.spellings(text[one.start : one.end])
        expanded |= {said: others} if others else {}
    return Query(
        text=text,
        words=tuple(dict.fromkeys(content_words(text))),
        exact=exact.named(text),
        minutes=exact.minutes(text),
        names=exact.names(text, STOP_WORDS, (*boards, *authorities)),
        expansions=tuple(dict.fromkeys(form for forms in expanded.values() for form in forms)),
        expanded={said: tuple(forms) for said, forms in expanded.items()},
        periods=dated,
        boards=bodies(text, boards, also),
        authorities=authorities_of(text, authorities, boards, also),
        intents=intents(text),
        framing=framing(text)
        | frozenset(word.lower() for match in _NOW.finditer(text) for word in match.group().split()),
        naming=naming,
    )


def check(question: str) -> str:
    """Return the question on one line, without control characters.

    Raises:
        BadArguments: it is empty, or longer than 2,000 words or 10,000 characters.
    """
    if len(question) > BOUNDS.question_characters or len(question.split()) > BOUNDS.question_words:
        message = (
            f"The question has {len(question.split()):,} words and {len(question):,} characters: "
            f"ask in at most {BOUNDS.question_words:,} words and {BOUNDS.question_characters:,} characters"
        )
        raise BadArguments(
            message, expected=f"at most {BOUNDS.question_characters} characters", found=str(len(question))
        )
    # Lone surrogates come from broken terminals and can be neither stored nor embedded.
    readable = unicodedata.normalize("NFC", question.encode("utf-8", "replace").decode("utf-8"))
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in readable).split())
    if not text:
        message = "The question is empty: say what to look for"
        raise BadArguments(message)
    return text


def content_words(text: str) -> list[str]:
    """Give the content words of ``text`` in lower case, in order; stop words and possessive endings are left out."""
    said = (match.group().lower().removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(text))
    return [word for word in said if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


def _expand(text: str, acronyms: Acronyms, thesaurus: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Find what else to look for, by the words of the question that give it."""
    expanded: dict[str, list[str]] = {}
    text = _INITIALS.sub(r"\1&\2", text)
    said = f" {_plain(text)} "
    for short, long, _ in sorted(acronyms, key=lambda entry: -entry[2]):
        # A short form in lower case is mostly an ordinary word ("it", "who"), unless it is long or holds a digit.
        if short in text and re.search(rf"(?<![\w-]){re.escape(short)}s?(?![\w-])", text):
            _add(expanded, short, long)
        elif " " in long and f" {_plain(long)} " in said and len(long.split()) > 1:
            _add(expanded, long.lower(), short)
    for term, forms in thesaurus.items():
        if f" {_plain(term)} " in said:
            for form in forms:
                _add(expanded, term, form)
    return expanded


def _add(expanded: dict[str, list[str]], said: str, form: str) -> None:
    # An acronym that is in the thesaurus too ("GP") is one entry.
    forms = expanded.setdefault(next((key for key in expanded if key.lower() == said.lower()), said), [])
    if _sense(form) not in map(_sense, forms) and len(forms) < BOUNDS.senses:
        forms.append(form)


def _sense(form: str) -> str:
    """Make spellings of one sense alike: "Health & Care Plans" and "health and care plan"."""
    return " ".join(map(single, words(form.replace("&", " and ").replace("-", " "))))


# A large archive defines thousands of acronyms, and every question is compared with each.
@lru_cache(maxsize=65_536)
def _plain(text: str) -> str:
    """Lower case, words apart by one space, possessives and hyphens gone."""
    return " ".join(re.findall(r"[^\W_]+(?:&[^\W_]+)?", re.sub(r"['’]s\b", "", text.lower()).replace("-", " ")))
