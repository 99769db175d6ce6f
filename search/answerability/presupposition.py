"""What a question takes for granted: that something was refused, closed, sold. Whether the passages found say so.

"Why did the board refuse the plan?" is not answered by papers on a plan that was agreed, however well all other words
match. Words for one act count as the same: what was turned down was refused. Apart from `judge`, which weighs features
up: this is a lexicon with its one measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Words of one act; those that are more than one word are written with underscores. In a question, a word with ~ may
# mean something else ("days lost"), and so takes nothing for granted.
_ACTS = (
    """refuse refused refuses refusing refusal reject rejected rejects rejecting rejection ~decline declined ~declining
    oppose opposed opposing opposition ~blocked veto vetoed thrown_out threw_out turned_down turn_down vote_against
    voted_against voted_down ~lost ~defeated unable_to_support not_agree not_agreed not_support not_supported
    not_endorse not_approve not_approved not_adopt not_adopted not_grant not_granted""",
    "closed closes closing closure closures to_close shut shuts shutting ceased ceases decommissioned",
    "abolish abolished abolishes abolishing abolition disband disbanded dissolve dissolved wound_up winding_up",
    """cancel cancelled cancelling cancellation scrap scrapped scrapping abandon abandoned axe axed withdraw withdrawn
    withdrew withdrawal withdrawing revoke revoked rescind rescinded terminate terminated discontinue discontinued""",
    "sell sells selling sold ~sale ~sales dispose disposed ~disposal ~disposals",
    """resign resigned resigns resignation sack sacked dismiss dismissed dismissal ~fired suspend suspended suspension
    retire retired retirement step_down stepped_down stood_down ~left_office left_the_council left_the_board""",
    "ban banned bans banning prohibit prohibited prohibition outlaw outlawed forbid forbidden",
    "demolish demolished demolition knock_down knocked_down pulled_down",
    "privatise privatised privatisation outsource outsourced outsourcing",
    "postpone postponed postponement defer deferred deferral put_off delay delayed adjourn adjourned",
    "overturn overturned reverse reversed reversal quash quashed called_in call_in call_ins calling_in",
    "~double doubled doubling ~twice ~twofold",
    "halve halved halving ~half",
    "sue sued prosecute prosecuted prosecution prosecutions ~fined ~court ~tribunal judicial_review",
    "~strike ~strikes struck industrial_action walked_out",
    "merge merged merges merging merger mergers amalgamate amalgamated amalgamation",
    "bankrupt bankruptcy insolvent insolvency section_114 ~administration",
)


_TAKES = re.compile(r"\b(?:who|whom|whose|when|where|why|how|which|what)\b", re.IGNORECASE)


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b".replace("_", r"[\s-]+"), re.IGNORECASE)


# For each act: what a question says of it, and what an answer may.
_ASKED_AND_SAID = tuple(
    (_pattern([word for word in act.split() if word[0] != "~"]), _pattern(act.replace("~", "").split()))
    for act in _ACTS
)


def share_granted(question: str, texts: Sequence[str]) -> float:
    """Give the largest share of the acts that a question names which one of ``texts`` names too; 1 without any act.

    Who asks whether something was refused, or types words only, takes nothing for granted.
    """
    if not _TAKES.search(question):
        return 1.0
    acts = [said for asking, said in _ASKED_AND_SAID if asking.search(question)]
    if not acts:
        return 1.0
    return max((sum(act.search(text) is not None for act in acts) / len(acts) for text in texts), default=0.0)
