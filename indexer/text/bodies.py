"""Names of authorities and of their boards, as papers print them; no council is known by name.

An authority issues papers (a council, an NHS body, a fire authority …); a board is the part of it that meets (a board,
committee, cabinet …). Names are brought to one case: "ASHSHIRE COUNTY COUNCIL" and "Ashshire County Council" are one.
"""

from __future__ import annotations

import re

from indexer.text.words import listed, squeezed, words

_SMALL = listed("a an and cum at by for in of on or the to upon with de la le under over next von")
_INITIALS = re.compile(
    r"NHS|ICB|ICS|CCG|UK|HR|IT|HIV|LGPS|PCT|CIC|SEND|SACRE|LEP|BCP|II|III|IV|[^\W\d]*+\d\w*|[^aeiouyAEIOUY]{2,3}"
)

# Words of a place's name: capitalised, or small words between capitalised ones.
_CAP = r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’.-]{0,40}"
_NAME = rf"{_CAP}(?:,?[ ](?:{_CAP}|and|of|upon|on|in|the|with|de|la|le|under|over|next|&)){{0,7}}?"
_KINDS = (
    r"(?:(?:County|City|District|Borough|Metropolitan|Town|Parish|Community|Unitary|Islands?|Regional)[ ])*Council",
    r"(?:NHS[ ])?(?:Integrated[ ]Care|Health|NHS)[ ]Board",
    r"NHS[ ](?:Foundation[ ])?Trust",
    r"(?:NHS[ ])?(?:Clinical[ ]Commissioning[ ]Group|CCG|ICB)",
    r"(?:Combined[ ])?Fire(?:[ ](?:and|&)[ ]Rescue)?[ ]Authority",
    r"(?:Mayoral[ ])?Combined(?:[ ]County)?[ ]Authority",
    r"(?:National[ ]Park|Waste(?:[ ]Disposal)?|Transport|Pensions|Police|Port[ ]Health|Drainage)[ ]Authority",
    r"Police(?:,[ ]Fire)?[ ](?:and|&)[ ]Crime[ ](?:Panel|Commissioner)",
    r"Safeguarding[ ](?:Children|Adults?)(?:['’]s?)?[ ](?:Board|Partnership)",
    r"Local[ ](?:Enterprise|Safeguarding)[ ]Partnership",
    r"Internal[ ]Drainage[ ]Board",
    r"(?:Multi[- ]Academy|Academy)[ ]Trust",
    r"Housing[ ]Association(?:[ ](?:Limited|Ltd))?",
)
_AUTHORITY = re.compile(
    rf"\b(?:NHS[ ])?{_NAME}[ ](?:{'|'.join(_KINDS)})\b(?![ ]Tax|[ ]of[ ])"
    rf"|\b(?:Royal[ ])?(?:London[ ])?Borough[ ]of[ ]{_CAP}(?:[ ](?:and[ ])?{_CAP}){{0,3}}(?:[ ]Council)?"
    rf"|\b(?:Community|Parish|Town)[ ]Council[ ]of[ ]{_CAP}(?:[ ](?:(?:and|&)[ ])?{_CAP}){{0,3}}"
    rf"|\bCouncil[ ]of[ ](?:the[ ])?(?:City|Isles|County)[ ]of[ ]{_CAP}(?:[ ]{_CAP})?"
    rf"|\bCity[ ]of[ ]{_CAP}(?:[ ]{_CAP})?[ ](?:Metropolitan[ ](?:District|Borough)[ ])?Council"
    # Welsh: Cyngor Sir Glanafon.
    rf"|\bCyngor[ ](?:(?:Bwrdeistref|Sir|Sirol|Dinas|Tref|Cymuned)[ ])+{_CAP}(?:[ ]{_CAP}){{0,3}}"
    r"|\bGreater[ ]London[ ]Authority|\bCorporation[ ]of[ ]London|\bCity[ ]of[ ]London[ ]Corporation"
)
# Places that have "of" in their names, and authorities
_PLACE_OF = re.compile(r"\b(?:Council|City|Isles?|Vale|Forest|Riding|Borough|Corporation|Bank|Weald|Soke|\w+shire)$")
# Not the name of one authority, though it looks like one.
_COMMON = re.compile(
    r"(?:full|the|this|our|your|each|all|any|local|principal|upper|lower|other|neighbouring|borough|county|city|district"
    r"|town|parish|unitary|metropolitan|community|extraordinary|annual|youth|school|arts|research|design|british|privy"
    r"|medical|general|nursing|european|staff|works|shadow|joint|cabinet|leader|leaders?\sof|members?\sof|chair|chairman"
    r"|director|approved\sby|report\sto|by|to|from|at|for|between|english|regional|national|south\swest|former|and|of"
    r"|integrated|nhs|minutes|agenda|please|councillor|visit|contact)(?:\sthe)?",
    re.IGNORECASE,
)
# "Ashshire, the County Council": two names, not one.
_BROKEN = re.compile(r", (?:the|in|with|of|on)\b|\b(?:the|in|with|of|on|and)$")
_LEADING = re.compile(
    r"^(?:(?:the|to|from|by|for|at|of|and|in|between|with|report to|report by|leader of|members? of|welcome to"
    r"|minutes of|(?:newsletter|bulletin|magazine|annual report|news) (?:of|from)"
    r"|agenda|meeting of|chair of|director of public health|chief executive|councillors? of|on behalf of)\s+)+",
    re.IGNORECASE,
)

_BODY = (
    r"(?:Board of [A-Z]\w+(?: [A-Z]\w+)?|(?:Municipal|Borough|Metropolitan) District(?: of [A-Z]\w+)?"
    r"|Sub[- ]?Committee|Committee|Cabinet|Board|Panel|Forum|Executive|Council|Commission|Assembly|Governing Body"
    r"|Working (?:Group|Party)|Task (?:and Finish )?Group|Partnership|Authority|Governors|Group|Hearing|Court)"
)
_BOARD = re.compile(
    rf"(?:The )?(?P<name>(?:[A-Za-z][\w'’&,/()–-]*[ ]){{0,12}}?{_BODY}(?: \([A-Z][\w ]+\))?(?: [A-Z]| \d)?)\s*[.:]?"
)
# "Minutes of County Council" and "Meeting of the Harbour Board" leave this before the name.
_OF = re.compile(
    r"^\s*(?:(?:an?\s+|the\s+)?(?:(?:ordinary|special|extraordinary|annual|public|remote|virtual)\s+)?meeting\s+)?"
    r"of\s+(?:the\s+)?",
    re.IGNORECASE,
)
# How the Welsh and Irish names of councils begin, beside which most print the English one.
OTHER_TONGUES = ("Cyngor ", "Comhairle ")
# Two languages on one line: "CYNGOR SIR MWDLAND / MUDLAND COUNTY COUNCIL"
_TONGUES = re.compile(r"(?<!\s)\s+[/|]\s+")
# People's names and posts and a body's name run into each other in lists of those present. ("Sir" is Welsh for county.)
_PERSON = listed(
    "Councillor Cllr Chair Team Department Mr Mrs Ms Miss Dr Professor Prof Sir Dame Lord Lady Rev Director "
    "Officer Manager Chairman Leader Member"
)
_ALONE = frozenset(("Cabinet", "Council", "Executive", "Assembly", "Court"))
_SENTENCE_LIKE = listed(
    "is are was were be will shall has have that which this these should must can may not please if when "
    "report name member members chair chairman director leader officer minutes agenda your you we our decision "
    "appendix strategy page item note visit attend contact newsletter adroddiad cofnodion cyfarfod"
)


def tidy(name: str) -> str:
    """Bring a name to title case: "HEALTH AND WELLBEING BOARD" to "Health and Wellbeing Board"; keeps "NHS"."""
    name = " ".join(name.replace("’", "'").split()).strip(" ,.:;-–—*#")
    shouted = name.isupper()
    return " ".join(_cased(word, index > 0, shouted) for index, word in enumerate(name.split(" ")))


def _cased(word: str, inner: bool, shouted: bool) -> str:
    if inner and word.lower() in _SMALL:
        return word.lower()
    if "-" in word:
        parts = word.split("-")
        return "-".join(_cased(part, inner or index > 0, shouted) for index, part in enumerate(parts) if part)
    if word.startswith("("):
        return "(" + _cased(word[1:], False, shouted)
    bare = word.strip("(),.")
    if not shouted and not word.islower():
        return word
    if shouted and bare != "ST" and _INITIALS.fullmatch(bare):
        return word
    return word[:1].upper() + word[1:].lower()


def authorities(text: str) -> tuple[str, ...]:
    """Return the authorities named in ``text``, tidied, in order, with repeats."""
    shouted = " ".join(text.split())
    names: list[str] = []
    for candidate in _AUTHORITY.finditer(_readable(shouted)):
        name = _own(_LEADING.sub("", candidate.group()))
        if name and name[0].isupper() and not _is_common(name) and not _has_person(name):
            names.append(tidy(name))
    return tuple(names)


def _own(name: str) -> str:
    """Leave out what belongs to an authority and is not it: "Functions of the Mudshire Council"."""
    what, of, whose = name.replace(" of the ", " of ").rpartition(" of ")
    apart = of and not _PLACE_OF.search(what) and _AUTHORITY.fullmatch(whose)
    return whose if apart else once(name)


def once(name: str) -> str:
    """Leave out the Welsh words where English ones say the same: "Cyngor Cymuned Mudlan Community Council"."""
    return re.sub(r"^Cyngor (?:Cymuned|Tref|Sir|Dinas) (?=.* Council$)", "", name, flags=re.IGNORECASE)


def _readable(text: str) -> str:
    """Give runs of capitals their title case, so that one pattern reads both."""
    return re.sub(
        r"[A-Z][A-Z'’&.,-]{1,40}(?:[ ][A-Z&][A-Z'’&.,-]{0,40}+(?![a-z]))+", lambda run: tidy(run.group()), text
    )


def _is_common(name: str) -> bool:
    kind = re.search(rf"\s?(?:{'|'.join(_KINDS)})$", name)
    place = name[: kind.start()] if kind else name
    if kind and place.endswith((" and", " &")):  # "Mudlake and District Community Council": a district of its own
        place = f"{place} {kind.group().split()[0]}"
    common = _COMMON.fullmatch(place.strip()) or place.lower().split()[-1:] == ["full"]
    return not place or bool(_BROKEN.search(place)) or bool(common) or len(name.split()) > 12


def authority(text: str) -> str:
    """Return the authority that a line consists of ("ASHSHIRE COUNTY COUNCIL"), or ""; of two languages in English."""
    parts = tongues(text)
    named = [names[0] for part in parts if (names := authorities(part)) and _same(names[0], part)]
    return next((name for name in named if not name.startswith(OTHER_TONGUES)), named[0] if named else "")


def _same(name: str, text: str) -> bool:
    return squeezed(name) in (squeezed(text), squeezed(text).removeprefix("the"))


def parted(text: str) -> tuple[str, str] | None:
    """Return the authority and the board that a letterhead names in one line, or None."""
    line = " ".join(text.split())
    name = next(iter(authorities(line)), "")
    rest = line[len(name) :].lstrip(" ,:–—-")
    if not name or not _same(name, line[: len(name)]) or not (body := board(rest)):
        return None
    return name, body


def tongues(text: str) -> list[str]:
    """Part a line that says the same in two languages ("Presennol / Present"); one part where it does not."""
    return _TONGUES.split(text.strip())


def board(text: str) -> str:
    """Return the board, committee or cabinet that a line consists of, tidied, or "", in whichever language."""
    return next((name for part in tongues(text) if (name := _board(part))), "")


def _board(text: str) -> str:
    line = _OF.sub("", text).strip()
    line = tidy(line) if line[:1].isupper() else ""
    match = _BOARD.fullmatch(line)
    if not match or _SENTENCE_LIKE.intersection(words(match["name"])):
        return ""
    name = match["name"]
    return "" if " " not in name and name not in _ALONE else name


def is_person(text: str) -> bool:
    """Say whether a text names somebody by title: "Councillor Jo Roe"."""
    return text.partition(" ")[0].strip(".") in _PERSON


def _has_person(name: str) -> bool:
    return not _PERSON.isdisjoint(word.strip(".,'") for word in name.replace("Cyngor Sir", "Cyngor").split())


_COUNCIL = re.compile(
    r"(?:(?:County|City|District|Borough|Metropolitan|Town|Parish|Community|Unitary|Islands?|Regional)\s)*Council$"
)
_COUNCIL_OF = re.compile(r"(?:Community|Parish|Town) Council(?= of )")
_MEETING_WHOLE = re.compile(rf"(?<=[ ])(?:{'|'.join(kind for kind in _KINDS if kind.endswith('Authority'))})$")
_WHOLE = listed("the full annual extraordinary special whole meeting of council")


def spelt_out(name: str) -> str:
    """Give a name with "and" for "&"."""
    return re.sub(r"\s*&\s*", " and ", name)


def kind_of(authority: str) -> str:
    """Return what a body calls its own full meeting: "Parish Council" of "Mudlake Parish Council"; "" where unknown."""
    match = _COUNCIL.search(authority)
    if not match or not match.start():
        named = _COUNCIL_OF.match(authority) or _MEETING_WHOLE.search(authority)
        return named.group().strip() if named else "Council" if "Borough of" in authority else ""
    # of "Mudlake and District Community Council" the district is in the name
    joined = authority[: match.start()].split()[-1] in ("and", "&")
    return match.group().split(" ", 1)[1] if joined and " " in match.group() else match.group()


def one_name(board: str, authority: str) -> str:
    """Return the one name that a body goes by: "County Council" for "Full Council" and for the council's own name.

    Args:
        board: as a paper names it.
        authority: whose it is, "" if unknown.
    """
    name = spelt_out(board).removeprefix("The ")
    met = name.removesuffix(" Meetings").removesuffix(" Meeting")
    name = met if _board(met) else name
    own = kind_of(authority)
    whole = name.lower().split()[-1:] == ["council"] and _WHOLE.issuperset(name.lower().split())
    if own and (whole or name.casefold() in (own.casefold(), authority.casefold())):
        return own
    return "Council" if whole else name
