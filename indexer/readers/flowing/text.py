"""Plain text and Markdown papers.

Markdown's headings and tables are understood, its emphasis marks and stray HTML tags are dropped, whatever the suffix:
much of what archives hold as .txt was made by a converter that writes Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from statistics import quantiles
from typing import Final

from indexer.errors import UnreadablePaper
from indexer.layout.strikes import left_out
from indexer.readers.flowing.flow import Line, pages, row, tidy
from indexer.records import DELETED, STRUCK, UNSEEN, Document, PageFault
from indexer.text.raised import apart, raised, unstruck
from indexer.text.words import BULLETS

LARGEST: Final = 64_000_000  # bytes; ten times the longest pack
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_RULE: Final = re.compile(r"(?=.*[-=_*]{2})[\s|:+=_*-]*+$")
_BULLET: Final = re.compile(rf"\s*[-*+{BULLETS}·–][ \t]+")
_LIST: Final = re.compile(rf"\s*(?:[-*+{BULLETS}·–]|\(?(?:\d{{1,3}}|[a-z]|[ivx]{{1,5}})[.)])[ \t]+", re.I)
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LONE: Final = re.compile(r"\*\*")
_EMPHASIS: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])")
_TAGS: Final = re.compile(r"</?(?:p|br|ul|ol|li|span|div|mark|table|thead|tbody|tr|td|th)\b[^<>]*>", re.I)
_INLINE: Final = re.compile(r"</?(?:b|i|u|em|strong|sub|sup|ins|font|small|big|center)\b[^<>]*>", re.I)
# Struck out: ~~words~~ or <del>words</del>. Raised: ^1^, <sup>1</sup>, and a footnote's mark [^1].
_STRUCK: Final = re.compile(r"~~(?=\S)[^~]{1,2000}(?<=\S)~~|<(s|del|strike)\b[^<>]*>.{0,2000}?</\1>", re.I)
_RAISED: Final = re.compile(r"<sup\b[^<>]*>(.{0,50}?)</sup>|\[\^([^\]\s]{1,20})\]|\^([^\s^]{1,8})\^", re.I)
# Tracked changes and comments as CriticMarkup writes them, which count as the changes accepted: {--out--}, {++in++},
# {~~old~>new~~}, {==marked==}, {>>comment<<}.
_TRACKED: Final = re.compile(
    r"\{--(?P<out>.{1,2000}?)--\}|\{~~(?P<old>.{0,2000}?)~>(?P<new>.{0,2000}?)~~\}|\{>>.{0,2000}?<<\}"
    r"|\{(?:\+\+(?P<added>.{0,2000}?)\+\+|==(?P<kept>.{0,2000}?)==)\}",
    re.S,
)
# Comments as Markdown has them, and elements that say of themselves that they are hidden.
_UNSHOWN: Final = re.compile(
    r"<!--.{0,20000}?-->|(?m:^\[(?://|comment)\]: *#[^\n]*$)"
    r"|<(\w+)\b[^<>]{0,500}?(?:\shidden\b|display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?<!-)\bcolor\s*[:=]\s*[\"']?(?:white|#fff(?:fff)?)\b)[^<>]{0,500}>.{0,20000}?</\1>",
    re.I | re.S,
)
_FRONT: Final = re.compile(r"\A\s{0,9}---[ \t]*\n(?:[^\n]{0,500}\n){1,100}?(?:---|\.\.\.)[ \t]*\n")
# A link or a picture: what it says or shows, and where it leads. A sign by its name or number: &pound;
_TARGET: Final = re.compile(
    r"!?\[([^\[\]\n]{0,500})\]\((?=[^\s()]{0,2000}[/.#])[^\s()]{1,2000}(?:\s\"[^\"\n]{0,500}\")?\)"
)
# What names the target of a link, which no reader sees, and a link that has its target by name.
_NAMED: Final = re.compile(
    r"^ {0,3}\[(?!\^)([^\[\]\n]{1,100})\]:[ \t]{1,9}"
    r"(?=\S{0,2000}[/.#])\S{1,2000}(?:[ \t]{1,9}\"[^\"\n]{0,500}\")?[ \t]*$",
    re.M,
)
_BY_NAME: Final = re.compile(r"!?\[([^\[\]\n]{1,500})\]\[([^\[\]\n]{0,100})\]")
_ENTITY: Final = re.compile(r"&(?:[a-z]{2,8}\d{0,2}|#\d{1,7}|#x[0-9a-f]{1,6});", re.I)
_NOTE: Final = re.compile(r"\[\^([^\]\s]{1,20})\]:\s*")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(path: Path) -> Document:
    """Read a text or Markdown file in UTF-8, UTF-16 or Windows' code page.

    Raises:
        UnreadablePaper: too large, binary, or without any text.
    """
    if path.stat().st_size > LARGEST:
        message = f"larger than {LARGEST // 1_000_000} MB; split it up"
        raise UnreadablePaper(message, path=str(path))
    raw = path.read_bytes()
    if not decodes(raw):
        message = "not a paper format: found binary data"
        raise UnreadablePaper(message, path=str(path), expected="text", found="binary data")
    markdown = path.suffix.casefold() in (".md", ".markdown")
    text, hidden = _shown(decoded(raw))
    text = _linked(text) if markdown and "]: " in text else text
    accepted, faults = _accepted(text) if "{" in text else (text, ())
    made = pages(lines(accepted, joined=markdown))
    if not made:
        message = "no text in it"
        raise UnreadablePaper(message, path=str(path), expected="text", found="none")
    title = next((page.text[block.start : block.end] for page in made for block in page.blocks if block.level == 1), "")
    struck = sum(len(match[0].split()) for match in _STRUCK.finditer(accepted))
    faults += left_out({STRUCK: struck, UNSEEN: int(hidden)})
    return Document("md" if markdown else "txt", paged=False, pages=made, title=title, faults=faults)


def _shown(text: str) -> tuple[str, bool]:
    """Text without what Markdown does not show, comments and elements that are hidden; and whether it has any."""
    if "<" not in text and "[//]" not in text and "[comment]" not in text:
        return text, False
    shown = _UNSHOWN.sub("", text)
    return shown, shown != text


def _linked(text: str) -> str:
    """Text with links by name as they are shown, and without the lines that name their targets."""
    names = {name.casefold() for name in _NAMED.findall(text)}
    shown = _NAMED.sub("", text) if names else text
    return _BY_NAME.sub(lambda link: link[1] if (link[2] or link[1]).casefold() in names else link[0], shown)


def _accepted(text: str) -> tuple[str, tuple[PageFault, ...]]:
    """Text with its tracked changes accepted and without comments, and what of it is left out."""
    changes = list(_TRACKED.finditer(text))
    deleted = sum(len((change["out"] or change["old"] or "").split()) for change in changes)
    comments = sum(change[0].startswith("{>>") for change in changes)
    faults = (PageFault(0, f"comments in the margin are not read ({comments})"),) if comments else ()
    accepted = _TRACKED.sub(lambda change: change["new"] or change["added"] or change["kept"] or "", text)
    return accepted, (*left_out({DELETED: deleted}), *faults)


def decodes(raw: bytes) -> bool:
    """Whether these bytes can be text: almost no control characters once decoded."""
    if any(raw.startswith(mark) for mark, _ in _MARKS) or _wide(raw):
        return True
    return len(_CONTROL.findall(raw)) <= len(raw) // 500


def decoded(raw: bytes) -> str:
    """Text of the bytes: by their mark, else UTF-8, else Windows' code page; never fails."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(name, errors="replace")
    if wide := _wide(raw):
        return raw.decode(wide, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", errors="replace")
        broken = text.count("\ufffd")
        sound = sum(1 for char in text if char > "\x7f") - broken
        # One cut character does not make a UTF-8 file a Windows one.
        return text if broken * 20 < sound else raw.decode("cp1252", errors="replace")


def lines(text: str, *, joined: bool = False) -> Iterator[Line]:
    """Take text apart into headings, list entries, table rows and paragraphs.

    Args:
        text: the whole file.
        joined: join all lines of a paragraph, as Markdown does; otherwise only lines that look wrapped.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    # What a paper says of itself at its head stands line by line.
    source = _FRONT.sub(lambda match: match[0].replace("\n", "\n\n"), text).split("\n")
    width = _width(source)
    held: list[str] = []
    for raw in source:
        made = _marked(raw)
        blank = not raw.strip()
        if held and (blank or made or _LIST.match(raw) or not (joined or _wrapped(held[-1], raw, width))):
            yield _paragraph(" ".join(held))
            held = []
        if made:
            yield made
        elif not blank and not _RULE.match(raw):
            held.append(raw.strip())
    if held:
        yield _paragraph(" ".join(held))


def _wide(raw: bytes) -> str:
    """Name the UTF-16 order of bytes without a mark: English text has a zero in every second byte."""
    sample = raw[:2000]
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > half * 0.7 and sample[::2].count(0) < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > half * 0.7 and sample[1::2].count(0) < half * 0.1 else ""


def _marked(raw: str) -> Line | None:
    """A heading or table row that one line is by itself."""
    if _RULE.match(raw):
        return None
    heading = _HEADING.match(raw.strip())
    if heading and heading[2]:
        return Line(_plain(heading[2]), level=len(heading[1]), bold=True)
    stripped = raw.strip("\n ")
    if "\t" in stripped.strip("\t"):
        return row(_plain(cell) for cell in stripped.split("\t"))
    if stripped.startswith("|") and stripped.count("|") > 2:
        return row(_plain(cell) for cell in re.split(r"(?<!\\)\|", stripped.strip("|")))
    return None


def _width(source: list[str]) -> int:
    """Column at which the file's lines were wrapped, 0 if they were not: paragraphs run on as far as they like."""
    lengths = [len(line.rstrip()) for line in source if line.strip()]
    if len(lengths) < 8:
        return 0
    widest = int(quantiles(lengths, n=20)[-1])
    return widest if 40 <= widest <= 130 else 0


def _wrapped(line: str, following: str, width: int) -> bool:
    """Whether ``following`` goes on with ``line``: its first word would not have fitted."""
    word = following.split(maxsplit=1)[0] if following.strip() else ""
    return bool(width) and len(line) + 1 + len(word) > width - 6


def _paragraph(text: str) -> Line:
    bullet = _BULLET.match(text)
    bare = text[bullet.end() :] if bullet else text
    mark = "• " if bullet else ""
    strong = _STRONG.match(bare)
    whole = bool(_STRONG.fullmatch(bare.strip()))
    return Line(mark + _plain(bare), bold=whole, lead=len(mark + _plain(strong[0])) if strong and not whole else 0)


def _plain(text: str) -> str:
    """Drop Markdown's and HTML's marks; a lone pair of asterisks is half of a mark that ran over a line's end."""
    text = unstruck(_STRUCK.sub("", text))
    note = _NOTE.match(text)
    text = f"{raised('x', note[1]).strip('x ')} {text[note.end() :]}" if note else text
    text = apart(_RAISED.sub(_high, text)) if "^" in text or "<" in text else apart(text)
    text = _INLINE.sub("", _TAGS.sub(" ", text)) if "<" in text else text
    text = _TARGET.sub(r"\1", text) if "](" in text else text
    text = _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text
    text = _LONE.sub("", _STRONG.sub(r"\2", text))
    return tidy(_ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\1", text)))


def _high(match: re.Match[str]) -> str:
    """Raised text as it reads after what comes before it; other uses of the sign stay as they are."""
    before = match.string[max(0, match.start() - 20) : match.start()]
    mark = match[1] or match[2] or match[3] or ""
    return raised(before, mark)
