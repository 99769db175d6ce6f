"""What kind of answer a question wants, from its wording alone.

A question may want several ("who was the board asked to appoint?"); all are given, the leading one first. These are
soft signals: a wrong guess costs a few places in the ranking, never a passage.
"""

from __future__ import annotations

import re
from typing import Literal

from indexer.text.names import ADDRESS

Intent = Literal["precedent", "overview", "recommendation", "decision", "who", "figure", "when", "why", "fact"]

_WHICH_BODIES = (
    r"which (?:boards|committees|councils|bodies|panels|(?P<meetings>meetings)"
    r"|(?P<papers>papers|reports|minutes|strategies|plans|policies))"
    r"(?: of(?: [\w’'-]+){1,6}?)?"
    r"(?: (?:have|has|had|ever|also))* (?:discuss|consider|look|dealt|hear|talk|debat|rais|mention|refer|cover)\w*"
)
# "Did the council …?", "Has the library board …?": a body is asked about what it did itself.
ACT = (
    r"^(?:and |so |but )?(?:did|has|have|had) (?:(?:the|our|any|its|this) )?(?:[\w’'&-]+ ){0,4}?"
    r"(?:council(?:lors)?|cabinet|board|committee|panel|executive|trust|trustees|governors|members|partnership|forum"
    r"|commission|authority)\b(?! (?:tax|house|housing|homes|meeting|member|paper|officer)s?\b)"
)
WHICH = re.compile(rf"\b{_WHICH_BODIES}\b", re.IGNORECASE)  # asks for all that hold something
_SIGNS: tuple[tuple[Intent, str], ...] = (
    (
        "precedent",
        (
            r"\b(?:find|look(?:ing)? for|search for|show(?: me)?|any|are there|list)\b.{0,40}"
            r"\b(?:reports?|papers?|examples?|precedents?|cases?)\b|\bhas (?:a|any) (?:report|paper)s? like\b"
        ),
    ),
    (
        "overview",
        (
            r"\bover (?:the years|time)\b|\bsince (?:19|20)\d\d\b|\bhistory of\b|\btimeline\b"
            r"|\bchanged\b|\bcompare[ds]?\b|\bdiffer(?:ed|s)?\b"
            r"|\bbetween (?:19|20)\d\d and\b|\beverything (?:on|about)\b"
            r"|\bwhat happened (?:about|to|with)\b"
            rf"|\b{_WHICH_BODIES}\b"
        ),
    ),
    (
        "recommendation",
        (
            r"\brecommend\w*|\b(?:was|were|is|are|being) \w*\s?asked\b|\bproposed to\b"
            r"|\basked to (?:decide|endorse|support|approve|agree|note|consider|delegate|appoint)\b"
        ),
    ),
    (
        "decision",
        (
            # "Did the council object?" asks for an act of that body, whatever the act is.
            rf"{ACT}|"
            r"\bdecid\w+|\bdecisions?\b|\bresolv\w+|\bresolutions?\b|\bagreed?\b|\bapprov\w+|\badopt(?:s|ed|ing)?\b|\bvoted?\b"
            r"|\bsign(?:ed)? off\b"
            r"|\bdefer\w*|\bput off\b|\brefus\w+|\breject\w+|\bminuted?\b|\bcarried\b(?! out)"
            r"|\bendors\w+|\basked? to\b"
        ),
    ),
    (
        "who",
        (
            r"\bwho(?:se|m)?\b|\bwhich (?:\w+ )?(?:officer|councillor|cllr|member|person|director|cabinet member)s?\b"
            r"|\bchair(?:ed|s|man|woman|person)?\b|\battend(?:ed|ance|ees)\b|\bapologies\b|\bstood in\b|\bsubstitut\w+"
            r"|\bnames? of\b|\brepresentatives?\b|\bmoved by\b|\bseconded\b|\bauthors?\b"
        ),
    ),
    (
        "figure",
        (
            r"\bhow (?:many|much|often|big|large|long|far)\b|\bnumbers? of\b|\bpercent\w*|\bper cent\b|\bproportion\b"
            r"|\brates?\b|\bcosts?\b|\bbudget\b|£|%|\baverage\b|\btotals?\b|\bfigures?\b|\boverspen\w+|\bunderspen\w+"
            r"|\bamount\b|\bspen[dt]\b|\bshare of\b"
        ),
    ),
    (
        "when",
        r"\bwhen\b|\bwhat (?:date|year|month|day)\b|\bwhich (?:date|year|month)\b|\bhow long ago\b|\bby what date\b",
    ),
    ("why", r"\bwhy\b|\bhow come\b|\breasons? (?:for|why|given|behind)\b|\bwhat (?:caused|led to|prompted)\b"),
)
_PATTERNS = tuple((intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in _SIGNS)


def intents(question: str) -> tuple[Intent, ...]:
    """Give the kinds of answer that a question wants, the leading one first; ``("fact",)`` where nothing is known."""
    return tuple(intent for intent, pattern in _PATTERNS if pattern.search(question)) or ("fact",)


# Words that say that a decision or an overview is asked for and not on which matter; and titles of persons.
_FRAMING = re.compile(
    rf"\b(?:{_WHICH_BODIES}|decid\w+|decisions?|resolve[ds]?|resolutions?|agreed?|approve[ds]?|vote[ds]?"
    r"|compar(?:e[ds]?|ison)|differ(?:ed|s)?|discuss(?:ed|es)?|considered|happened|changed?|history"
    r"|timeline|over (?:the years|time)|how (?:big|large|long|often|far|high|old|soon))\b"
    rf"|\b(?-i:{ADDRESS}(?=\.?\s[A-Z]))",
    re.IGNORECASE,
)

# What of a matter an overview asks for, whatever the matter is: no line need say it.
_MOVED = re.compile(
    r"\b(?:chang\w+|progress\w*|develop\w*|evol\w+|mov(?:e|ed|ing)|gone?|grown?|unfold\w*|time|years?"
    r"|(?:number|amount|level|view|opinion|position|stance|approach|thinking)s?(?= (?:of|on|to|towards|about)\b))\b",
    re.IGNORECASE,
)


def moving(question: str) -> frozenset[str]:
    """Give the words of a question, in lower case, that ask how a matter came along: "how has it progressed"."""
    return frozenset(word.lower() for word in _MOVED.findall(question))


def framing(question: str) -> frozenset[str]:
    """Give the words of a question, in lower case, that only say what kind of answer is asked for, and titles."""
    return frozenset(word for match in _FRAMING.finditer(question) for word in match.group().lower().split())
