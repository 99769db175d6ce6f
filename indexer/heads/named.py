"""The lines at the head of a paper of a meeting, and the bodies that they name; no council is known by name.

A head says "Minutes of the X Committee held at Y on Z", "X Council – Y Board", "Title of meeting: …", or only a name in
large type. Whatever stands where a body's name would is taken for one; a lexicon of the kinds of bodies
says whether it is an authority or a part of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.layout.blocks import Placed
from indexer.text import bodies, dates
from indexer.text.words import listed, words

_LONGEST = 220
# What a meeting is called apart from its body: "an extraordinary meeting of", "Draft minutes of the annual meeting of".
_MANNER = (
    r"(?:an?|the|draft|unconfirmed|confirmed|approved|unapproved|public|open|closed|ordinary|special|extraordinary|regular"
    r"|emergency|remote|virtual|hybrid|annual|monthly|quarterly|printed|formal|informal|adjourned|reconvened|inaugural"
    rf"|scheduled|signed|final|statutory|supplementary|first|second|\(draft\)|{dates.MONTH})"
)
_DOCUMENT = (
    r"(?:minutes?|notes?|record|proceedings|agenda|summons|notice|meeting|reports?\spack|pack|decisions?\s\w+"
    r"|miontuairiscí|cofnodion)"
)
_OPENING = re.compile(
    rf"^\W*(?:(?:{_MANNER}|joint)\W+)*{_DOCUMENT}(?:\W+(?:and|&)\W+{_DOCUMENT})*\W+(?:\w+\W+)?(?:of|for)\b\W*",
    re.IGNORECASE,
)
_BEFORE_MEETING = re.compile(r"^.*\b(?:at|by|of|to|for)\s+(?:the\s+)?(?=.{3,110}?\bmeeting\b\W+(?:on|held|of)\b)", re.I)
# "Title of meeting: X Board": a label says that a body's name follows.
_LABEL = re.compile(
    r"^\W*(?:(?:title|name|type)\sof\s(?:the\s)?)?(?:meeting|committee|board|body|group|panel)(?:\s(?:name|title))?\s*[:\t]",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^\W*(?:{_MANNER}\W+)*(?:meeting\s+of\s+(?:an?\s+|the\s+)?)?", re.IGNORECASE)
# "Trust Board (Public)" is the Trust Board.
_ASIDE = re.compile(
    r"\s*\((?:in\s)?(?:public|open|closed|private|draft|virtual|(?:an?|the)\s\w+|part\s\w+)[^)]*\)", re.IGNORECASE
)
# "Planning Committee meeting of Mudlake Town Council": whose it is follows the word.
_MEETING_OF = re.compile(r"^(?P<board>.{3,90}?)\s+meeting\s+of\s+(?:the\s+)?(?P<whose>.{3,110})$", re.IGNORECASE)
# Where a name in a sentence ends.
_CLOSING = re.compile(
    rf"(?<!\s)\s*+(?:(?:\b{_MANNER}\s++){{0,12}}+\b(?:meeting|minutes|agenda|session)\b|,?\s*+\b(?:which\b|(?:to\sbe\s)?(?:duly\s)?held\b|convened\b|called\b)"
    r"|\b(?:at|in)\s|\bon\s+(?:\d|\w+day|the\s\d|[A-Z][a-z]+\s\d)|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d).*$",
    re.IGNORECASE | re.DOTALL,
)
# Lines that name several things: split by dashes, bars and labels; by commas only where nothing else helps.
# A title that opens in the middle of a line splits it too: "X Council Minutes of the Y Committee".
_PARTED = re.compile(
    r"(?<!\s)\s+[–—|/-]+\s+|(?<!\s)\s*\|\s*|:\s+|(?<!\s)\s+(?=(?:draft\s)?(?:minutes|agenda)\sof\b)"
    r"|(?<!\s)(?<!\ban)(?<!\bof)(?<!\bthe)\s+(?=(?:regular|ordinary|special|annual)\smeeting\sof\sthe\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"{_PARTED.pattern}|,\s+(?-i:(?=[A-Z]))", re.IGNORECASE)
# Meetings that are bodies of their own: those of all electors, members or shareholders.
_GENERAL = re.compile(
    r"\b(?P<name>(?:annual\s+)?(?:(?:parish|town|community)\s+(?:meeting|assembly)|(?:members['’]?\s+)?general\s+meeting)"
    r"|annual\s+(?:assembly|electors['’]?\s+meeting))\b(?!\s+of\s+(?:the\s+)?(?:\w+\s+)*(?:council|committee|board)\b)",
    re.IGNORECASE,
)
# Who can issue papers apart from those that `bodies.authority` knows in any text: only where a head names them.
_ISSUER = re.compile(
    r".+\s(?:Schools?|Academy|Academies|College|University|Federation(?:\sof\s.+)?|Trust|Society|Association|Librar(?:y|ies)"
    r"|Commission|District|Township|County|Corporation|Limited|Ltd|IPS|CIC|CIO|PLC|plc|Charity|Foundation|Institute"
    r"|Hospitals?|Parish|Agency|Service|Diocese|Partnership)"
    r"|(?:The\s)?(?:(?:City|Town|Village|County|Borough|Township|Parish|Municipality|Friends|Corporation|State"
    r"|Commonwealth)\sof|University|Diocese|Comhairle|Cyngor)\s.+",
)
_GOVERNING = re.compile(
    r"(?:(?:Full|Joint|Local|Interim)\s)*(?:Governing\s(?:Body|Board)|Board(?:\sof\s[A-Z][\w ]+)?|Council\sof\s[A-Z]\w+"
    r"|Trustees|Governors|Directors|Selectmen|Select[Bb]oard|Commissioners|Supervisors|Aldermen|Select\sBoard|Committee|Council"
    r"|Cabinet|Executive|Assembly)"
)
_NOT_A_NAME = listed(
    "minutes agenda report present apologies appendix draft copy page item www tel phone dear notice hall room "
    "street road building supported enabling chair clerk title date time place venue decision record by"
)
# Labels of a place or a time.
_WHERE = frozenset(("venue", "place", "location", "where", "date", "time"))
# "Board of County Commissioners" is a board, and not that of somebody else.
_PERSONS = frozenset(("Commissioners", "Supervisors", "Directors", "Governors", "Trustees", "Selectmen", "Aldermen"))
# With these a name goes on in the next line.
_HANGING = frozenset(("and", "of", "the", "for"))
# Small words of sentences, not of names.
_SENTENCE = frozenset(("by", "with", "to", "from", "as"))


@dataclass(frozen=True, slots=True)
class Named:
    """A body that a line names: authority, board or both, "" for neither; ``worth`` is how plainly, about 1 to 4."""

    authority: str
    board: str
    worth: float


def named_in(blocks: Sequence[Placed]) -> Iterator[Named]:
    """Yield the bodies that the lines of a head name; a name that is broken over two or three lines is one."""
    at = 0
    while at < len(blocks):
        line = blocks[at].text.strip(" *#")
        named, used = bodies_in(line), 1
        for more in range(at + 1, min(at + 3, len(blocks))):
            if named or not _unfinished(line) or not _alike(blocks[at], blocks[more]):
                break
            line = f"{line} {blocks[more].text.strip(' *#')}"
            named, used = bodies_in(line), more - at + 1
        before = blocks[at - 1].text.strip(" *#") if at else ""
        split = is_name(before) and not bodies_in(before) and not bodies.authority(line)
        if split and (whole := bodies.authority(f"{before} {line}")):
            named = [Named(whole, "", 3.0)]
        yield from named
        at += used if named else 1


def _unfinished(line: str) -> bool:
    """Whether a body's name may go on in the next line: after "Minutes of the Mud and", "Mud, Sand and"."""
    hanging = line.endswith((",", "&")) or line.split(" ")[-1] in _HANGING
    return len(line) < _LONGEST and (hanging or bool(_OPENING.match(line)))


def _alike(block: Placed, other: Placed) -> bool:
    return not block.row and (block.size, block.bold) == (other.size, other.bold)


def bodies_in(line: str) -> list[Named]:
    """Return the bodies that a line of a head names."""
    text = bodies.once(" ".join(line.replace("\t", " – ").split()))
    if not text or len(text) > _LONGEST or text.split()[0].strip(":–").casefold() in _WHERE:
        return []
    if bodies.is_person(text.partition(": ")[2]):
        return []  # "Executive: Mr A Roe, Director" lists who was there
    if general := _GENERAL.search(text):
        rest = (
            _OPENING.sub("", text[: general.start()]),
            text[general.end() :].strip().removeprefix("of ").removeprefix("the "),
        )
        whose = next((name for part in rest for name in [_issuer(_phrase(part))] if name), "")
        return [Named(whose, bodies.tidy(general["name"]), 4.0)]
    if (parted := _MEETING_OF.match(_unopened(text))) and (whose := _issuer(_phrase(parted["whose"]))):
        board = _board(_phrase(parted["board"]))
        if board:
            return [Named(whose, board, 4.0)]
    opened = _OPENING.match(text) or _BEFORE_MEETING.match(text) or _LABEL.match(line.strip())
    worth = 4.0 if opened else 3.0
    for parting in (_PARTED, None, _LISTED):
        parts = parting.split(text) if parting else [text]
        if parting is _PARTED and len(parts) == 1:
            continue
        if named := [one for part in parts for one in _named(_phrase(_unopened(part)), worth)]:
            # "8 December 2021, 6 pm, the High School library" says where
            placed = parting is _LISTED and dates.parse(parts[0]) is not None
            return [one for one in _together(named) if not placed or one.board or bodies.authority(one.authority)]
    return []


def _unopened(text: str) -> str:
    """Without "Minutes of the" and its like, and without the sentence before "X Board meeting on …"."""
    rest = text
    while match := _OPENING.match(rest):
        rest = rest[match.end() :]
    return _BEFORE_MEETING.sub("", rest) if rest == text else rest


def _phrase(text: str) -> str:
    """What of a text can be a name: without "an extraordinary meeting of" before it, and what follows the name."""
    text = _LEADING.sub("", _ASIDE.sub(" ", text.strip(" *#")))
    return _CLOSING.sub("", text).strip(" ,.:;–—-*#()")


def _named(phrase: str, worth: float) -> list[Named]:
    """Read a phrase as an authority, as a board, or as both: "X School Governing Body", "Trustees of the X Society"."""
    phrase = bodies.spelt_out(phrase)
    if len(phrase) < 4 or len(phrase.split()) > 16:
        return []
    tidied = bodies.tidy(phrase)
    if tidied.startswith("Board of ") and tidied.split()[-1] in _PERSONS:
        return [Named("", tidied, worth)]
    whole = bodies.authority(phrase)
    if both := _board_of_issuer(phrase, whole) or bodies.parted(phrase):
        return [Named(*both, worth)]
    if whole:
        return [Named(whole, "", worth)]
    if both := _issuer_and_board(phrase):
        return [Named(*both, worth)]
    if board := _board(phrase):
        return [Named("", board, worth if " " in board else worth - 1.0)]
    issuer = _issuer(phrase)
    return [Named(issuer, "", worth - 1.0)] if issuer else []


def _board_of_issuer(phrase: str, whole: str) -> tuple[str, str] | None:
    """Part "Board of Directors of the X Trust"; not "Council of the City of X", which is an authority's whole name."""
    for match in reversed(list(re.finditer(r"(?<!\s)\s+of\s+(?:the\s+)?", phrase, re.IGNORECASE))):
        board, whose = _board(phrase[: match.start()]), _issuer(phrase[match.end() :])
        if board and whose and not (whole and board == "Council"):
            return whose, board
    return None


def _issuer_and_board(phrase: str) -> tuple[str, str] | None:
    every = phrase.split()
    for at in range(1, len(every)):
        issuer, board = _issuer(" ".join(every[:at])), _board(" ".join(every[at:]))
        if issuer and board:
            # of "Governing Board of X School – Resources Committee" the school is the issuer
            return (_board_of_issuer(issuer, bodies.authority(issuer)) or (issuer,))[0], board
    return None


def _board(phrase: str) -> str:
    if _SENTENCE.intersection(words(phrase)):
        return ""
    tidied = bodies.tidy(phrase).rstrip("'")
    return bodies.board(phrase) or (tidied if _GOVERNING.fullmatch(tidied) else "")


def _issuer(phrase: str) -> str:
    tidied = bodies.tidy(phrase)
    plain = is_name(tidied) and len(tidied.split()) >= 2
    return bodies.authority(phrase) or (tidied if plain and _ISSUER.fullmatch(tidied) else "")


def is_name(text: str) -> bool:
    """Whether a line can be a body's name: capitalised words, no sentence, nothing else that heads hold."""
    every = [word for word in text.split() if any(letter.isalpha() for letter in word)]
    small = [word for word in every if word.strip("(“‘'\"")[:1].islower()]
    plain = not any(letter in "@:;!?" or letter.isdigit() for letter in text)
    return plain and len(small) * 2 < len(every) <= 10 and _NOT_A_NAME.isdisjoint(words(text))


def _together(named: list[Named]) -> list[Named]:
    """One record where a line names an authority and one board of it."""
    if len(named) == 2 and all((named[0].authority, named[0].board, named[1].board)) and not named[1].authority:
        # "Governing Board of X School – Resources Committee": the part met
        return [Named(named[0].authority, named[1].board, named[0].worth)]
    whose = [one for one in named if one.authority and not one.board]
    boards = [one for one in named if one.board and not one.authority]
    if len(whose) == len(boards) == 1 and len(named) == 2:
        return [Named(whose[0].authority, boards[0].board, max(whose[0].worth, boards[0].worth))]
    return named
