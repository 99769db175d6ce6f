"""Minutes in the styles of a dozen invented councils, read from their files: who, when, what, and how many limbs."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from indexer import readers
from indexer.decisions.extract import decisions
from indexer.provenance.describe import describe
from indexer.records import Decision, Meeting, Votes
from indexer.structure.sections import sections

Told = tuple[str, str, str, int]  # item, outcome, last words, limbs


def register(text: str, folder: Path) -> tuple[Meeting, tuple[Decision, ...]]:
    """Read minutes from a file, and give their meeting and decisions."""
    path = folder / "Minutes.txt"
    path.write_text("\n".join("\t".join(cell.strip() for cell in line.split("|")) for line in text.split("\n")))
    document = readers.read(path)
    paper = describe(document, path.name, hashlib.sha256(text.encode()).hexdigest(), {})
    return paper.meeting, decisions(document.pages, sections(document, paper))


STYLES: dict[str, tuple[str, Meeting, tuple[Told, ...]]] = {
    "RESOLVED alone on a line": (
        """\
BORSLEY COUNTY COUNCIL

HARBOUR BOARD

MINUTES of the meeting of the Harbour Board held at County Hall, Borsley on Thursday 14 March 2024 at 10.00 am

Present: Councillors A Pell (Chair), B Quill and C Rudd

12. APOLOGIES FOR ABSENCE

Apologies were received from Councillor D Stone.

13. DREDGING OF THE OUTER QUAY

The harbour master presented the report. Members asked how long the work would take.

RESOLVED

That

(a) the dredging be approved; and

(b) a further report come to the September meeting.

14. FERRY FARES

Members discussed fares at length.

RESOLVED

That the fares for 2024/25 be as set out in Appendix 1.

The meeting ended at 11.20 am
""",
        Meeting("Borsley County Council", "Harbour Board", date(2024, 3, 14)),
        (
            ("13", "resolved", "the September meeting.", 2),
            ("14", "resolved", "in Appendix 1.", 0),
        ),
    ),
    "a dash after RESOLVED": (
        """\
Fernley Borough Council

Planning Committee

Minutes of a meeting held on 7 November 2023

45 Declarations of Interest

There were none.

46 23/0451/FUL - Land at Mill Lane

The officer recommended approval.

RESOLVED – that planning permission be GRANTED subject to the conditions in the report.

47 Enforcement Update

RESOLVED – That the report be noted.
""",
        Meeting("Fernley Borough Council", "Planning Committee", date(2023, 11, 7)),
        (
            ("46", "resolved", "in the report.", 0),
            ("47", "noted", "report be noted.", 0),
        ),
    ),
    "DECISION and numbered limbs": (
        """\
LONDON BOROUGH OF MARLOWE

CABINET

Minutes of the meeting held on Tuesday, 9 January 2024 at 6.30pm

1. MINUTES OF THE PREVIOUS MEETING

Resolved that the minutes of the meeting held on 5 December 2023 be agreed as a correct record and signed by the Chair.

2. LIBRARY STRATEGY 2024-2029

Councillor Oakes introduced the report.

DECISION:

1. To approve the Library Strategy at Appendix A.

2. To delegate authority to the Strategic Director of Culture to make minor amendments.

3. To note the results of consultation.

Reasons for decision: The present strategy ends in 2024.

Alternative options considered: None.

3. QUARTER 2 BUDGET MONITORING

DECISION:

1. To note the forecast overspend of £1.2m.
""",
        Meeting("London Borough of Marlowe", "Cabinet", date(2024, 1, 9)),
        (
            ("1", "approved", "by the Chair.", 0),
            ("2", "resolved", "results of consultation.", 3),
            ("3", "noted", "overspend of £1.2m.", 1),
        ),
    ),
    "a parish's numbers by year": (
        """\
TETHERDOWN PARISH COUNCIL

Minutes of the Meeting of the Parish Council held in the Village Hall on Monday 4th September 2023

23/101 Apologies
Apologies were accepted from Cllr Marsh.

23/102 Bus Shelter
It was proposed by Cllr Hume, seconded by Cllr Ivers and RESOLVED to accept the quotation of £2,450 from Brook & Sons.

23/103 Allotments
Cllr Hume reported that two plots were vacant. The Clerk was asked to advertise them.

23/104 Grass Cutting
It was resolved unanimously that the contract be renewed for three years.
""",
        Meeting("Tetherdown Parish Council", "Parish Council", date(2023, 9, 4)),
        (
            ("23/101", "agreed", "from Cllr Marsh.", 0),
            ("23/102", "agreed", "Brook & Sons.", 0),
            ("23/104", "resolved", "for three years.", 0),
        ),
    ),
    "The Committee: and letters": (
        """\
STRATHMOAR COUNCIL

EDUCATION COMMITTEE

MINUTE of MEETING of the EDUCATION COMMITTEE held in the Council Chambers on 21 February 2023

5 School Estate

There had been circulated a report by the Executive Director.

The Committee:

(a) noted the condition of the school estate;

(b) agreed to consult on the merger of the two primary schools; and

(c) agreed that a report be brought to the meeting in June.

6 Attendance

The Committee noted the report.
""",
        Meeting("Strathmoar Council", "Education Committee", date(2023, 2, 21)),
        (
            ("5", "resolved", "meeting in June.", 3),
            ("6", "noted", "noted the report.", 0),
        ),
    ),
    "a trust's verbs in capitals": (
        """\
Northmere NHS Foundation Trust

Board of Directors

Minutes of the meeting held in public on 30 May 2024

24/051 Quality Report

The Chief Nurse highlighted falls and pressure ulcers.

The Board NOTED the report.

24/052 Annual Plan

The Director of Finance explained the plan.

The Board APPROVED the Annual Plan for 2024/25.

24/053 Risk Register

The Board RECEIVED and NOTED the Register, and AGREED that risk 14 be scored again.
""",
        Meeting("Northmere NHS Foundation Trust", "Board of Directors", date(2024, 5, 30)),
        (
            ("24/051", "noted", "NOTED the report.", 0),
            ("24/052", "approved", "Plan for 2024/25.", 0),
            ("24/053", "noted", "be scored again.", 0),
        ),
    ),
    "votes in a table": (
        """\
ASHMOOR COUNCIL

FULL COUNCIL

Minutes of the meeting of the Council held on 22 February 2024

88. BUDGET 2024-25

It was moved by Councillor Birch and seconded by Councillor Cole that the budget be adopted.

RESOLVED that the budget for 2024-25 be adopted.

Councillor | For | Against | Abstain
Birch | X | |
Cole | X | |
Drew | | X |
Ely | | | X

89. MOTION: RIVER QUALITY

The motion was put and lost.
""",
        Meeting("Ashmoor Council", "Council", date(2024, 2, 22)),
        (
            ("88", "approved", "2024-25 be adopted.", 0),
            ("89", "lost", "put and lost.", 0),
        ),
    ),
    "recommended to another body": (
        """\
WEXCOMBE DISTRICT COUNCIL

OVERVIEW AND SCRUTINY COMMITTEE

Minutes of the meeting held on 3 July 2024

17. LEISURE CENTRE CONTRACT

The Head of Leisure presented the report.

RESOLVED TO RECOMMEND TO CABINET:

(1) that the contract be extended for two years; and

(2) that the saving be kept for repairs.

18. CALL-IN: CAR PARK CHARGES

RESOLVED: That the decision be referred back to Cabinet for the following reasons:

(i) the consultation was too short; and

(ii) no account was taken of blue badge holders.

19. WORK PROGRAMME

AGREED: that the work programme be noted.
""",
        Meeting("Wexcombe District Council", "Overview and Scrutiny Committee", date(2024, 7, 3)),
        (
            ("17", "recommended", "kept for repairs.", 2),
            ("18", "referred", "blue badge holders.", 2),
            ("19", "noted", "programme be noted.", 0),
        ),
    ),
    "deferred and unanimous": (
        """\
CALDBROOK COUNCIL

LICENSING SUB-COMMITTEE

Minutes - 11 April 2024

4 Application for a Premises Licence - The Old Forge

The applicant did not attend.

RESOLVED: That consideration of the application be DEFERRED to the next meeting.

5 Taxi Policy

RESOLVED (unanimously): That the policy be adopted with effect from 1 June 2024.
""",
        Meeting("Caldbrook Council", "Licensing Sub-Committee", date(2024, 4, 11)),
        (
            ("4", "deferred", "the next meeting.", 0),
            ("5", "approved", "1 June 2024.", 0),
        ),
    ),
    "Welsh": (
        """\
CYNGOR SIR GLANAFON

CABINET

Cofnodion y cyfarfod a gynhaliwyd ar 16 Ionawr 2024

3. CYLLIDEB 2024/25

Cyflwynodd y swyddog yr adroddiad.

PENDERFYNWYD:

1. cymeradwyo'r gyllideb; a

2. nodi'r risgiau.

4. TRAFNIDIAETH YSGOL

PENDERFYNWYD bod yr adroddiad yn cael ei nodi.
""",
        Meeting("Cyngor Sir Glanafon", "Cabinet", date(2024, 1, 16)),
        (
            ("3", "resolved", "2. nodi'r risgiau.", 2),
            ("4", "noted", "cael ei nodi.", 0),
        ),
    ),
    "no resolutions at all": (
        """\
SALTMERE TOWN COUNCIL

EVENTS WORKING GROUP

Notes of the meeting held on 8 May 2024

1. Carnival

Members talked about the carnival. The route was thought to be too long.

2. Fireworks

It was noted that the field was wet last year.
""",
        Meeting("Saltmere Town Council", "Events Working Group", date(2024, 5, 8)),
        (),
    ),
    "a resolution without a text": (
        """\
HOLTWICK COUNCIL

STANDARDS COMMITTEE

Minutes of the meeting held on 19 June 2024

6. COMPLAINTS

The monitoring officer gave an update.

RESOLVED

7. TRAINING

RESOLVED:

That training be offered to all members.
""",
        Meeting("Holtwick Council", "Standards Committee", date(2024, 6, 19)),
        (("7", "resolved", "to all members.", 0),),
    ),
    "contradictory dates": (
        """\
DUNFORD COUNCIL

CABINET

Minutes of the meeting held on 10 October 2023

21. MINUTES

RESOLVED: That the minutes of the meeting held on 14 November 2023 be confirmed as a correct record.

22. PARKS

RESOLVED: That the parks plan be approved.
""",
        Meeting("Dunford Council", "Cabinet", date(2023, 10, 10)),
        (
            ("21", "approved", "a correct record.", 0),
            ("22", "approved", "plan be approved.", 0),
        ),
    ),
    "an amendment and a motion": (
        """\
KELSTOW METROPOLITAN BOROUGH COUNCIL

COUNCIL

Minutes of the Council meeting held on Wednesday 17 July 2024

33. NOTICE OF MOTION - HEDGEHOGS

Moved by Councillor Finch
Seconded by Councillor Gray

"That this Council protects hedgehogs."

An amendment was moved by Councillor Hart and seconded by Councillor Ince to add "and badgers".

On being put to the vote the amendment was declared LOST, 12 voting for and 20 against.

The motion was put to the vote and declared CARRIED.

Resolved -

That this Council protects hedgehogs.
""",
        Meeting("Kelstow Metropolitan Borough Council", "Metropolitan Borough Council", date(2024, 7, 17)),
        (
            ("33", "lost", "and 20 against.", 0),
            ("33", "resolved", "Council protects hedgehogs.", 0),
        ),
    ),
    "numbers in three parts": (
        """\
EASTHAVEN COMBINED AUTHORITY

Transport Board

Minutes of meeting held 6 February 2025

EC/12 Bus Franchising

12.1 The Director introduced the report.

12.2 The Board RESOLVED to:

12.2.1 Approve the outline business case.

12.2.2 Ask for an audit of the assessment.

EC/13 Active Travel

13.1 The Board AGREED the programme.
""",
        Meeting("Easthaven Combined Authority", "Transport Board", date(2025, 2, 6)),
        (
            ("EC/12", "resolved", "of the assessment.", 2),
            ("EC/13", "agreed", "AGREED the programme.", 0),
        ),
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_minutes_of_other_councils_are_read(style: str, tmp_path: Path) -> None:
    text, meeting, told = STYLES[style]
    held, entries = register(text, tmp_path)
    assert held == meeting
    assert {one.meeting for one in entries} <= {meeting}
    assert [(one.item, one.outcome, " ".join(one.text.split()[-3:]), len(one.limbs)) for one in entries] == list(told)


def test_who_moved_and_how_members_voted_is_kept(tmp_path: Path) -> None:
    _, entries = register(STYLES["votes in a table"][0], tmp_path)
    assert (entries[0].mover, entries[0].seconder, entries[0].votes) == (
        "Councillor Birch",
        "Councillor Cole",
        Votes(2, 1, 1),
    )
    _, entries = register(STYLES["an amendment and a motion"][0], tmp_path)
    assert [(one.mover, one.votes) for one in entries] == [
        ("Councillor Hart", Votes(12, 20, 0)),
        ("Councillor Finch", None),
    ]


def test_minutes_confirm_earlier_ones_unless_the_dates_contradict_each_other(tmp_path: Path) -> None:
    _, entries = register(STYLES["DECISION and numbered limbs"][0], tmp_path)
    assert [one.confirms for one in entries] == [date(2023, 12, 5), None, None]
    _, entries = register(STYLES["contradictory dates"][0], tmp_path)
    assert [one.confirms for one in entries] == [None, None]


def test_a_resolution_of_forty_limbs_has_forty(tmp_path: Path) -> None:
    limbs = "\n".join(f"{number}. that scheme {number} go ahead;" for number in range(1, 41))
    text = STYLES["RESOLVED alone on a line"][0].replace(
        "That the fares for 2024/25 be as set out in Appendix 1.", f"That:\n{limbs}"
    )
    _, entries = register(text, tmp_path)
    assert [len(one.limbs) for one in entries] == [2, 40]
