"""The API's description in OpenAPI 3.1: msgspec makes the schemas of the answers (`shapes`); routes are listed here.

They are written by hand because Starlette, unlike FastAPI, has no typed parameters to generate them from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, get_args

import msgspec

from indexer.records import Outcome, PassageKind
from search.history.actions import STATES
from search.question.parted import PARTS
from search.views.api import answer_shapes, record_shapes, shapes

_INFO = {
    "title": "Board papers",
    "version": "0.1.0",
    "description": "Answers with citations from archived board papers, the register of decisions, earlier reports, "
    "threads, timelines, and pages. Read only. One address may send 20 requests at once and 2 a second.",
}
Parameters = Mapping[str, tuple[str, dict[str, Any]]]
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_FILTERS: Parameters = {
    "authority": ("Council; may be repeated.", _TEXTS),
    "board": ("Board or committee; may be repeated.", _TEXTS),
    "kind": (
        "Kind of passage; may be repeated.",
        {"type": "array", "items": {"type": "string", "enum": list(get_args(PassageKind))}},
    ),
    "from": ("Earliest meeting: 2025-01-30, 2025-01 or 2025.", _TEXT),
    "to": ("Latest meeting, inclusive.", _TEXT),
}
_EARLIER: Parameters = {
    "after": ("What was asked before, where q follows on from it; may be repeated, the oldest first.", _TEXTS),
    "without": (
        "What is not to be carried over from it; may be repeated.",
        {"type": "array", "items": {"type": "string", "enum": list(PARTS)}},
    ),
}
_SUMMARY = (
    "yes adds the member summary where the server has a language model set up: {sentences: [{text, hits}], dropped, "
    "model, notice}, each sentence checked against the passages it cites, or {error}. Written by a machine; the answer "
    "does not depend on it."
)
_MOST: tuple[str, dict[str, Any]] = (
    "Most results; those that are quoted are always among them.",
    {"type": "integer", "minimum": 1, "maximum": 100, "default": 10},
)
_FAULTS = {
    "404": "The archive holds nothing of that name, or withholds it.",
    "414": "More than 10,000 characters.",
    "422": "A parameter cannot be used; the error says which and what is accepted.",
    "429": "Too many requests; Retry-After says when to come back.",
    "500": "A fault of this program; the error has the number under which it was logged.",
    "503": "The archive cannot be read just now.",
}


@cache
def description() -> dict[str, Any]:
    """Give the whole description."""
    answers = [
        answer_shapes.Answered,
        shapes.RegisterPart,
        record_shapes.ActionPart,
        record_shapes.ReportedPart,
        shapes.Similar,
        shapes.Thread,
        shapes.Timeline,
        record_shapes.MeetingSheet,
        record_shapes.BodySheet,
        record_shapes.People,
        record_shapes.Person,
        shapes.Page,
    ]
    template = "#/components/schemas/{name}"
    _, schemas = msgspec.json.schema_components([*answers, shapes.Error], ref_template=template)
    return {"openapi": "3.1.0", "info": _INFO, "paths": _paths(), "components": {"schemas": schemas}}


def _paths() -> dict[str, Any]:
    """Describe every route."""
    return {**_of_questions(), **_of_history(), **_of_papers()}


def _of_questions() -> dict[str, Any]:
    summary = {"type": "string", "enum": ["yes", "no"], "default": "no"}
    limit = {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
    offset = {"type": "integer", "minimum": 0, "default": 0}
    part: Parameters = {"limit": ("Most rows.", limit), "offset": ("Rows to leave out first.", offset), **_FILTERS}
    question = ("The question, at most 10,000 characters.", _TEXT)
    return {
        "/api/ask": _get(
            "ask",
            "Answer a question with verbatim sentences and the passages they are from.",
            "Answered",
            {"q": question, "limit": _MOST, "summary": (_SUMMARY, summary), **_EARLIER, **_FILTERS},
        ),
        "/api/decisions": _get(
            "decisions",
            "List decisions and recommendations, latest meeting first.",
            "RegisterPart",
            {
                **part,
                "words": ("Words that it holds; a reference, or “minute 46”.", _TEXT),
                "mover": ("Who moved it, with or without title and initials.", _TEXT),
                "seconder": ("Who seconded it.", _TEXT),
                "voted": ("yes for those with a recorded vote.", {"type": "string", "enum": ["yes", "no"]}),
                "outcome": ("What came of it.", {"type": "string", "enum": list(get_args(Outcome))}),
            },
        ),
        **_of_undertakings(part),
    }


def _of_undertakings(part: Parameters) -> dict[str, Any]:
    states = {"type": "array", "items": {"type": "string", "enum": list(STATES)}}
    return {
        "/api/actions": _get(
            "actions",
            "List what somebody is to do, latest meeting first.",
            "ActionPart",
            {
                **part,
                "state": ("What became of it; may be repeated.", states),
                "owner": ("Part of the name of who is to do it.", _TEXT),
            },
        ),
        "/api/reported": _get(
            "reported",
            "List decisions that papers only report, latest meeting first.",
            "ReportedPart",
            part,
        ),
    }


def _of_history() -> dict[str, Any]:
    return {
        "/api/similar": _get(
            "similar",
            "Find earlier reports like a paragraph of a draft, which is not stored.",
            "Similar",
            {"q": ("The paragraph, at most 10,000 characters.", _TEXT), "limit": _MOST, **_FILTERS},
        ),
        "/api/thread": _get(
            "thread",
            "Give what led to a decision or item and what followed.",
            "Thread",
            {"id": ("id or item_id of a decision, or id of an earlier report or an event.", _TEXT)},
        ),
        "/api/timeline": _get(
            "timeline",
            "Give what was decided, discussed and reported on a topic, oldest first.",
            "Timeline",
            {"q": ("The topic, in a few words.", _TEXT), **_FILTERS},
        ),
    }


def _of_papers() -> dict[str, Any]:
    council = ("Council; needed where several have such a board or person.", _TEXT)
    board: Parameters = {"authority": council, "board": ("Board or committee.", _TEXT)}
    return {
        "/api/people": _get("people", "List people in public roles, by surname.", "People", {"authority": council}),
        "/api/person": _get(
            "person",
            "Give one person's offices, attendance and motions, as printed.",
            "Person",
            {"name": ("Name, with or without title and initials.", _TEXT), "authority": council},
        ),
        "/api/meeting": _get(
            "meeting",
            "Give a meeting, item by item in the order of its agenda.",
            "MeetingSheet",
            {**board, "date": ("Its day, as 2025-01-30.", _TEXT)},
        ),
        "/api/body": _get("body", "Give a board over time.", "BodySheet", board),
        "/api/papers/{paper_id}/pages/{number}": _get(
            "page",
            "Give the stored text of one page.",
            "Page",
            {
                "paper_id": ("SHA-256 of the file, in hex.", {"type": "string", "pattern": "^[0-9a-f]{64}$"}),
                "number": ("Sheet of the file, from 1.", {"type": "integer", "minimum": 1}),
            },
            place="path",
        ),
        "/api/openapi.json": _get("description", "Give this description.", "", {}),
    }


def _get(name: str, about: str, shape: str, takes: Parameters, place: str = "query") -> dict[str, Any]:
    """Describe one route."""
    schema = {"$ref": f"#/components/schemas/{shape}"} if shape else {"type": "object"}
    answers = {"200": _answer(about, schema)}
    answers |= {status: _answer(said, {"$ref": "#/components/schemas/Error"}) for status, said in _FAULTS.items()}
    return {
        "get": {
            "operationId": name,
            "summary": about,
            "parameters": [_parameter(name, place, *one) for name, one in takes.items()],
            "responses": answers,
        }
    }


def _parameter(name: str, place: str, about: str, schema: dict[str, Any]) -> dict[str, Any]:
    needed: Sequence[str] = ("q", "id")
    required = {"required": True} if place == "path" or name in needed else {}
    return {"name": name, "in": place, "description": about, "schema": schema, **required}


def _answer(about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}
