"""What a sentence says was decided, but not here and now: by one person, by others, or before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from indexer.text import cues
from indexer.text.reported import PERFECT
from indexer.text.words import listed

# A person is named in so many words: title, stop, initial, name.
PERSON: Final = 4
HE: Final = frozenset(["he", "she"])
NOT_DECIDING: Final = frozenset(["consider", "move", "second", "propose", "thank"])
_PAUSED: Final = "adjourned"  # a matter may be, but a body that does so has a break
_PASSIVE: Final = frozenset(["was", "were", "be", "been", "is", "are", "and"])
# Who decides for a meeting: "by the required majority", "by the casting vote".
_FOR_IT: Final = cues.BODIES | cues.ROLES | listed("majority vote mayor motion membership electors")
_DOER: Final = 2
# What may be between "had" and its verb.
_BETWEEN: Final = listed("on in at also already previously since then not now recently unanimously both all")


def is_verb(word: str) -> bool:
    """Say whether a word is a verb of deciding in the past: "agreed", not "moved" or "considered"."""
    deciding = cues.LEMMAS.get(word, "consider") not in NOT_DECIDING and word != _PAUSED
    return deciding and (word.endswith("ed") or word == "withdrawn")


def by_others(text: str) -> bool:
    """Say whether every verb of deciding in a sentence is somebody else's, or of an earlier time.

    One person's: "Dr Roe agreed to call", "she did not accept it". Others': "withdrawn by the applicant". Earlier: "the
    Cabinet had on 1 September decided", "Council on July 27 denied it".
    """
    words = [word.lower() for word in cues.TOKEN.findall(text)]
    begin = next((at for at, word in enumerate(words) if word[0].isalpha() and len(word) > 1), 0)
    words = words[begin:]
    verbs = [at for at, word in enumerate(words) if is_verb(word) or _refuses(words, at)]
    return bool(verbs) and all(_is_of_others(words, at) for at in verbs)


def _refuses(words: Sequence[str], at: int) -> bool:
    return words[at] in cues.LEMMAS and list(words[max(0, at - 2) : at]) == ["did", "not"]


def _is_of_others(words: Sequence[str], at: int) -> bool:
    behind = words[at + 1 : at + 3 + _DOER]
    doer = behind[:2] == ["by", "the"] and _FOR_IT.isdisjoint(behind[2:])
    return doer or _is_persons(words, at) or _is_earlier(words, at)


def _is_persons(words: Sequence[str], at: int) -> bool:
    """Whether one person is the subject of the verb: a pronoun, or a title with a name, right before it."""
    before = [word for word in words[:at] if word not in ("did", "not")]
    if not before or before[-1] in _PASSIVE:
        return False
    return before[-1] in HE or (len(before) <= PERSON and before[0] in cues.TITLES and "and" not in before)


def _is_earlier(words: Sequence[str], at: int) -> bool:
    """Whether the verb is in the perfect, or a day that is not the meeting's is between the body and the verb."""
    one = at - 1
    while one >= 0 and (words[one] in _BETWEEN or words[one] in cues.MONTHS or words[one][0].isdigit()):
        one -= 1
    if one < 0:
        return False
    dated = any(word in cues.MONTHS for word in words[one + 1 : at]) and words[one + 1] == "on"
    voted = words[at + 1 : at + 2] and words[at + 1] in cues.MONTHS
    return words[one] in PERFECT or (words[one] in cues.BODIES - {"meeting"} and bool(dated or voted))
