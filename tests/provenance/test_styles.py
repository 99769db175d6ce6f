"""Papers in the styles of many UK bodies: what each is, whose, of when, and how it is divided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.decisions.extract import decisions
from indexer.provenance.describe import describe
from indexer.records import Bookmark, Box, Document, Meeting, Paper
from indexer.structure.sections import sections
from tests.makers.paper_maker import document, prose

Told = tuple[str, str, Meeting]


def described(made: Document, path: str = "x.pdf") -> Paper:
    return describe(made, path, "0" * 64, {})


def told(made: Document, path: str = "x.pdf") -> Told:
    """What a paper is, what it is called and of which meeting."""
    paper = described(made, path)
    return paper.kind, paper.title, paper.meeting


def tree(made: Document, path: str = "x.pdf") -> list[str]:
    """The sections as indented lines: ". item 3 Finance"."""
    lines: list[str] = []
    depths: list[int] = []
    for one in sections(made, described(made, path)):
        depths.append(0 if one.parent is None else depths[one.parent] + 1)
        lines.append(" ".join(filter(None, ("." * depths[-1], one.kind, one.number, one.title))))
    return lines


def decided(made: Document) -> list[tuple[str, str, str]]:
    """Outcome, item and title of what was decided."""
    entries = decisions(made.pages, sections(made, described(made)))
    return [(one.outcome, one.item, one.title) for one in entries]


def test_a_paper_of_an_nhs_board_has_its_dotted_item_and_its_annexes_by_their_own_word() -> None:
    head = ["NHS Mudshire and Quayland Integrated Care Board", "**Agenda item: 7.2**", "**Paper C**"]
    labels = ["Title:\tFinance report, month 8", "Date:\t25 January 2024", "Author:\tDeputy Finance Director"]
    text = ["**Executive summary**", prose(60), "**Recommendations**", "The Board is asked to note the position."]
    made = document([*head, *labels, *text], ["**Annex 1: Capital programme**", prose(60)], ["**Annex 2: Run rate**"])
    meeting = Meeting("NHS Mudshire and Quayland Integrated Care Board", "", date(2024, 1, 25))
    assert told(made) == ("report", "Finance report, month 8", meeting)
    assert tree(made) == [
        "report 7.2 Finance report, month 8",
        ". heading Executive summary",
        ". recommendation Recommendations",
        ". appendix 1 Annex 1: Capital programme",
        ". appendix 2 Annex 2: Run rate",
    ]


def test_minutes_of_an_nhs_trust_are_numbered_by_year_and_minute() -> None:
    made = document(
        [
            "Mudshire Acute Hospitals NHS Trust",
            "**Minutes of the Trust Board meeting held in public on Thursday 28th September 2023**",
            "**Present:**",
            "Mr A Poe, Chair",
            "**23/045 Welcome and apologies**",
            "The Chair welcomed members.",
            "**23/046 Patient story**",
            prose(40),
            "RESOLVED: The Board NOTED the story.",
            "There being no further business the meeting closed at 12.15.",
        ]
    )
    meeting = Meeting("Mudshire Acute Hospitals NHS Trust", "Trust Board", date(2023, 9, 28))
    assert told(made) == ("minutes", "Minutes, Trust Board, 28 September 2023", meeting)
    assert decided(made) == [("noted", "23/046", "Patient story")]


def test_minutes_of_a_fire_authority_have_lettered_numbers_and_a_short_date() -> None:
    made = document(
        [
            "MUDSHIRE AND QUAYLAND FIRE AND RESCUE AUTHORITY",
            "**Minutes of the Meeting of the Policy and Resources Committee held on 3.3.15**",
            "PRESENT: Councillors Poe (Chair), Roe and Doe",
            "C.12 APOLOGIES",
            "None.",
            "C.13 RESERVES STRATEGY",
            prose(40),
            "RESOLVED – That the strategy be approved.",
        ]
    )
    authority = "Mudshire and Quayland Fire and Rescue Authority"
    meeting = Meeting(authority, "Policy and Resources Committee", date(2015, 3, 3))
    assert told(made) == ("minutes", "Minutes, Policy and Resources Committee, 3 March 2015", meeting)
    assert tree(made) == ["minutes Minutes", ". item C.12 APOLOGIES", ". item C.13 RESERVES STRATEGY"]


def test_minutes_of_a_parish_council_keep_lettered_matters_inside_their_item() -> None:
    made = document(
        [
            "Quay-on-Sand Parish Council",
            "Minutes of the Parish Council Meeting held on Tuesday, 3rd March, 2015 at 7.30pm in the Village Hall",
            "Present: Cllrs A Poe (Chair), B Roe",
            "1. Apologies for absence",
            "Apologies were received from Cllr Doe.",
            "2. Planning applications",
            "(a) 15/00123/FUL 3 Sand Lane",
            "No objection.",
            "(b) 15/00124/FUL 5 Sand Lane",
            "RESOLVED to object.",
            "3. Finance",
            "RESOLVED to pay the accounts.",
            "Meeting closed at 9.05pm",
        ]
    )
    meeting = Meeting("Quay-on-Sand Parish Council", "Parish Council", date(2015, 3, 3))
    assert told(made) == ("minutes", "Minutes, Parish Council, 3 March 2015", meeting)
    entries = decisions(made.pages, sections(made, described(made)))
    assert [(one.text.rpartition(") ")[2], one.item) for one in entries][-2:] == [
        ("15/00124/FUL 5 Sand Lane\nRESOLVED to object.", "2"),
        ("RESOLVED to pay the accounts.", "3"),
    ]


def test_a_scottish_minute_in_the_singular_is_minutes() -> None:
    made = document(
        [
            "MUDLAND COUNCIL",
            "**MINUTE of MEETING of the EDUCATION COMMITTEE held in the Council Chamber on Tuesday, 3 March 2015**",
            "Present: Councillors Poe (Convener), Roe, Doe",
            "**1. DECLARATIONS OF INTEREST**",
            "There were none.",
            "**2. SCHOOL ESTATE STRATEGY**",
            prose(30),
            "Decision: The Committee agreed to approve the strategy.",
        ]
    )
    meeting = Meeting("Mudland Council", "Education Committee", date(2015, 3, 3))
    assert told(made) == ("minutes", "Minutes, Education Committee, 3 March 2015", meeting)
    assert decided(made) == [("agreed", "2", "SCHOOL ESTATE STRATEGY")]


def test_bilingual_heads_are_read_by_the_language_that_is_known() -> None:
    made = document(
        [
            "CYNGOR SIR MWDLAND / MUDLAND COUNTY COUNCIL",
            "PWYLLGOR ARCHWILIO / AUDIT COMMITTEE",
            "Cofnodion y cyfarfod a gynhaliwyd ar 3 Mawrth 2015 / Minutes of the meeting held on 3 March 2015",
            "Presennol / Present: Councillor A Poe (Chair)",
            "1. YMDDIHEURIADAU / APOLOGIES",
            "None.",
            "2. CYFRIFON / ACCOUNTS",
            prose(30),
        ]
    )
    meeting = Meeting("Mudland County Council", "Audit Committee", date(2015, 3, 3))
    assert told(made) == ("minutes", "Minutes, Audit Committee, 3 March 2015", meeting)
    assert tree(made)[1:] == [". item 1 YMDDIHEURIADAU / APOLOGIES", ". item 2 CYFRIFON / ACCOUNTS"]


def test_a_list_announces_an_appendix_and_the_next_page_opens_it() -> None:
    head = ["# West Mudshire Combined Authority", "Report to: Transport Committee", "Date: 14 March 2019"]
    labels = ["Subject: Bus franchising", "Author: B Roe"]
    text = ["**1. Purpose of this report**", prose(30), "**2. Information**", prose(60)]
    made = document(
        [*head, *labels, *text, "**3. Appendices**", "Appendix 1 – Timetable"], ["Appendix 1", "**Timetable**"]
    )
    meeting = Meeting("West Mudshire Combined Authority", "Transport Committee", date(2019, 3, 14))
    assert told(made) == ("report", "Bus franchising", meeting)
    assert tree(made)[-1] == ". appendix 1 Appendix 1: Timetable"


def test_a_report_without_labels_is_named_by_its_first_telling_line() -> None:
    made = document(
        [
            "MUDSHIRE POLICE AND CRIME PANEL",
            "3 MARCH 2015",
            "REPORT OF THE POLICE AND CRIME COMMISSIONER",
            "PROPOSED PRECEPT 2015/16",
            "1. PURPOSE OF REPORT",
            prose(30),
        ]
    )
    kind, title, meeting = told(made, "panel/2015-03-03/Item 6.pdf")
    assert (kind, title) == ("other", "PROPOSED PRECEPT 2015/16")
    assert meeting == Meeting("Mudshire Police and Crime Panel", "", date(2015, 3, 3))


def test_a_letterhead_gives_board_and_date_and_is_no_title() -> None:
    made = document(
        [
            "Mudmoor National Park Authority",
            "Planning Committee",
            "**Friday 3 March 2023**",
            "**Item 5**",
            "**6/2022/0345 Change of use of barn, Low Quay Farm**",
            "**Summary**",
            prose(40),
        ]
    )
    meeting = Meeting("Mudmoor National Park Authority", "Planning Committee", date(2023, 3, 3))
    assert told(made) == ("other", "6/2022/0345 Change of use of barn, Low Quay Farm", meeting)


def test_the_second_line_of_an_authoritys_name_is_no_board() -> None:
    made = document(["Mudshire", "Safeguarding Children Board", "**Annual report of the partnership**", prose(40)])
    assert told(made)[2].board == ""


def test_unnumbered_minutes_leave_out_who_was_there() -> None:
    made = document(
        [
            "Mudlake District Council",
            "# Minutes of a meeting of the Scrutiny Panel",
            "held on Monday, 5 November 2018",
            "**Members present**",
            "Councillor A Poe",
            "**Review of car parks**",
            prose(50),
            "Resolved: that the review be noted.",
            "(Meeting started 2.00 pm, ended 3.15 pm)",
        ]
    )
    meeting = Meeting("Mudlake District Council", "Scrutiny Panel", date(2018, 11, 5))
    assert told(made) == ("minutes", "Minutes, Scrutiny Panel, 5 November 2018", meeting)
    ended = ". heading (Meeting started 2.00 pm, ended 3.15 pm)"
    assert tree(made) == ["minutes Minutes", ". item Review of car parks", ended]


def test_a_summons_names_the_board_before_it_says_where() -> None:
    made = document(
        [
            "SANDFORD BOROUGH COUNCIL",
            "SUMMONS",
            "You are summoned to the Annual Meeting of the Council to be held at the Hall on WEDNESDAY, 20 MAY 2015",
            "AGENDA",
            "1. Apologies for absence",
            "2. Election of Mayor",
        ]
    )
    meeting = Meeting("Sandford Borough Council", "Borough Council", date(2015, 5, 20))
    assert told(made) == ("agenda", "Agenda, Borough Council, 20 May 2015", meeting)


def test_minutes_whose_headings_only_gather_have_their_dotted_items() -> None:
    head = [
        "NHS Mudshire Integrated Care Board",
        "Minutes of the Board meeting held on 25 January 2024",
        "Present: A Poe",
    ]
    items = ["1. Opening", "1.1 Welcome and apologies", "None.", "2. Strategy", "2.1 Joint forward plan", prose(40)]
    made = document([*head, *items, "The Board APPROVED the plan.", "2.2 Finance report", prose(40)])
    assert [line.split(maxsplit=3)[2] for line in tree(made)[1:]] == ["1", "1.1", "2", "2.1", "2.2"]
    assert decided(made) == [("approved", "2.1", "Joint forward plan")]


def test_dotted_paragraphs_of_minutes_are_no_items() -> None:
    head = ["Sandford Town Council", "Minutes of the Town Council meeting held on 9 May 2022", "Present: A Poe"]
    text = ["1. Mud", "1.1 The Clerk reported.", "1.2 Members asked why.", "2. Sand", "2.1 There was none."]
    assert tree(document([*head, *text])) == ["minutes Minutes", ". item 1 Mud", ". item 2 Sand"]


def test_labels_in_two_languages_make_a_head() -> None:
    head = ["Cyngor Sir Mwdland", "Adroddiad i'r Cabinet / Report to Cabinet", "Dyddiad / Date: 3 March 2015"]
    made = document([*head, "Teitl / Title: School estate", "Awdur / Author: A Poe", prose(60)])
    kind, title, meeting = told(made)
    assert (kind, title, meeting.date) == ("report", "School estate", date(2015, 3, 3))


def test_board_and_date_above_labels_are_the_meetings() -> None:
    head = ["Mudlake District Council", "Planning Committee", "3.3.15", "Agenda item 12", "Title: Winter plan"]
    made = document([*head, "Presented by: Chief Operating Officer", "Purpose: For approval", prose(60)])
    meeting = Meeting("Mudlake District Council", "Planning Committee", date(2015, 3, 3))
    assert told(made) == ("report", "Winter plan", meeting)
    assert tree(made)[0] == "report 12 Winter plan"


def test_a_newsletter_is_of_its_council() -> None:
    made = document(["# The Quay", "# Newsletter of Quay-on-Sand Parish Council", "**Village hall**", prose(60)])
    assert (told(made)[2].authority, told(made)[2].board) in {("", ""), ("Quay-on-Sand Parish Council", "")}


def test_those_present_and_a_councils_name_in_one_line_are_no_authority() -> None:
    assert told(document(["Councillor PM Poe Dr D Roe Mudshire Council", prose(30)]))[2].authority == ""


REPORT = ["Mudshire County Council", "Report to: Cabinet", "Date: 4 June 2024", "Title: Roads", "Report by: Director"]


def test_a_report_goes_on_after_an_appendix_in_its_midst_where_its_numbers_do() -> None:
    first = [*REPORT, "**1. Introduction**", prose(40), "**2. Surfaces**", prose(40), "**3. Options**", prose(40)]
    second = ["**Appendix A: Map**", prose(40), "**Key**", prose(40)]
    third = ["**4. Costs**", prose(60), "**5. Recommendations**", "That the roads be mended."]
    made = document(first, second, third)
    assert tree(made) == [
        "report Roads",
        ". heading 1 Introduction",
        ". heading 2 Surfaces",
        ". heading 3 Options",
        ". appendix A Appendix A: Map",
        ".. heading Key",
        ". heading 4 Costs",
        ". recommendation Recommendations",
    ]
    assert decided(made) == [("recommended", "", "Roads")]


def test_an_appendixs_own_numbers_do_not_end_it() -> None:
    first = [*REPORT, "**1. Introduction**", prose(40), "**2. Surfaces**", prose(40)]
    second = ["**Appendix A: Policy**", "**1. Aims**", prose(40), "**2. Means**", prose(40), "**3. Ends**", prose(40)]
    assert [line for line in tree(document(first, second)) if not line.startswith("..")][-1] == (
        ". appendix A Appendix A: Policy"
    )


PLAN = ["# Flood plan", "**Introduction**", prose(40), "**Risks**", prose(40)]


def test_bookmarks_tell_what_stands_beside_an_appendix() -> None:
    pages = (PLAN, ["**Appendix 1: Gauges**", prose(60)], ["**Pumps**", prose(80)])
    names = (("Introduction", 1), ("Risks", 1), ("Appendix 1: Gauges", 2), ("Pumps", 3))
    outline = tuple(Bookmark(title, page, 0) for title, page in names)
    assert tree(document(*pages, outline=outline))[-2:] == [". appendix 1 Appendix 1: Gauges", ". heading Pumps"]
    assert tree(document(*pages))[-2:] == [". appendix 1 Appendix 1: Gauges", ".. heading Pumps"]


def test_larger_type_returns_from_an_appendix_only_where_the_report_had_it() -> None:
    large = ["# Flood plan", prose(40), "# Part one", prose(40), "# Part two", prose(40)]
    made = document(large, ["**Appendix 1: Gauges**", prose(60)], ["# Part three", prose(60)])
    assert tree(made)[-1] == ". heading Part three"
    pasted = document(PLAN, ["Appendix 1", "**Gauges**", prose(60)], ["# A strategy pasted in", prose(60)])
    assert tree(pasted)[-1] == ".. heading A strategy pasted in"


def test_an_appendix_stamped_on_its_pages_is_the_whole_paper() -> None:
    cover = ["# Quayside County Council", "# Quarterly Performance Report", "# Quarter 3", prose(10)]
    made = document(cover, ["Appendix 1", "**Key to ratings**", prose(40)], ["**Executive Summary**", prose(60)])
    big = replace_size(made, 26.0)
    assert told(big, "QPR cabinet appendix 1.pdf")[1] == "Appendix 1: Quarterly Performance Report Quarter 3"
    assert tree(big, "QPR cabinet appendix 1.pdf") == [
        "appendix 1 Appendix 1: Quarterly Performance Report Quarter 3",
        ". heading Key to ratings",
        ". heading Executive Summary",
    ]


def replace_size(made: Document, size: float) -> Document:
    """Set the large type of a document in another size."""
    pages = tuple(
        replace(one, blocks=tuple(replace(b, size=size if b.size > 11 else b.size) for b in one.blocks))
        for one in made.pages
    )
    return replace(made, pages=pages)


def test_an_appendix_that_begins_again_on_each_page_is_one() -> None:
    page = ["**APPENDIX C - CAPITAL PROJECTS BY YEAR**", "Roads\t1\t2\t3", "Quays\t4\t5\t6", prose(30)]
    made = document(page, page)
    assert tree(made, "Appendix C.pdf") == ["appendix C Appendix C: CAPITAL PROJECTS BY YEAR"]


def test_an_annex_within_an_appendix_is_below_it() -> None:
    made = document(["**Appendix L**", "**Treasury strategy**", prose(60)], ["**Annex A – Debt**", prose(60)])
    assert tree(made, "Appendix L.pdf") == ["appendix L Appendix L: Treasury strategy", ". appendix A Annex A: Debt"]


def test_a_list_of_appendices_with_their_names_on_lines_below_opens_none() -> None:
    listed = ["**Appendix A:**", prose(20), "**Appendix B:**", prose(20), "**Background Documents**", prose(20)]
    made = document([*REPORT, "**1. Introduction**", prose(40), "**2. Contact details**", prose(10), *listed])
    assert [line for line in tree(made) if "Appendix" in line] == []


def test_contact_details_with_a_report_authors_label_are_no_report() -> None:
    first = [*REPORT, "**1. Introduction**", prose(40)]
    last = ["**2. Contact details**", "Report Author:\tRelevant Director:", "A Poe\tB Roe", "Telephone number\t1"]
    assert [line for line in tree(document(first, last)) if line.startswith("report")] == ["report Roads"]


def test_a_head_below_a_running_line_is_one_report() -> None:
    front = ["# AGENDA", "**Harbour Board**", "Date: Tuesday 6 May 2031", "1. APOLOGIES", "2. MUD"]
    minutes = ["Minutes of the Harbour Board held on 8 April 2031", "Present: A Poe", "1. APOLOGIES", "None."]
    head = ["Harbour Board, 6 May 2031", "**Title of report: Mud**", "Meeting:\tHarbour Board", "Report by:\tMaster"]
    made = document(front, [*minutes, "The meeting ended at 4 pm"], [*head, "**Purpose**", prose(60)])
    assert [line for line in tree(made) if line.startswith("report")] == ["report 2 Mud"]


def test_a_paper_without_a_head_is_what_the_agenda_says_at_the_number_it_is_stamped_with() -> None:
    front = ["# AGENDA", "**Harbour Board**", "Date: Tuesday 6 May 2031", "1. APOLOGIES", "2. MUD", "3. WORK PROGRAMME"]
    report = ["Title of report:\tMud", "Meeting date:\t6 May 2031", "Report by:\tMaster", "**Purpose**", prose(60)]
    made = document(front, report, ["AGENDA ITEM 3", "June\tMud", "July\tSand"])
    assert [line for line in tree(made) if line.startswith("report")] == ["report 2 Mud", "report 3 WORK PROGRAMME"]


def test_a_title_whose_line_fell_into_cells_is_not_guessed() -> None:
    head = ["By:\tA Poe, Research Officer", "To:\tCabinet - 4 March 2025"]
    made = document([*head, "Subject:\tQuays and Mud\treconsideration\tof\tDecision\t1", "**Introduction**", prose(60)])
    kind, title, meeting = told(made, "Call-in of the quays.pdf")
    assert (kind, title) == ("report", "Call-in of the quays")
    assert (meeting.board, meeting.date) == ("Cabinet", date(2025, 3, 4))


def test_a_title_whose_line_fell_into_cells_is_read_by_where_its_words_stand() -> None:
    labels = ["By:\tA Poe", "To:\tCabinet - 4 March 2025", "Subject:\tMud and Quays\tsale\tof\tSand\t-\tFuture\tof"]
    made = document([*labels, "**Introduction**", prose(60)])
    page = made.pages[0]
    first = {word: 60.0 + 40 * at for at, word in enumerate(["Subject:", "sale", "of", "Sand", "-", "Future", "of"])}
    second = {word: 100.0 + 40 * at for at, word in enumerate(["Mud", "and", "Quays"])}
    boxes = []
    ofs = iter([140.0, 300.0])
    for at, word in enumerate(page.text.split()):
        x = next(ofs) if word == "of" and 9 <= at < 19 else {**first, **second}.get(word, 60.0)
        boxes.append((Box(x, 114.0 if word in second else 100.0, x + 30, 110.0 if word not in second else 124.0),))
    placed = replace(made, pages=(replace(page, boxes=tuple(boxes)),))
    assert told(placed)[1] == "sale of Sand - Future of Mud and Quays"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("24-00115 - Appendix A - Mud in the harbour.pdf", "Appendix A: Mud in the harbour (24-00115)"),
        ("Item 7 - Supplementary - Appendix B - EqIA.pdf", "Appendix B: EqIA"),
        ("quayside-harbour-board-mud-list-2013-14.txt", "Quayside harbour board mud list 2013-14"),
        ("24-00115.pdf", "24-00115"),
        ("Mud_list.pdf", "Mud list"),
    ],
)
def test_a_file_name_becomes_a_title_with_the_papers_own_name_first(name: str, title: str) -> None:
    assert told(document([prose(20)]), name)[1] == title


def test_a_form_is_named_by_what_it_says_its_title_is() -> None:
    made = document(["**EQIA Submission**", "**EQIA Title**", "Sale of mud", "**Officer**", "A Poe", prose(20)])
    assert told(made, "24-00096 - EQIA.pdf")[:2] == ("appendix", "EQIA: Sale of mud")


def test_a_supplementary_appendix_is_an_appendix_and_no_agenda() -> None:
    made = document(["Form", prose(60)])
    assert tree(made, "Item 7 - Supplementary - Appendix B - Mud.pdf") == ["appendix B Appendix B: Mud"]


@pytest.mark.parametrize("line", ["Page 24", "Key decision: NO", "Is it eligible for call-in? Yes", "J Poefield"])
def test_page_stamps_answers_and_signatures_are_no_headings(line: str) -> None:
    made = document([*REPORT, "**Introduction**", prose(40), f"**{line}**", prose(60)])
    assert tree(made) == ["report Roads", ". heading Introduction"]


def test_notes_that_no_head_calls_minutes_are_minutes_by_their_lines() -> None:
    made = document(
        [
            "Mud Lane Allotment Association",
            "Committee notes, 8 October 2018",
            "There: Ann (chair), Bev, Col, Dot (taking notes). Sorry: Flo.",
            "**1. Last notes**",
            "The notes of 3 September were agreed as a correct record.",
            "**2. Money**",
            "Col said that there was £1,204 in the bank.",
            "It was agreed to pay £85 for the skip.",
            "**3. Rents**",
            "Bev thinks that people will grumble.",
            "It was agreed to raise rents to £42 from January.",
        ]
    )
    assert told(made)[0] == "minutes"
    assert decided(made) == [("agreed", "1", "Last notes"), ("agreed", "2", "Money"), ("agreed", "3", "Rents")]
    assert next(one for one in described(made).evidence if one.field == "kind").witnesses == ("labels of lines",)


def test_a_constitution_with_its_trustees_and_what_they_may_approve_is_no_minutes() -> None:
    made = document(
        [
            "Friends of the Harbour",
            "Constitution, 18 February 2026",
            "Trustees: Ann Roe (chair), Bev Poe, Col Doe. Apologies: Flo Moe.",
            "**1. Name**",
            "The name is Friends of the Harbour.",
            "**2. Powers**",
            "The trustees shall approve the accounts each year.",
            "**3. Members**",
            "That the subscription be £5 a year.",
            "**4. Meetings**",
            "To approve the budget and to appoint an auditor.",
            "**5. Money**",
            "That the accounts be approved by the trustees.",
        ]
    )
    assert told(made)[0] == "other"
    assert decided(made) == []


def test_a_plan_of_decisions_to_come_with_a_list_of_members_is_no_minutes() -> None:
    plan = [f"{number}. That a quay be repaired, to be approved by the Harbour Committee" for number in (1, 2, 3)]
    made = document(
        ["Forward plan", "18 February 2026", "**Key decisions**", *plan, "**Members**", "Councillor Ann Roe (Chair)"]
    )
    assert told(made)[0] == "other"
