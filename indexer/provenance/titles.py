"""What a paper is called: the printed title, else the file's own, else its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.heads import filing
from indexer.heads.headings import body_size, clean_title, is_heading, is_known
from indexer.heads.openings import HEAD_BLOCKS, TOP_BLOCKS, Head, appendix_head
from indexer.layout.blocks import Placed
from indexer.records import Document, Meeting, PaperKind
from indexer.text import bodies, dates
from indexer.text.words import WORD, listed, overlap, words

_LETTER = re.compile(r"i am now able to enclose|\bagenda\b", re.IGNORECASE)
_DECISION_TITLE = re.compile(
    r"(?:subject matter\s*/\s*)?(?:(?:key )?(?:decision|report) )?(?:title|subject(?: matter)?)"
    r"(?: of (?:the )?(?:decision|report))?\s*(?:[:\t]\s*(?P<title>.*)|$)",
    re.IGNORECASE,
)
# Titles that programs and templates put into files.
_RUBBISH = re.compile(
    r"\s*|.*\.(?:docx?|pdf|xlsx?|pptx?)|microsoft \w+.*|untitled.*|document\d*|(?:the |committee )?report(?: template)?"
    r"|agenda(?: template)?|minutes|executive decision|record of decision|template|\(public pack\).*|presentation.*"
    r"|slide \d+.*",
    re.IGNORECASE,
)
# "Appendix 1" anywhere in a file's name
_NUMBERED = re.compile(r"\b(?P<word>appendix|annexe?)[ -]*(?P<number>\d{1,2}|[a-z])\b(?!\.\d)", re.IGNORECASE)
# Forms say of what they are: "EQIA Title", then the title, in the next cell or line.
_FORM = re.compile(
    r"^(?P<what>EqIA|EIA|DPIA|HIA) (?:project )?title\s*:?\s*(?P<title>\S[^\t\n]*)", re.IGNORECASE | re.MULTILINE
)
# Lines at a paper's head that do not say what it is about.
_SAYS_NOTHING = re.compile(
    r"(?:joint )?report (?:of|by|from|to) .*|(?:agenda )?item(?: no\.?)?\W*[\d.]+\w?|(?:key |non-key )?decision"
    r"|(?:for|not for|open) \w+|public session|part (?:1|i|one)|from .*|to .*|dear .*|[^:]{2,40}:\s.*",
    re.IGNORECASE,
)
_FORM_WORDS = listed(
    "record recording of the a an decision decisions form notice sheet log executive officer delegated member cabinet "
    "key non individual statement taken made by under"
)
# The least size of a cover's title, in points and in times the size of the prose.
_COVER_TYPE = 18.0
_COVER = 1.6
_COVER_WORDS = 30
_MEETING_PAPERS: dict[PaperKind, str] = {
    "pack": "Agenda pack",
    "agenda": "Agenda",
    "minutes": "Minutes",
    "supplement": "Agenda supplement",
}


def title(
    blocks: Sequence[Placed], head: Head | None, kind: PaperKind, meeting: Meeting, document: Document, path: str
) -> str:
    """Return a paper's title.

    Args:
        blocks: the paper's first blocks.
        head: the head of minutes or of a report that it begins with, if any.
        kind: what it is; papers of a meeting are named by board and date.
        meeting: its meeting.
        document: for the file's own title.
        path: its name is the last resort.
    """
    text = "\n".join(block.text for block in blocks[:TOP_BLOCKS])
    enclosed = kind == "supplement" and (head or not _LETTER.search(text))
    if kind in _MEETING_PAPERS and not enclosed:
        return _dated(_MEETING_PAPERS[kind], meeting)
    if kind == "decision" and (subject := _of_decision(blocks)):
        return subject
    if head and head.title and not says_only_the_form(head.title, meeting.authority):
        return head.title
    name = clean_title(filing.named(path))
    if kind == "appendix":
        return _of_appendix(blocks, name)
    best = _agreed(
        [
            (cover := _cover(blocks), 3.0),
            (heading := _printed(blocks), 2.0),
            ("" if kind == "decision" else _of_file(document), 1.5),
            (name, 0.5),
        ],
        (cover, heading),
        [" ".join(block.text.split()) for block in _first_page(blocks)],
    )
    if kind == "decision" and says_only_the_form(best, meeting.authority):
        return _dated("Decisions", meeting)
    return best


def says_only_the_form(title: str, authority: str) -> bool:
    """Whether a title names nothing but the form that it heads: "Mudshire Council – Record of Decision"."""
    said = set(words(title)) - set(words(authority))
    return bool(said) and said <= _FORM_WORDS


def _dated(what: str, meeting: Meeting) -> str:
    when = f"{meeting.date.day} {meeting.date:%B %Y}" if meeting.date else ""
    return ", ".join(filter(None, (what, meeting.board, when)))


def _agreed(candidates: Sequence[tuple[str, float]], printed: tuple[str, str], page: Sequence[str]) -> str:
    """The candidate with the most weight: its own, and that of the others as far as they share words.

    What a file says of itself counts more where it is a line of the page, and is not one of the ``printed`` candidates
    already; what a designer's program or a template left there loses against what is printed.
    """
    sets = [(title, weight, _words(title)) for title, weight in candidates if title]
    lines = {clean_title(line).casefold() for line in page}

    def weight(one: tuple[str, float, frozenset[str]]) -> float:
        title, own, words = one
        others = sum(w * overlap(words, theirs) for t, w, theirs in sets if t != title)
        told_twice = title.casefold() in lines and title not in printed
        return own + others + (1.5 if told_twice else 0.0)

    best = max(sets, key=weight)[0] if sets else ""
    # Of one title in two cases the one that is not shouted is the easier to read.
    return next((title for title, _, _ in sets if title.casefold() == best.casefold() and not title.isupper()), best)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text.casefold()) if len(word) > 2)


def _of_file(document: Document) -> str:
    """The title that the file itself states, "" where a program or a template put it there."""
    if _RUBBISH.fullmatch(document.title) or len(document.title) < 8:
        return ""
    return clean_title(document.title)


def _of_decision(blocks: Sequence[Placed]) -> str:
    """The subject of a record of decision: "Title of Decision: …", after the label or on the next line."""
    for index, block in enumerate(blocks[:TOP_BLOCKS]):
        if match := _DECISION_TITLE.fullmatch(block.text.strip()):
            following = blocks[index + 1].text if index + 1 < len(blocks) else ""
            return clean_title(match["title"] or following)
    return ""


def _of_appendix(blocks: Sequence[Placed], name: str) -> str:
    """An appendix's number and name as printed at its head; else its file's number with what its cover says."""
    first = _first_page(blocks)
    for index, block in enumerate(first):
        if head := appendix_head(block):
            if not head.title and index + 1 < len(first):
                head = replace(head, title=clean_title(first[index + 1].text))
            return clean_title(head.name if head.number else head.title or name)
    cover = _cover(blocks)
    if filed := _NUMBERED.search(name):
        label = f"{filed['word'].capitalize()} {filed['number'].upper()}"
        own = cover or ("" if name[: filed.start()].strip() else name[filed.end() :].lstrip(" -–:"))
        return clean_title(f"{label}: {own}" if own[:1].isalpha() else name)
    form = _FORM.search("\n".join(block.text for block in first)) if len(name.split()) <= 2 else None
    return clean_title(cover or (f"{form['what']}: {form['title']}" if form else name))


def _first_page(blocks: Sequence[Placed]) -> list[Placed]:
    return [block for block in blocks[:HEAD_BLOCKS] if block.page == blocks[0].page]


def _cover(blocks: Sequence[Placed]) -> str:
    """The title on a cover: the longest run of lines in type much larger than any prose; "" if there is none."""
    first = _first_page(blocks)
    largest = max((block.size for block in first), default=0.0)
    if largest < _COVER_TYPE or largest < body_size(blocks) * _COVER:
        return ""
    runs: list[list[str]] = [[]]
    for block in first:
        text = " ".join(block.text.split())
        whose = bodies.authority(text) or bodies.board(text) or dates.whole(text)
        if block.size < largest or block.row or whose or appendix_head(block):
            runs.append([])
        else:
            runs[-1].append(text)
    title = clean_title(" ".join(max(runs, key=lambda run: len(" ".join(run)))))
    if not 3 <= len(title.split()) <= _COVER_WORDS or is_known(title):
        return ""
    return title


def _printed(blocks: Sequence[Placed]) -> str:
    """The first heading of the first page that is not a body's name, a date or a template's word."""
    body, first = body_size(blocks), _first_page(blocks)
    for index, block in enumerate(first):
        following = first[index + 1] if index + 1 < len(first) else None
        title = clean_title(block.text)
        if len(title.split()) < 2 or is_known(title) or not is_heading(block, following, body):
            continue
        if not (bodies.authority(title) or bodies.board(title) or dates.whole(title) or _SAYS_NOTHING.fullmatch(title)):
            return title
    return ""
