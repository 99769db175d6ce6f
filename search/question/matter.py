"""What a question is about, once the bodies, the days and the words for meeting and deciding are taken away."""

from __future__ import annotations

import re

from indexer.text.words import fold, single, words
from search.question.entities import GENERIC
from search.question.intent import moving
from search.question.query import Query, content_words

# Words for meetings and for what they do: they say that decisions are asked for, not on which matter.
_OF_MEETINGS = frozenset(
    """
    meeting meetings meet met last latest recent previous minute minutes minuted item items agenda business made
    make makes take takes taken passed pass reached reach took happen happened list everything anything outcome
    outcomes motion motions moved move proposed propose second seconded seconder mover vote votes voted voting
    split council councils councillors members board's decide decided decides decision decisions resolve
    resolved resolution resolutions agree agreed agreement approve approved approval endorse endorsed recommend
    recommended recommendation recommendations year month day date dated held period come came record recorded
    formally reported presented spoke spoken
    """.split()  # noqa: SIM905 - a list of words is read as text
)


def words_of(query: Query, *outcomes: re.Pattern[str]) -> list[str]:
    """Give the content words, in lower case and in order, that are not about bodies, days, meetings or deciding.

    Args:
        query: the question, taken apart.
        outcomes: what else is taken away: words for how a decision came out.
    """
    text = query.text
    for period in query.periods:
        text = text.replace(period.words, " ")
    for pattern in outcomes:
        text = pattern.sub(" ", text)
    named = (fold(name).replace("-", joint) for name in (*query.boards, *query.authorities) for joint in ("", " "))
    bodies = {word for name in named for word in words(name)}
    short = {"".join(word[0] for word in words(fold(name))) for name in query.boards}
    moved = moving(query.text) if query.intent == "overview" else frozenset()
    known = set(map(single, _OF_MEETINGS | query.framing | moved | bodies | short | GENERIC))
    return [word for word in content_words(text) if not set(map(single, words(fold(word).replace("-", "")))) <= known]
