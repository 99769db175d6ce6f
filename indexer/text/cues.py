"""The words by which minutes speak, as a table: what each means, in the model's terms. No rule decides by them."""

from __future__ import annotations

import re
from typing import Final

from indexer.text import dates
from indexer.text.words import listed

# Verbs and nouns of deciding, by their stems: the longest stem that a word begins with gives its meaning.
_STEMS: Final = """
resolv:resolved resolution penderfynwyd penderfyniad
agree:agreed agreement agrees agree cytunwyd cytuno consensus concurred concurs concur concurrence
approv:approved approve approval approves cymeradwywyd cymeradwyo
note:noted note notes nodwyd nodi
accept:accepted accept acceptance
adopt:adopted adopt adoption
defer:deferred defer gohiriwyd adjourned postponed
refer:referred refer remitted remit
recommend:recommended recommend recommendation recommendations recommends argymhellwyd argymhelliad
ratif:ratified ratify homologated homologate sanctioned sanction
endors:endorsed endorse
confirm:confirmed confirm
author:authorised authorized authorise authorize empowered mandated
carry:carried carries
fall:lost defeated rejected fell fails failed refused declined negatived denied deny
withdraw:withdrawn withdrew tynnwyd
move:moved mover moves motion motioned
second:seconded seconder seconds
propose:proposed proposer proposal proposes
vote:vote votes voted voting ayes nays noes ballot
against:against
abstain:abstained abstain abstention abstentions abstaining
favour:favour favor
unanimous:unanimous unanimously
sign:signed
elect:elected re-elected reelected
appoint:appointed re-appointed reappointed nominated co-opted coopted
decide:decided decision decisions decides
pass:passed
support:supported support
grant:granted
delegate:delegated delegate
instruct:instructed instruct directed direct tasked
request:requested
receive:received
consider:considered reviewed discussed
thank:thanked thanks congratulated commended
action:action actions actioned
enact:enacted ordained ordered
object:objection objections objected objects object
consent:consented consent consents
award:awarded award
assure:assurance assured
correct:correct accurate
"""
LEMMAS: Final = {word: lemma for row in _STEMS.split("\n") if row for lemma, _, rest in [row.partition(":")]
                 for word in rest.split()}  # fmt: skip
BODIES: Final = listed(
    "board council court senate corporation cabinet committee subcommittee sub-committee panel executive governors "
    "governor trustees members councillors meeting forum partnership authority trust assembly commission hwb icb cc "
    "directors commissioners supervisors selectmen aldermen county body group"
)
TITLES: Final = listed(
    "cllr cllrs councillor councilman councilwoman councilmember alderman commissioner supervisor trustee mr mrs "
    "ms miss dr prof professor rev revd sir dame lord lady baroness member deputy senator comhairleoir comhairleoirí"
)
ROLES: Final = listed(
    "chair chairman chairperson chairwoman clerk leader officer officers manager director secretary treasurer "
    "mayor headteacher head principal chief executive solicitor engineer convener convenor president "
    "cathaoirleach"
)
TELLING: Final = listed(
    "reported advised said informed explained stated mentioned asked queried suggested updated outlined commented "
    "highlighted reminded enquired announced expressed felt described presented read told answered responded "
    "clarified questioned pointed introduced"
)
AUXILIARIES: Final = listed("was were be been being is are has had have to would will should shall may could must not")
THINGS: Final = listed(
    "minutes motion amendment proposal recommendation recommendations report resolution application accounts "
    "policy this these which budget outcome outcomes"
)
MONTHS: Final = frozenset(map(str.lower, dates.MONTHS))
DAYS: Final = listed("monday tuesday wednesday thursday friday saturday sunday")

TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,:/]\d+)*|\t|[^\w\s]")
