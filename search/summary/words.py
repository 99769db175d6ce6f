"""Words that the check of a summary knows: numbers, months, outcomes, and words that tell nothing."""

from __future__ import annotations


def _each(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SPELLED = _each(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
MONTHS = _each("january february march april may june july august september october november december")
# Stems of what a body may do with a matter: none may be said that the passage does not say.
OUTCOMES = _each(
    "accept adopt agree amend appro confirm declin defer delegat dismiss endors lost note oppos pass recommend refer "
    "refus reject resolv support withdr"
)
# Words that tell nothing of a matter.
COMMON = frozenset(
    _each(
        "a about after all also an and any are as at be been before being both but by can could did do does each for "
        "from further had has have he her his how i if in into is it its itself may more most must of on once one only "
        "or other our over own shall she should so some such than that the their them then there these they this those "
        "through to under until up upon was we were what when where which while who whom whose will with would you "
        "your said says"
    )
)
