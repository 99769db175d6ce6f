"""The verbs of one sentence of minutes: whose each is, what helps it, and who that is by name.

Read by a few signs of grammar, in linear time: it is no parser, and where it does not know a subject it says "thing".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from indexer.text import cues
from indexer.text.words import listed

# Whose a verb is: somebody's; of several not named; of what a name or a body is of; of who was asked to, or took it on;
# of all, where "it was agreed to"; of nobody, where a clause begins with "to".
Who = Literal["person", "people", "name", "body", "thing", "which", "begins", "asked", "took on", "agreed"]
Does = Literal["task", "other", "state", "done", "asked"]

_HELPING = {"to": "to", "will": "will", "shall": "will", "would": "would", "should": "should", "must": "should"}
_STATES = listed("be is are was were been being have has had not remain")
_ASKING = listed("asked requested instructed invited directed tasked")
_ASKS = listed("asks requests instructs invites directs requested request ask instruct invite")
_TAKING = listed("agreed offered undertook volunteered promised")
_BEING = listed("be is are was were")
_PEOPLE = listed("officers trustees members councillors all everyone volunteers residents")
_PRONOUNS = listed("he she they")
_POINTING = listed("it this these that those there what any no nothing none every each such")
_RELATIVE = listed("which who")
_SKIPPED = listed("also now then not kindly therefore both all again the a an and further formally , be")
_NO_NAMES = cues.LEMMAS.keys() | cues.MONTHS | cues.DAYS | _SKIPPED | _POINTING
_DETERMINERS = listed("the a an this that all any our their its")
# Verbs of telling that as often say what was done with a paper.
_SHOWN = listed("presented introduced updated read")
# What is done when somebody does what they were asked to, and what a thing that was asked for has had done to it.
_TASKS = listed(
    "write contact report provide circulate prepare produce send obtain seek check investigate ask arrange organise "
    "draft bring present submit publish speak review request email phone forward pursue enquire inquire chase look "
    "find notify inform raise share clarify confirm invite liaise approach get make put collect explore order "
    "buy advertise ascertain collate remind reply respond"
)
_DONE = listed(
    "brought presented provided submitted circulated prepared produced reported arranged drafted sought obtained "
    "written sent contacted investigated published forwarded notified informed invited raised chased passed"
)
_BETWEEN = listed("and , & /")
_JOINING = cues.ROLES | _PRONOUNS | _BETWEEN | listed("the a to of for all officers trustees")
_OPENING = frozenset(".:;–—-•\t()\uf0b7∑o")
_LEADING = listed("and that also therefore in , further resolved agreed")
_OF_BODIES = ("CC", "BC", "DC", "WB", "HS", "CG", "CA")
# How many words before its verb a subject is, how many behind it are read, and how long initials are, at most.
_FAR, _NEXT = 8, 4
_SHORTEST, _LONGEST = 2, 4
_BY = re.compile(r"[^.;:]{0,60}?\bby\s(?P<who>the\s(?:[A-Z]?[\w'’-]+\s?){1,6}|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,4})")


class Verb(NamedTuple):
    """A verb with its helper at ``at`` among the words; its subject ends before ``end``."""

    at: int
    end: int
    who: Who
    how: str
    does: Does


class Clause:
    """The words of one sentence."""

    def __init__(self, text: str) -> None:
        found = list(cues.TOKEN.finditer(text))
        self.text, self.spans, self.tokens = text, [match.span() for match in found], [match[0] for match in found]
        self.low = [word.lower() for word in self.tokens]

    def telling(self) -> int:
        """Where somebody is first said to say something; the number of words where nobody is."""
        return next((at for at in range(len(self.low)) if self._tells(at)), len(self.low))

    def _tells(self, at: int) -> bool:
        """Whether a word is of telling; that somebody "is asked", or something "be reported", is not."""
        word, before = self.low[at], self.low[max(0, at - 2) : at]
        if word not in cues.TELLING or word in _SHOWN:
            return False
        return _BEING.isdisjoint(before) if word == "asked" else "be" not in before

    def agrees(self, end: int, clause: str = "") -> bool:
        """Whether it is said before there that all agreed or decided, and what they did in a ``clause`` ("that")."""
        lemmas = {cues.LEMMAS.get(word, "") for word in self.low[:end]}
        return not lemmas.isdisjoint(("agree", "resolv", "decide")) and (not clause or clause in self.low[:end])

    def verbs(self) -> Iterator[Verb]:
        """Find verbs with what helps them, in order."""
        for at, word in enumerate(self.low):
            if word in _HELPING and (at == 0 or self.tokens[at].islower() or self.tokens[at - 1] in _OPENING):
                verb = self._to(at) if word == "to" else self._helped(at, *self.subject(at))
            elif word == "be" or word in _TASKS:
                verb = self._bare(at)
            else:
                verb = None
            if verb is None and word in _ASKS and self._asks(at):
                verb = Verb(at, at, "body", "asks", "asked")
            if verb:
                yield verb

    def _asks(self, at: int) -> bool:
        """Whether a body asks there: "the Board asks", "to request", "Requested an update"; not "a request"."""
        before = self.low[at - 1] if at else "that"
        begins = before in ("to", "that", "and") or before in _OPENING
        return before not in _DETERMINERS - {"that"} and (begins or self.subject(at)[0] == "body" or self.is_known(at))

    def _bare(self, at: int) -> Verb | None:
        """Read a verb that nothing helps: "that a report be provided", "that the Clerk obtain"."""
        who, end = self.subject(at)
        if self.low[at] != "be":
            bare = who == "person" and end == at and "that" in self.low[max(0, at - _FAR) : at]
            return Verb(at, end, who, "bare", "task") if bare else None
        does = _passive(self._after(at))
        return Verb(at, at, who, "be", does) if does and at and self.low[at - 1] not in _HELPING else None

    def _after(self, at: int) -> list[str]:
        return [word for word in self.low[at + 1 : at + _FAR] if word not in _SKIPPED - {"be"}][:_NEXT]

    def _helped(self, at: int, who: Who, end: int) -> Verb | None:
        after = self._after(at)
        first = after[0] if after else ""
        does: Does = "task" if first in _TASKS else "other"
        if first in _STATES:
            does = (_passive(after[1:3]) if first == "be" else None) or "state"
        return None if who == "which" or not after else Verb(at, end, who, _HELPING[self.low[at]], does)

    def _to(self, at: int) -> Verb | None:
        """Read "to" with its verb; None where it is a noun's or leads somewhere: "a request to", "to the Board"."""
        following = self.tokens[at + 1 : at + 2]
        if not following or not following[0].islower() or following[0] in _DETERMINERS:
            return None
        if at == 0 or self.tokens[at - 1] in _OPENING:
            return None if following[0] in cues.LEMMAS.keys() | _ASKS else self._helped(at, "begins", at)
        who, end = self.subject(at)
        verb = self._helped(at, who, end)
        if verb and verb.does == "done":
            return None if any(self._parts(back) for back in range(at) if self.low[back] not in _OPENING) else verb
        theirs = who in ("asked", "took on", "agreed") or (end == at and who in ("person", "body"))
        return verb if theirs else None

    def subject(self, at: int) -> tuple[Who, int]:
        """What the subject of a verb is, and where it ends."""
        if at and self.low[at - 1] in _ASKING:
            return self._asked(at - 1)
        if at and self.low[at - 1] in _TAKING:
            return self._taken(at - 1)
        end = at
        for back in range(at - 1, max(-1, at - _FAR - 1), -1):
            if who := self._kind(back, end == at):
                return who, end
            if self.low[back] not in _SKIPPED and self.tokens[back] not in "/&()":
                end = back
        return "thing", end

    def _kind(self, at: int, close: bool) -> Who | None:
        """What a word is, if it can be a subject or ends the search for one."""
        word, printed = self.low[at], self.tokens[at]
        if word in cues.ROLES or word in _PRONOUNS or is_initials(printed):
            return "person"
        if word in _PEOPLE:
            return "people"
        if word in cues.BODIES or (printed.isupper() and len(printed) > _SHORTEST):
            of = not cues.ROLES.isdisjoint(self.low[max(0, at - 3) : at])  # "the Clerk to the Board"
            return "person" if of else "body"
        if word in _RELATIVE:
            return "which"
        if len(printed) > _SHORTEST and printed[0].isupper() and word not in _NO_NAMES:
            return "person" if self._is_persons(at, close) else "name"
        return "thing" if word in _POINTING or word in _OPENING - {"(", ")"} else None

    def _asked(self, at: int) -> tuple[Who, int]:
        """Who is or was asked to do something, now and not before."""
        helped = next((back for back in range(at, max(-1, at - 4), -1) if self.low[back] in _BEING), at)
        before = not {"had", "been"}.isdisjoint(self.low[max(0, at - 3) : at])
        was = self.low[helped] in ("was", "were")
        told = was and self.subject(helped)[0] in ("body", "people")  # "members were asked"
        return ("thing", at) if helped == at or before or told else ("asked", helped)

    def _taken(self, at: int) -> tuple[Who, int]:
        """Who agreed or offered to do something, now and not before; all, where "it was agreed to"."""
        before = self.low[max(0, at - 3) : at]
        who = self.subject(at)[0]
        if {"had", "been"} & set(before) or who == "body":
            return "thing", at
        if not _BEING.isdisjoint(before) or who not in ("person", "name"):
            return "agreed", at
        end = next(back for back in range(at - 1, -1, -1) if self.low[back] not in ("has", "have", *_SKIPPED)) + 1
        return "took on", end

    def _is_persons(self, at: int, close: bool) -> bool:
        """Whether a word in capitals is a person's: behind a title or a first name, or alone where a clause begins."""
        before = self.tokens[max(0, at - 2) : at]
        titled = any(word.lower() in cues.TITLES for word in before)
        full = bool(before) and before[-1].isalpha() and before[-1][:1].isupper() and before[-1].lower() not in _SKIPPED
        return titled or full or (close and (not before or before[-1] in _OPENING))

    def is_named(self, end: int) -> bool:
        """Whether a clause begins with somebody who is named and ends there."""
        return self.subject(end)[0] in ("person", "name") and self.starts(end)

    def starts(self, end: int, *, anywhere: bool = False) -> bool:
        """Whether a sentence begins, or a clause ``anywhere``, with a subject of names and what joins them alone."""
        begin = self._begin(end)
        named = self._named(begin, end)
        opens = begin == 0 or len(named) < end - begin or self.tokens[begin - 1] in _OPENING
        # "The form was long and AB will report back."
        if not _whole(named) and "and" in named and self.low[end : end + 1] != ["to"]:
            last = len(named) - named[::-1].index("and")
            named, opens = named[last:], True
        return (opens or anywhere) and 0 < len(named) < _FAR and _whole(named)

    def is_known(self, end: int) -> bool:
        """Whether what ends there can only be a person, as no one word in capitals must: "Access to services"."""
        last = self.tokens[end - 1]
        return is_initials(last) or last.lower() in cues.ROLES | _PRONOUNS

    def _begin(self, end: int) -> int:
        """Where the words before a verb begin that can be its subject."""
        begin = end
        while begin and end - begin < _FAR and not self._parts(begin - 1):
            begin -= 1
        return begin

    def _parts(self, at: int) -> bool:
        word = self.low[at]
        verb = word in cues.LEMMAS or (word in cues.AUXILIARIES and word != "to")
        return verb or word == "that" or word in _OPENING

    def owner(self, verb: Verb) -> str:
        """Name who is charged, "" where that names nobody."""
        if verb.how == "asks":
            reach = range(verb.at + 1, min(verb.at + _FAR + 2, len(self.low)))
            end = next((at for at in reach if self.low[at] in _HELPING or self.low[at] in _TASKS), verb.at)
            return self._said(verb.at + 1, end, any_noun=True)
        if verb.does == "done":
            by = _BY.match(self.text, self.spans[verb.at][1])
            who = by["who"].split() if by else []
            return " ".join(who) if who and (who[-1].istitle() or who[-1] in cues.ROLES | cues.BODIES) else ""
        if verb.who in ("agreed", "begins"):
            return ""
        return self._said(self._begin(verb.end), verb.end, any_noun=verb.does == "asked")

    def _said(self, begin: int, end: int, *, any_noun: bool) -> str:
        """Cut a name out of some words: initials alone, or names, offices and what joins them; or ``any_noun``."""
        while begin < end and (self.low[begin] in _LEADING or not self.tokens[begin][0].isalnum()):
            begin += 1
        while begin < end and self.low[end - 1] in _SKIPPED:
            end -= 1
        begin = self._initials(begin, end) if begin < end and is_initials(self.tokens[end - 1]) else begin
        named = self._named(begin, end)
        nobody = not named or named[0].lower() in _POINTING | _RELATIVE or not (any_noun or _whole(named))
        if nobody or not _PRONOUNS.isdisjoint(map(str.lower, named)):
            return ""
        return " ".join(self.text[self.spans[end - len(named)][0] : self.spans[end - 1][1]].split())

    def _initials(self, begin: int, end: int) -> int:
        """Where the initials begin with which a subject ends: "In future, GD", "Notice Boards RB"."""
        first = end
        while first > begin and (is_initials(self.tokens[first - 1]) or self.low[first - 1] in _BETWEEN):
            first -= 1
        return first + (self.low[first] in _BETWEEN)

    def _named(self, begin: int, end: int) -> list[str]:
        """The words of a subject, without what a comma parts from it: "In the meantime, Jo Poe"."""
        named = self.tokens[begin:end]
        commas = [at for at, word in enumerate(named) if word == "," and not is_initials(named[at - 1])]
        return named[commas[-1] + 1 :] if commas else named


def _whole(named: Sequence[str]) -> bool:
    """Whether words are names, offices and what joins them, and nothing else."""
    known = cues.ROLES | cues.BODIES | _PEOPLE
    told = [word for word in named if word[0].isupper() or word.lower() in known]
    return bool(told) and all(word in told or word.lower() in _JOINING or not word.isalpha() for word in named)


def _passive(after: Sequence[str]) -> Literal["asked", "done"] | None:
    return "asked" if not _ASKING.isdisjoint(after) else "done" if not _DONE.isdisjoint(after) else None


def is_initials(token: str) -> bool:
    """Whether a word is a person's initials, and no council's short name: "JS", "AHol", not "SBC"."""
    capitals = sum(map(str.isupper, token))
    short = _SHORTEST <= len(token) <= _LONGEST - token.isupper()
    return token.isalpha() and short and capitals > 1 and not token.endswith(_OF_BODIES)
