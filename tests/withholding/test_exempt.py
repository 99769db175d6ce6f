"""Exempt papers are withheld on any sign; public papers that only speak of exemption are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer import readers
from indexer.records import Document
from indexer.withholding import exempt
from tests.conftest import ROOT
from tests.makers.paper_maker import document, page

SHARED = ROOT.parent / "shared"
MOTION = (
    "RESOLVED: that under section 100A(4) the public be excluded from the meeting for the following item as it involves"
    " the likely disclosure of exempt information as defined in paragraph 3 of Part 1 of Schedule 12A."
)
NO_ITEMS = (
    "EXEMPT ITEMS (At the time of preparing the agenda there were no exempt items. During any such items the meeting is"
    " likely NOT to be open to the press and public)"
)


@pytest.mark.parametrize(
    "name",
    [
        "Item 8 Disposal of former depot Part 2",
        "EXEMPT Appendix A",
        "Confidential annex",
        "Part II papers",
        "restricted",
        "Appendix 3 (Exempt)",
        "24-00031_-_Exempt_Appendix",
        "Private session minutes",
        "pink papers",
        "Not for publication - lease terms",
        "Report_PART_2",
        "RESTRICTED - Bids",
        "Appendix B - Restricted",
    ],
)
def test_a_name_that_says_exempt_is_a_sign(name: str) -> None:
    assert exempt.named(name)


@pytest.mark.parametrize(
    "name",
    [
        "24-00115 - PROD",
        "Supported exempt accommodation strategy",
        "Private rented sector licensing",
        "Private fostering annual report",
        "Exemption from contract procedure rules",
        "Confidentiality policy",
        "Part 2 of the Care Act",
        "Part 2 of 3 Annual report",
        "Strategy Part 2 - Successes",
        "Local Plan Part 2",
        "Restricted parking zones",
        "Exclusion of the press and public",
        "Non-exempt appendix",
        "Pinkerton Road",
        "pink-palette",
        "Part 20",
        "Public reports pack",
    ],
)
def test_a_public_subject_with_such_a_word_is_no_sign(name: str) -> None:
    assert not exempt.named(name)


@pytest.mark.parametrize(
    "text",
    [
        "NOT FOR PUBLICATION",
        "Confidential",
        "EXEMPT REPORT",
        "EXEMPT",
        "Part 2 - Not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A",
        "Appendix 4 – Exempt from publication",
        "STRICTLY CONFIDENTIAL",
        "OFFICIAL - SENSITIVE",
        "Private and confidential",
        "RESTRICTED",
        "REPORT NOT FOR PUBLICATION",
        "Exempt Appendix B",
    ],
)
def test_a_mark_at_the_head_of_any_page_withholds_the_paper(text: str) -> None:
    paper = document(["Disposal of the depot", "The depot is empty."], [text, "The terms agreed are as follows."])
    assert exempt.sign(paper, "a.pdf", {}) == "page 2 says that it is exempt"


@pytest.mark.parametrize(
    "text",
    [
        "This report is not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A to the Act.",
        "Not for publication by virtue of paragraphs 1 and 2 of Part 1 of Schedule 12A",
        "This appendix contains exempt information as defined in paragraph 3.",
        "This report is not for publication because it contains information likely to reveal an individual.",
        "Exempt from publication under paragraph 3: information on the affairs of any particular person.",
        "This minute is exempt from publication.",
    ],
)
def test_a_sentence_that_says_it_of_this_paper_withholds_it_wherever_it_stands(text: str) -> None:
    paper = document(["Lease of the pier", *["The pier was built in 1880."] * 10, f"The pier is leased. {text}"])
    assert exempt.sign(paper, "a.pdf", {}) == "page 1 says that it is exempt"


@pytest.mark.parametrize(
    "text",
    [
        MOTION,
        "[Do not include information which is exempt from publication under schedule 12a of the Act 1972]",
        "EXEMPT ITEMS",
        NO_ITEMS,
        "There are no exempt items.",
        "Attend all meetings unless the business would disclose 'confidential' or 'exempt' information.",
        "Appendix 2 is exempt by virtue of paragraph 3 of Part 1 of Schedule 12A.",
        "The appendix to this report is exempt under paragraph 3 of Schedule 12A.",
        "Confidential or exempt items (if any)",
        "Confidential waste collection is arranged",
        "For publication",
    ],
)
def test_a_public_paper_may_speak_of_exemption(text: str) -> None:
    assert exempt.sign(document([text, "The minutes were approved."]), "minutes.pdf", {}) == ""


def test_words_of_the_act_cut_by_a_line_end_are_still_read() -> None:
    paper = document(["Lease", *["The pier was built."] * 8, "This report is exempt", "from publication."])
    assert exempt.sign(paper, "a.pdf", {}) == "page 1 says that it is exempt"


def test_folder_title_and_sidecar_are_signs_too() -> None:
    paper = document(["Lease of the pier"])
    assert exempt.sign(paper, "cabinet/Part 2/lease.pdf", {}) == "its path says so: Part 2"
    titled = document(["Lease of the pier"], title="Confidential: lease of the pier")
    assert exempt.sign(titled, "lease.pdf", {}) == "its title says that it is exempt or confidential"
    assert exempt.sign(paper, "lease.pdf", {"title": "Exempt lease"}) != ""
    assert exempt.sign(paper, "lease.pdf", {"exempt": "yes"}) == "the sidecar says that it is exempt"


def test_a_sidecar_row_releases_what_a_person_has_looked_at() -> None:
    assert exempt.sign(document(["NOT FOR PUBLICATION"]), "Part 2.pdf", {"exempt": "no"}) == ""


def test_a_running_line_is_a_sign_although_it_leaves_the_text() -> None:
    paper = replace(document(["Lease of the pier"]), margins=frozenset(["Harbour Board", "NOT FOR PUBLICATION"]))
    assert exempt.sign(paper, "a.pdf", {}) == (
        "a running line, stamp or keyword marks it as exempt or not for publication"
    )


def test_a_paper_without_sheets_names_no_page() -> None:
    text = Document("txt", paged=False, pages=(page(1, "NOT FOR PUBLICATION", "The terms."),))
    assert exempt.sign(text, "a.txt", {}) == "its text says that it is exempt"


def test_no_public_paper_of_two_councils_and_a_county_is_withheld() -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared real papers are not here")
    names = ("frontsheet", "PROD", "Minutes", "PRoD")
    files = [path for path in SHARED.glob("papers-kent/**/*.pdf") if any(name in path.name for name in names)]
    files += SHARED.glob("papers/text/*.txt")
    signs = {}
    for path in files:
        paper = readers.read(path)
        signs[path.name] = exempt.sign(paper, path.relative_to(SHARED).as_posix(), {})
    assert len(signs) >= 15
    assert set(signs.values()) == {""}
