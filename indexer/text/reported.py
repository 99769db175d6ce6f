"""Sentences that report a decision that somebody took elsewhere: "a strategy was signed off by the HSCB in July 2015".

Evidence is weighed: a body as the one who acts, a verb of deciding in the past, active or passive, and a day beside it;
against it count what may, must or will be, what is not, and what is asked for. Decisions by resolution are not its
business: those are known by structure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.text import cues, dates

# Weights of evidence, and how much makes a report of a decision.
_LEAST = 3.5
_ACTOR, _VERB, _WEAK_VERB, _DATED, _OBJECT = 2.0, 1.5, 0.5, 0.5, 0.5
_AGAINST = 3.0
_LONGEST = 90  # words; more is a list or a table

_BODY = (
    r"(?:[Ss]ub-?\s?[Cc]ommittee|[Ss]ub-?\s?[Gg]roup|[Ww]orking\s(?:[Gg]roup|[Pp]arty)|[Ss]teering\s[Gg]roup"
    r"|Task\s(?:and\sFinish\s)?Group"
    r"|[Cc]ommittee|[Bb]oard|[Cc]abinet|[Cc]ouncil|[Pp]anel|Executive|[Pp]artnership|Forum|Assembly|Commission(?:er)?"
    r"|Governing\sBody"
    r"|[Gg]overnors|[Tt]rustees|Court|Senate|Authority|Trust|Full\sCouncil|Group)"
)
_NAME = (
    rf"(?:[A-Z][\w'’&/-]*\s(?:(?:and|of|for|the|&|with|on)\s)*){{0,8}}{_BODY}(?:\sMeeting)?\b"
    r"(?!\s(?:Member|Officer|Director|Lead))"
)
_PLAIN = rf"(?:[Tt]he|[Oo]ur|[Ii]ts|[Ll]ocal|[Aa])\s(?:(?!(?:the|that|a)\s)[a-z-]+\s){{0,3}}{_BODY}\b"
_ACRONYM = r"(?:[Tt]he\s)?[A-Z]{2,}[A-Z&]*[BCGEPTA](?:\s(?:Board|Executive))?(?!\w)"
_ACTED = rf"(?P<actor>{_NAME}|{_PLAIN}|{_ACRONYM})"
_DECIDED = (
    r"(?P<verb>agreed|approved|resolved|decided|endorsed|adopted|ratified|signed\soff|commissioned|accepted|rejected|refused"
    r"|authorised|delegated|(?:appointed|established|set\sup)(?!\sto\b)|instructed|voted|sanctioned|determined|confirmed"
    r"|requested|recommended|considered\sand\s(?:agreed|approved|endorsed))"
)
# Most sentences have no such verb, and are done with at once.
_VERB_AT_ALL = re.compile(_DECIDED.replace("?P<verb>", "?:"))
_BETWEEN = (
    r"(?:\s\([^)]{1,60}\))?(?:,?\s(?:at|on|in|during|following|after)\s[^.;:]{3,70}?,?)?"
    r"\s(?:(?:has|have|had|also|then|therefore|subsequently|formally|unanimously|recently|already|since|all|both|previously"
    r"|jointly|initially|last\syear|members)\s){0,3}"
)
_ACTIVE = re.compile(rf"{_ACTED}{_BETWEEN}{_DECIDED}\b")
_PASSIVE = re.compile(
    rf"\b(?:was|were|(?:has|have|had)\sbeen)\s(?:[\w-]+\s){{0,2}}?(?:[\w-]+\s(?:up|off)?\s?and\s)?{_DECIDED}"
    rf"(?:\sand\s\w+(?:\soff)?)?\s(?:(?:in|on)\s[\w\s]{{3,30}}?\s)?(?:by|at)\s(?:(?:a|the)\smeetings?\sof\s)?(?:the\s)?{_ACTED}"
)
# What was decided before is reported in the perfect.
PERFECT = frozenset(("has", "have", "had", "already", "previously"))
# Bodies do this without deciding anything: it counts only with a day.
_WEAK = frozenset(("requested", "recommended", "confirmed", "accepted", "appointed"))
# A verb that ends its clause, or has its doer after it, is a participle: "Working party established."
_PARTICIPLE = re.compile(r"\s*(?:[.;,:)]|$|(?:with|by|in|for|and|as)\b(?![^.;,]{3,30}\s(?:to|that)\b))")
# What a body has the power to do is no act of it: "powers on which the Council have delegated decisions".
_RELATIVE = re.compile(r"\b(?:on|to|for|in|by)\s(?:which|whom)\s*$", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:will|would|shall|should|may|might|can|could|must|if|once|until|before|prior\sto|unless|whether|not|never|yet\sto|unable|failed\sto|cannot"
    r"|is\sasked|are\sasked|is\srecommended|are\srecommended|is\sinvited|to\sbe)\b|n[’']t\b",
    re.IGNORECASE,
)
# What a body agreed to is what it decided; what it is asked to agree is not.
_ASKED = re.compile(
    r"^\W*(?:that|to|resolved)\b|\b(?:ask|invite|recommend)(?:s|ed)?\s(?:that\s)?the\b|\?\s*$", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?<!\bthank )\b(?:you|your)\b")
_SPEAKER = re.compile(r"[a-z][.!?] ([A-Z]\w+): ")
# Labels of what was decided or is to be done end so, and no speaker's name: "Resolved: ", "Motion: "; nor is a word of
# deciding one: "Ayes: ".
_NO_SPEAKER = ("ed", "ion", "ions", "al")
_QUOTES = frozenset('“"‘')
_LONGEST_NAME = 4  # words of a speaker's
_WHEN = re.compile(
    r"\b(?:(?:in|since|during|by|on)\s)?"
    rf"(?P<when>(?:(?:early|late|mid-?|spring|summer|autumn|winter|{'|'.join(dates.MONTHS)})\s)+\d{{4}})\b"
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a sentence reports: who decided and when, both in its own words; "" for a day that it does not give."""

    actor: str
    verb: str
    when: str
    score: float


def speech(paragraph: str, sentence: str = "") -> bool:
    """Say whether a paragraph, or one sentence in it, is somebody's own words.

    A sentence that addresses others is; one that a speaker's name precedes ("Jo: The council agreed", "A resident: they
    agreed"); one that is quoted ('A resident said, "The council agreed"'). A paragraph is where two speakers' names
    part its sentences. A heading that runs into its text begins a paragraph.
    """
    said = sentence or paragraph
    labels = [word for word in _SPEAKER.findall(paragraph) if not _is_label(word)]
    named = any(said.startswith(f"{word}: The ") for word in labels)
    return named or len(labels) > 1 or bool(_ADDRESS.search(said)) or _is_quoted(said)


def _is_label(word: str) -> bool:
    return word.endswith(_NO_SPEAKER) or word.lower() in cues.LEMMAS


def _is_quoted(text: str) -> bool:
    """Whether a quotation mark after a verb of saying, or a speaker's name, is before the first word of deciding."""
    words = cues.TOKEN.findall(text.lower())
    first = next((at for at, word in enumerate(words) if word in cues.LEMMAS), len(words))
    quote = next((at for at, word in enumerate(words[:first]) if word in _QUOTES), 0)
    label = words[:first].index(":") if ":" in words[:first] else 0
    told = quote and not cues.TELLING.isdisjoint(words[max(0, quote - 2) : quote])
    return bool(told) or (0 < label <= _LONGEST_NAME and (words[0] in ("a", "an") or words[0] in cues.TITLES))


def report(sentence: str, *, sure: bool = False, minutes: str = "") -> Report | None:
    """Return what decision a sentence reports, or None if it reports none.

    Args:
        sentence: one sentence as printed.
        sure: whether its place says that it reports one, so that it need not name the body.
        minutes: the paragraph of minutes that it stands in, "" elsewhere. There somebody may only say so: of a `speech`
            nothing is taken, and "the board decided" without a day or a name is none.
    """
    text = " ".join(sentence.split())
    if not _VERB_AT_ALL.search(text):
        return None
    if not 5 <= len(text.split()) <= _LONGEST or _ASKED.search(text) or speech(minutes):
        return None
    active = (match for match in _ACTIVE.finditer(text) if not _PARTICIPLE.match(text, match.end()))
    matches = [match for match in (*active, *_PASSIVE.finditer(text)) if not (minutes and _only_said(text, match))]
    reports = [made for match in matches if (made := _weighed(text, match))]
    unnamed = Report("", "", _when(text), 0.0) if sure else None
    return max(reports, key=lambda one: one.score, default=unnamed)


def _only_said(text: str, match: re.Match[str]) -> bool:
    """Whether words in minutes may be no more than a speaker's: minutes report earlier decisions in the perfect."""
    named = any(word[0].isupper() and word != "The" for word in match["actor"].split()[:-1])
    return not (named or match["actor"].isupper() or PERFECT.intersection(match[0].split()) or _when(text))


def _weighed(text: str, match: re.Match[str]) -> Report | None:
    """Weigh one actor with one verb; None where there is too little evidence."""
    verb = match["verb"]
    score = _ACTOR + (_WEAK_VERB if verb in _WEAK else _VERB)
    when = _when(text)
    score += _DATED if when else 0.0
    after = text[match.end() :].split()
    score += _OBJECT if len(after) >= 3 or match.start() > 10 else 0.0
    # "may" and the like come before the verb, or in the clause that it opens
    before = text[max(0, match.start() - 40) : match.start()]
    quoted = text[: match.start()].count("“") > text[: match.start()].count("”") or text[: match.start()].count('"') % 2
    if quoted or _NOT_YET.search(match.group()) or _NOT_YET.search(before) or _RELATIVE.search(before):
        score -= _AGAINST
    actor = match["actor"].strip()
    article, _, rest = actor.partition(" ")
    return Report(rest if article.lower() in ("a", "an") else actor, verb, when, score) if score >= _LEAST else None


def _when(text: str) -> str:
    for start, end, _ in dates.find(text):
        return text[start:end]
    month = _WHEN.search(text)
    return month["when"] if month else ""
