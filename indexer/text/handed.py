"""Whether a ruling leaves the matter to another body: "endorsed the draft to be presented to Council for decision".

Who asks what was approved is answered by the body that decides: such a ruling only says what its own body agreed to.
"""

from __future__ import annotations

import re

_BODY = (
    r"(?:(?:the|its|their) )?(?:(?:full|[A-Z][\w’'&-]*+) (?:(?:of|and|for|the) ){0,2}){0,6}"
    r"(?i:council|cabinet|board|committee|executive|authority|assembly|panel|trustees|governors|minister|secretary)\b"
)
_SETTLES = r"(?i:decisions?|approval|adoption|determination|ratification|agreement)\b"
_RECOMMENDS = r"\b(?i:recommend(?:s|ed|ing)?)"
_ON = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"(?:\b(?i:present|submit|put|take|refer|forward|go|pass|sen[dt]|report)[a-z]{{0,4}}|{_RECOMMENDS}) "
            rf"[^.;:]{{0,80}}?\b(?:to|before) {_BODY}[^.;:]{{0,80}}?\bfor (?:\w+ ){{0,3}}?{_SETTLES}"
        ),
        rf"{_RECOMMENDS}\b[^.;:]{{0,80}}?\b(?i:to) {_BODY}",
        rf"{_RECOMMENDS} (?:that |to )?{_BODY} (?:to |should )?(?:\w+ly )?(?i:approv|adopt|agree|endors|accept)",
        rf"{_BODY} be {_RECOMMENDS} to ",
        rf"\b(?i:for) (?:\w+ ){{0,2}}{_SETTLES} (?:by|at|of|from) {_BODY}",
    )
)


def on(text: str) -> bool:
    """Say whether a ruling, or a limb of one, hands its matter on to a body that is to settle it.

    Args:
        text: its words; white space of any kind counts as one space.
    """
    plain = " ".join(text.split())
    return any(pattern.search(plain) for pattern in _ON)
