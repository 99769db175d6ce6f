"""What a question takes for granted: that something was refused, closed, sold. Whether the passages found say so.

"Why did the board refuse the plan?" is not answered by papers on a plan that was agreed, however well all other words
match. Acts of one kind stand for each other: what was turned down was refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Ends of a verb; "closely", "lossless" and "cutlery" are none.
_END = r"(?:e|ed|es|s|ing|al|als|ure|ures|ion|ions|ition)?"
_ACTS = tuple(
    re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)
    for forms in (
        (rf"refus{_END}", rf"reject{_END}", "turn(?:ed|ing)? down", rf"declin{_END}", "oppos(?:e|ed|es|ing|ition)",
         "block(?:ed|ing)?", "veto(?:ed)?", "thr[eo]wn? out", "vot(?:e|ed|ing) against", "voted down",
         r"not (?:\w+ ){0,2}(?:agree|support|back|endorse|approve|adopt|grant)\w*", "lost", "defeated", "unable to support"),
        ("clos(?:ed|es|ing|ure|ures)", "(?:to|will|would|should|did .{0,30}) close", "shut(?:s|ting)?", "ceas(?:e|ed|es|ing)", "decommission(?:ed|ing)?"),
        (rf"abolish{_END}", "abolition", "disband(?:ed|ing)?", "dissol(?:ve|ved|ution)", "w(?:ind|ound|inding) up"),
        ("cancel(?:led|ling|s)?", "cancellation", "scrap(?:ped|ping|s)?", "abandon(?:ed|ing)?", "ax(?:e|ed|ing)",
         "withdr[ae]w(?:n|s|al|ing)?", "revoke[ds]?", "rescind(?:ed)?", "terminat(?:e|ed|ion)", "discontinued?"),
        ("s[eo]ld", "sell(?:ing|s)?", "sales?", "dispos(?:e|ed|al|als|ing)"),
        ("resign(?:ed|s|ation|ing)?", "step(?:ped|s|ping)? down", "sack(?:ed|ing)?", "dismiss(?:ed|al)?", "fired",
         "suspend(?:ed|s)?", "suspension", "left", "retir(?:e|ed|es|ing|ement)", "stood down"),
        ("ban(?:ned|s|ning)?", "prohibit(?:ed|s|ion)?", "outlaw(?:ed)?", "forb[ai]d(?:den|e)?"),
        ("demolish(?:ed|ing)?", "demolition", "knock(?:ed)? down", "pull(?:ed)? down"),
        ("privatis(?:e|ed|ation|ing)", "outsourc(?:e|ed|ing)"),
        ("postpon(?:e|ed|ement|ing)", rf"defer(?:r|ral)?{_END}", "put off", "delay(?:ed|s|ing)?", "adjourn(?:ed)?"),
        ("overturn(?:ed|ing)?", "revers(?:e|ed|al|ing)", "quash(?:ed)?", "call(?:ed|ing)?[ -]in"),
        ("doubl(?:e|ed|ing)", "twice", "twofold"),
        ("halv(?:e|ed|ing)", "half"),
        ("su(?:e|ed|ing)", "prosecut(?:e|ed|ion|ions|ing)", "fined", "court", "tribunal", "judicial review"),
        ("strik(?:e|es|ing)", "struck", "industrial action", "walk(?:ed)? out"),
        ("bankrupt(?:cy)?", "insolven(?:t|cy)", "section 114", "administration"),
    )
)  # fmt: skip


def share_granted(question: str, texts: Sequence[str]) -> float:
    """Give the largest share of the acts that a question names which one of ``texts`` names too; 1 without any act."""
    acts = [act for act in _ACTS if act.search(question)]
    if not acts:
        return 1.0
    return max((sum(act.search(text) is not None for act in acts) / len(acts) for text in texts), default=0.0)
