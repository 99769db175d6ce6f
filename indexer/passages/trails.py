"""The headings above a passage, outermost first, short enough to be embedded with it."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.records import Section

# With a passage of 110 words this stays well under the 256 tokens that the encoder reads.
_WORDS = 40
_TITLE_WORDS = 18


def trail(section: Section, sections: Mapping[int, Section]) -> tuple[str, ...]:
    """Return the headings of a section: at most 40 words in all, of which the innermost are kept.

    Args:
        section: the passage's section.
        sections: all sections of the paper by ordinal.
    """
    chain: list[Section] = []
    step: Section | None = section
    while step is not None:
        chain.append(step)
        step = None if step.parent is None else sections[step.parent]
    names = [_meeting(chain[-1])]
    names += [_name(one) for one in reversed(chain)]
    kept: list[str] = []
    left = _WORDS
    for name in reversed(list(dict.fromkeys(filter(None, names)))):
        words = name.split()[: min(left, _TITLE_WORDS)]
        if words:
            kept.append(" ".join(words))
        left -= len(words)
    return tuple(reversed(kept))


def _meeting(section: Section) -> str:
    """For example "Health and Wellbeing Board, 19 October 2016"."""
    day = section.meeting.date
    return ", ".join(filter(None, (section.meeting.board, f"{day.day} {day:%B %Y}" if day else "")))


def _name(section: Section) -> str:
    if section.kind == "appendix":
        return section.title  # which begins with its number
    return f"{section.number}. {section.title}" if section.number and section.title else section.title
