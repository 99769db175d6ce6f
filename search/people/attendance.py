"""Who is printed as present at a meeting, and in which role, read from how its minutes begin.

A list of those present is printed under a label ("Present:", "In attendance:", "Apologies:"), its names separated by
commas or one a line, each with a role in brackets, after a dash or in the next cell. From a line that cannot be read as
such a list nobody is read: nobody is said to have been where the papers do not say so.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.text.names import HONOURS, NAME, PLAIN, TITLE
from indexer.text.words import initials
from search.people.offices import POST, offices

Group = Literal["present", "attending", "in attendance", "apologies"]

_LABEL = re.compile(
    r"(?P<label>[A-Z][^:\t]{2,90}?)\s*(?::|\t)[\s–—-]*(?:(?:Councill?ors|Members):\s*)?(?P<rest>.*)"
    r"|(?P<alone>[A-Z][A-Za-z ]{4,60})",
    re.DOTALL,
)
# What a label says; of several words, the group that comes first here counts.
GROUP = re.compile(
    r"\b(?:(?P<apologies>apolog|absen|substitut)"
    r"|(?P<others>(?:officers?|others?|also|observers?|guests?|invited|public|in attendance)\b)"
    r"|(?P<members>(?:members?(?:ship)?|councill?ors)\b)|(?P<attending>attend(?:ance|ed|ing|ees)?\b)"
    r"|(?P<present>present\b))",
    re.IGNORECASE,
)
_GROUPS: dict[str, Group] = {
    "apologies": "apologies",
    "others": "in attendance",
    "members": "present",
    "attending": "attending",
    "present": "present",
}
# What a list does not say: a line with one of these says what happened.
_TELLS = re.compile(
    r"\b(?:attended|chaired|left|joined|arrived|was|were|is|are|had|has|welcomed|advised|gave|sent|received|noted|may|not"
    r"|elected|appointed|resolved|agreed|reported)\b"
)
# What opens a table of members, and what shows that a cell also names somebody.
_MEMBERS = re.compile(r"(?:(?:non-)?voting|associate|co-opted)?\s*members(?:hip)?(?: of .*)?:?", re.IGNORECASE)
_TITLED = re.compile(rf"\b{TITLE}\.?\s+[A-Z]")
# A line that ends so goes on in the next.
_GOES_ON = (",", " and", "Dr", "Mr", "Mrs", "Ms")
_PIECE = re.compile(r"(?:[^,;()\t]|\([^()]*\))+")
# A list that gives each name's initials in brackets may have nothing else between its names.
_AND = re.compile(
    r"(?P<key>\([A-Z](?:[ -]{0,2}[A-Z]){1,3}\)\.?\s+(?=[A-Z]))|\([^()]*\)"
    r"|(?P<and>(?<!\s)\s+(?:and|&)\s+(?=[A-Z\d]))"
)
_ONE = re.compile(rf"(?:and\s+)?(?P<name>{NAME})(?:,?\s+(?:{HONOURS.pattern}))?\s*(?P<more>(?:\([^()]*\)\s*)*)")
_LEADING = re.compile(rf"(?P<name>{PLAIN})\s+(?P<role>(?!and\b)[^\W\d_].*)", re.DOTALL)
_OTHERS = re.compile(rf",\s*(?:and\s+)?{NAME}\s*(?:,|\(|$)|\band\s+{TITLE}\.?\s")
_CHAIRED = re.compile(
    rf"(?:[Tt]he )?(?:[Mm]eeting )?(?:was )?[Cc]haired by (?P<by>{NAME}|[A-Z]{{2,4}}\b)"
    rf"|(?P<name>{NAME}|\b[A-Z]{{2,4}}) (?:chaired the meeting|took the chair|(?:was )?in the chair|presided)\b"
)
_DASHED = re.compile(rf"(?P<name>{NAME})\s+[–—-]\s+(?P<role>[^\t]+)", re.DOTALL)
_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody in a list: name and role as printed ("" where none is), the group, and its place in the text."""

    name: str
    role: str
    group: Group
    start: int
    end: int


def attendees(text: str) -> list[Attendee]:
    """Read the lists of those present in how minutes begin; empty where there is none."""
    people: list[Attendee] = []
    group: Group | None = None
    role = ""
    labels = set[Group | None]()
    empty = True  # whether the list under the label has named nobody so far
    for start, line in _lines(text):
        named, label, at = _labelled(line)
        if label:
            labels.add(named)
            office = label if offices(label) else ""
            group, role, empty = (named or group or "present") if office else named, office, True
        if group is None:
            continue
        # Behind a label a list may end in further words: "... and six others, whose names are in the register".
        own = [] if _tells(line) and not label else _read(line[at:], start + at, group, role)
        if not own and not empty and not label:
            group = None
        empty = empty and not own
        people += own
    # Attendees stand in the place of those present, unless these have a list of their own.
    instead: Group = "in attendance" if "present" in labels else "present"
    people = [replace(one, group=instead) if one.group == "attending" else one for one in people]
    return [*people, *_chaired(text, people)] if labels - {None} else people


def _chaired(text: str, people: Sequence[Attendee]) -> Iterator[Attendee]:
    """Read from a sentence behind the list who was in the chair: by name, or by the initials of one in the list."""
    for match in _CHAIRED.finditer(text):
        said = (match["name"] or match["by"]).strip()
        known = {initials(one.name).upper(): one.name for one in people if one.group == "present"}
        if name := known.get(said, said if re.fullmatch(NAME, said) else ""):
            yield Attendee(name, "Chair", "present", match.start(), match.end())
            return


def listed(text: str) -> list[Attendee]:
    """Read names between commas, of a text that is known to begin with such a list."""
    return _listed(" ".join(text.split()), 0, "present", "")


def members(text: str) -> list[Attendee]:
    """Read the table of a body's members on a front sheet: rows of one name, and of the post or office beside it."""
    people: list[Attendee] = []
    within, start = False, 0
    for line in text.split("\n"):
        if _MEMBERS.fullmatch(line.strip()):
            within = True
        elif line.strip().casefold() == "agenda":
            within = False
        elif within:
            cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
            rest = [cell for cell in cells if not _ONE.fullmatch(cell)]
            if 0 < len(rest) < 3 and (offices(rest[0]) or POST.match(rest[0])) and not any(map(_TITLED.search, rest)):
                people += _row(line, cells, start, "present")
        start += len(line) + 1
    return people


def extent(text: str) -> tuple[int, int] | None:
    """Find where the lists of those present begin and end in a text, whole lines; None where there is none."""
    begin = end = None
    for start, line in _lines(text):
        named, _, _ = _labelled(line)
        if begin is None and named:
            begin = start
    people = attendees(text)
    if begin is None or not people:
        return None
    last = people[-1].end
    end = text.find("\n", last)
    return min(begin, people[0].start), len(text) if end < 0 else end


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Give lines with their places; one that cannot end where it is broken goes on in the next."""
    start, held = 0, ""
    for line in text.split("\n"):
        whole = f"{held} {line}" if held else line
        if whole.count("(") > whole.count(")") or whole.rstrip().endswith(_GOES_ON):
            held = whole
            continue
        yield start, whole
        start, held = start + len(whole) + 1, ""
    if held:
        yield start, held


def _labelled(line: str) -> tuple[Group | None, str, int]:
    """Read a line's label: which group it opens, the label, and where what follows begins."""
    match = _LABEL.match(line)
    if match is None:
        return None, "", 0
    label = match["label"] or match["alone"]
    if match["alone"] and match.end() < len(line.rstrip()):
        return None, "", 0
    said = {word.lastgroup for word in GROUP.finditer(label)}
    named = next((group for word, group in _GROUPS.items() if word in said), None)
    person = _ONE.fullmatch(label) or _LEADING.fullmatch(label)
    if match["alone"]:
        return (named, label, len(line)) if named and not person else (None, "", 0)
    first_cell = line[match.end("label") :].lstrip(" ")[:1] == "\t" and not offices(label)
    if named is None and (person or first_cell):
        return None, "", 0
    return named, label, match.start("rest")


def _read(line: str, offset: int, group: Group, role: str) -> list[Attendee]:
    """Read one line of a list; nobody where it is none."""
    if not line.strip():
        return []
    if pairs := _keyed(line, offset, group):
        return pairs
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    if len(cells) > 1:
        return _row(line, cells, offset, group)
    for pattern in (_DASHED, _LEADING):
        if (match := pattern.fullmatch(line.strip())) and "," not in match["name"]:
            at = offset + line.index(match["name"])
            if pattern is _DASHED or not _ONE.fullmatch(line.strip()):
                if _OTHERS.search(match["role"]):
                    break  # a list, not one person's role
                return [
                    Attendee(match["name"], " ".join(match["role"].split()), group, at, offset + len(line.rstrip()))
                ]
    return _listed(line, offset, group, role)


def _keyed(line: str, offset: int, group: Group) -> list[Attendee]:
    """Read a line of nothing but names and their initials, one behind each name or a column of them behind several."""
    people: list[Attendee] = []
    waiting: list[re.Match[str]] = []
    for token in re.finditer(r"\([^()]*\)|\S+", line):
        if not re.fullmatch(r"[A-Z]{2,4}[a-z]?", token[0]):
            waiting.append(token)
            continue
        size = sum(map(str.isupper, token[0]))
        own, waiting = waiting[:size], waiting[size:]
        role = waiting.pop(0)[0].strip("()") if waiting and waiting[0][0].startswith("(") else ""
        name = " ".join(word[0] for word in own)
        if len(own) < size or not re.fullmatch(NAME, name) or not token[0].upper().startswith(initials(name).upper()):
            return []
        people.append(Attendee(name, role, group, offset + own[0].start(), offset + own[-1].end()))
    return [] if waiting else people


def _tells(text: str) -> bool:
    return _TELLS.search(_BRACKETS.sub("", text)) is not None


def _listed(line: str, offset: int, group: Group, role: str) -> list[Attendee]:
    """Read names between commas, each with what is in brackets after it, or as a role after a comma."""
    people: list[Attendee] = []
    strange = 0
    for piece in _pieces(line):
        text, at = piece
        if _tells(text):
            break
        match = _ONE.fullmatch(text)
        if match:
            short = initials(match["name"]).upper()
            said = [
                one
                for bracketed in _BRACKETS.findall(match["more"])
                if not short.endswith(one := " ".join(bracketed.split()))
            ]
            start = offset + at + match.start("name")
            people.append(
                Attendee(match["name"], "; ".join(said) or role, group, start, offset + at + len(text.rstrip()))
            )
        elif people and POST.match(text.strip()):
            last = people.pop()
            roles = "; ".join(filter(None, (last.role, " ".join(_BRACKETS.sub("", text).split()))))
            people.append(Attendee(last.name, roles, group, last.start, offset + at + len(text.rstrip())))
        elif not HONOURS.fullmatch(text.strip()) and text.strip(" ."):
            strange += 1
    return people if len(people) > strange else []


def _pieces(line: str) -> Iterator[tuple[str, int]]:
    for piece in _PIECE.finditer(line):
        at = piece.start()
        for part in _parts(piece[0]):
            yield part.strip().rstrip("."), at + len(part) - len(part.lstrip())
            at += len(part)


def _parts(text: str) -> Sequence[str]:
    """Cut before every "and" outside brackets and before a capital, and behind initials in brackets."""
    cuts = [match.end() if match["key"] else match.start() for match in _AND.finditer(text) if match.lastgroup]
    cuts = [0, *cuts, len(text)]
    return [text[one:other] for one, other in itertools.pairwise(cuts)]


def _row(line: str, cells: Sequence[str], offset: int, group: Group) -> list[Attendee]:
    """Read a row of a table: one cell is a name, the others say who that is."""
    named = [match for cell in cells if (match := _ONE.fullmatch(cell))]
    roles = [cell for cell in cells if not _ONE.fullmatch(cell)]
    if len(named) != 1 or not roles:
        return []
    # Cells of initials alone are a key to the minutes.
    spelt = [cell for cell in roles if any(len(word) > 3 for word in cell.split())]
    said = [" ".join(one.split()) for one in (*_BRACKETS.findall(named[0]["more"]), *spelt)]
    begin, end = len(line) - len(line.lstrip()), len(line.rstrip())
    return [Attendee(named[0]["name"], "; ".join(said), group, offset + begin, offset + end)]
