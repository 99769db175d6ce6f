"""Whether a clause of minutes charges somebody with something to do, and whom.

"JS to write to the council" does; that the council would write, as somebody reports, does not, nor what a law asks for
or a speaker wishes. What decides is who the subject of a verb is, what helps the verb, whether it is told of somebody,
and how the clause stands: what is decided and what stands beside initials needs less to be a charge than talk does.
A model fitted to the same signs was worse on bodies that it had not seen (benchmarks/tried.md).
"""

from __future__ import annotations

from typing import Literal

from indexer.decisions.clauses import Clause, Verb, is_initials
from indexer.text.sentences import sentences

# How a clause stands: as what is decided, beside the initials of an actions column, or as any line of minutes.
Place = Literal["decision", "beside", "line"]


def charged(text: str, place: Place) -> str | None:
    """Say who a clause charges with something to do, "" where it does not say; None where nothing is to be done.

    Args:
        text: the clause, of one or more sentences.
        place: how it stands.
    """
    for start, end in sentences(text) or [(0, len(text))]:
        who = _in_sentence(text[start:end], place)
        if who is not None:
            return who
    return None


def _in_sentence(text: str, place: Place) -> str | None:
    if text.rstrip().endswith("?"):
        return None
    clause = Clause(text)
    telling = clause.telling()
    verbs = (verb for verb in clause.verbs() if verb.at < telling or _is_anew(clause, verb))
    return next((clause.owner(verb) for verb in verbs if _charges(clause, verb, place)), None)


def _is_anew(clause: Clause, verb: Verb) -> bool:
    """Whether somebody takes something on behind what is told: "AB suggested another form, and CD agreed to"."""
    joined = clause.low[verb.end - 2 : verb.end - 1] in (["and"], [";"])
    return verb.who == "took on" and joined and is_initials(clause.tokens[verb.end - 1])


def _charges(clause: Clause, verb: Verb, place: Place) -> bool:
    """Whether a verb of such a subject leaves something to do where it stands."""
    if verb.who == "took on":
        return verb.does != "state"
    if verb.who == "asked":
        return place != "line" or clause.is_named(verb.end)
    if verb.does == "asked":
        theirs = verb.who == "person" and clause.is_known(verb.end) and clause.starts(verb.end)
        return place != "line" or theirs
    if verb.who == "person" and verb.does in ("task", "other"):
        return _is_theirs(clause, verb, place)
    if place == "line":
        return False
    if verb.does == "done":
        return place == "beside" or verb.how != "will" or clause.agrees(verb.at, "that")
    if verb.who in ("body", "name"):
        return verb.does == "task" and place == "beside"
    decided = verb.who == "agreed" or (verb.who == "begins" and clause.agrees(verb.at))
    return decided and verb.does == "task"


def _is_theirs(clause: Clause, verb: Verb, place: Place) -> bool:
    """Whether somebody's verb is what they are to do: a task, or, where the clause begins with them, anything."""
    task = verb.does == "task"
    if place == "decision":
        ordered = verb.how in ("should", "would") and clause.is_known(verb.end)
        return (task or ordered) and clause.starts(verb.end, anywhere=True)
    if verb.how == "bare" or (place == "line" and verb.how == "should"):
        return False
    known = place == "beside" or (verb.how == "to" and clause.is_known(verb.end))
    return (task and place == "beside") or ((task or known) and clause.starts(verb.end))
