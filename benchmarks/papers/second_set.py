"""A second set of marked and public papers, made apart from the first and read once before anything was mended for it.

Same question as `benchmarks.papers.marked_papers`, other hands: memoranda of another council, in PDF, Word, web pages
and text, marked with whatever files can hold. What the reader made of them at first is in benchmarks/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.papers import second_files as files
from benchmarks.papers import second_sheets as sheets
from benchmarks.papers.marked_papers import Sample

# Running lines and headings, in the words that officers choose.
MARKS: Final = (
    "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A",
    "Part II – private",
    "CONFIDENTIAL – members only",
    "EXEMPT INFORMATION – PARAGRAPHS 1 AND 2",
    "YELLOW PAPER",
    "Yellow papers – members only",
    "DO NOT PUBLISH",
    "Members' eyes only",
    "Private item",
    "PRIVATE & CONFIDENTIAL until released by the monitoring officer",
    "Eithriedig",
    "CYFRINACHOL",
    "NID I'W GYHOEDDI",
    "Adroddiad eithriedig – Rhan 2",
    "Access to information: Exempt",
    "Contains personal data – not for onward circulation",
    "REPORT CLASSIFICATION – EXEMPT",
    "Not for release to press or public",
)
# What public memoranda have in the same places.
PUBLIC: Final = (
    "PART 2: DELIVERY PLAN",
    "Part II: the evidence",
    "Classification: OFFICIAL",
    "Restricted and unrestricted funds",
    "No longer exempt: released by the monitoring officer on 3 May",
    "Nid oes eitemau eithriedig",
    "Cyfrinachedd",
    "Adroddiad cyhoeddus",
    "Yellow lines and restricted parking",
    "Private hire licensing",
    "Closed churchyards",
    "Confidentiality: nothing in this memo is confidential",
    "Members only car park: charges",
    "Publication status: open",
    "Exempt VAT supplies",
    "Access to information: Open",
)
AMONG: Final = (
    "Letters to the clerk should be marked private and confidential.",
    "Twelve requests were refused as exempt under section 40 of the Freedom of Information Act 2000.",
    "Appendix B holds the tenders and is not for publication by virtue of paragraph 3; it goes to members apart.",
    "The yellow paper bank at the tip is full each Monday.",
    "Rhoddir gwybod i'r aelodau nad yw'r adroddiad hwn yn gyfrinachol.",
    "This memo has been released from its confidential status and may be published.",
)


def samples() -> tuple[Sample, ...]:
    """Every paper of the set, always in the same order."""
    return (*_turned(), *_drawn(), *_annotated(), *_scans(), *_words(), *_other(), *_public(), *_public_drawn())


def _turned() -> Iterator[Sample]:
    for number, (text, angle) in enumerate((("CONFIDENTIAL", 52), ("NOT FOR PUBLICATION", -33), ("EXEMPT", 24)), 1):
        mark = partial(sheets.across, text=text, angle=angle, size=46)
        yield Sample(f"turned sheet {number}", True, partial(sheets.turned, number=number, mark=mark, quarters=number))
        stamp = partial(sheets.rubber, text=text, angle=12, at=(180, 300, 240))
        write = partial(sheets.turned, number=number, mark=stamp, quarters=number)
        yield Sample(f"turned sheet, picture {number}", True, write, True)


def _drawn() -> Iterator[Sample]:
    for number, (text, angle) in enumerate((("EXEMPT", 0), ("CONFIDENTIAL", 38), ("EXEMPT", 90))):
        mark = partial(sheets.stroked, text=text, angle=angle, size=12 - 2 * (len(text) > 8))
        yield Sample(f"drawn with a pen {number}", True, partial(sheets.printed, number=number, mark=mark), True)
    for number, (text, angle) in enumerate((("NOT FOR PUBLICATION", 41), ("CONFIDENTIAL", -58))):
        mark = partial(sheets.formed, text=text, angle=angle, size=44 - 16 * (len(text) > 14))
        yield Sample(f"through a form {number}", True, partial(sheets.printed, number=number, mark=mark))
    for number, (text, angle) in enumerate((("CONFIDENTIAL", 30), ("EXEMPT PAPER", 0))):
        change = partial(sheets.patterned, text=text, angle=angle)
        yield Sample(
            f"pattern {number}",
            True,
            partial(_changed, number=number, change=change),
            True,
        )
    for number, (text, angle) in enumerate((("RESTRICTED", 63), ("STRICTLY CONFIDENTIAL", 35))):
        mark = partial(sheets.across, text=text, angle=angle, size=40, grey=0.4, mode=1)
        yield Sample(f"hollow letters {number}", True, partial(sheets.printed, number=number, mark=mark))
    mark = partial(sheets.grid_of, text="Not for publication", size=8)
    yield Sample("all over 0", True, partial(sheets.printed, number=1, mark=mark))
    for number, (text, angle) in enumerate((("EXEMPT", 8), ("Private & Confidential", -15), ("MEMBERS ONLY", 90))):
        mark = partial(sheets.rubber, text=text, angle=angle, at=(300, 560, 190 if angle < 90 else 50))
        yield Sample(f"rubber stamp {number}", True, partial(sheets.printed, number=number, mark=mark), True)


def _changed(path: Path, number: int, change: files.Change) -> None:
    sheets.printed(path, number, sheets=1)
    sheets.changed(path, change)


def _annotated() -> Iterator[Sample]:
    ink = "BT /FP 26 Tf 0.8 0 0 rg 6 10 Td (EXEMPT) Tj ET"
    slanted = "q 0.82 0.57 -0.57 0.82 60 10 cm BT /FP 40 Tf 0.8 g (CONFIDENTIAL) Tj ET Q"
    pen = "3 w 0.8 0 0 RG " + " ".join(
        f"{10 + 30 * at} 6 m {10 + 30 * at} 30 l {24 + 30 * at} 30 l S" for at in range(6)
    )
    kinds = (
        partial(sheets.annotated, kind="Stamp", rect=(300, 600, 440, 640), commands=ink),
        partial(sheets.annotated, kind="FreeText", rect=(200, 60, 340, 100), commands=ink),
        partial(sheets.annotated, kind="Watermark", rect=(80, 200, 520, 600), commands=slanted),
        partial(sheets.annotated, kind="Stamp", rect=(300, 600, 460, 640), Name="/Confidential"),
        partial(sheets.annotated, kind="Stamp", rect=(300, 600, 460, 640), commands=pen, Name="/NotForPublicRelease"),
        partial(sheets.annotated, kind="Square", rect=(300, 600, 440, 640), commands=ink),
    )
    for number, change in enumerate(kinds):
        yield Sample(f"annotation {number}", True, partial(_changed, number=number, change=change))


def _scans() -> Iterator[Sample]:
    looks = (
        ("CONFIDENTIAL", 40, 0, 150), ("EXEMPT", -52, 0, 90), ("NOT FOR PUBLICATION", 55, 0, 120),
        ("CONFIDENTIAL", 30, 1, 130), ("EXEMPT", 45, 2, 60), ("RESTRICTED", -35, 3, 140), ("EXEMPT", 0, 0, 170),
    )  # fmt: skip
    for number, (text, angle, side, shade) in enumerate(looks):
        write = partial(sheets.photocopied, number=number, mark=text, angle=angle, side=side, shade=shade)
        yield Sample(f"stamped scan {number}", True, write, True)
    write = partial(sheets.photocopied, number=2, mark="", angle=0, side=2, top="PINK PAPER - not for publication")
    yield Sample("scan upside down 0", True, write, True)


def _words() -> Iterator[Sample]:
    for number, text in enumerate(MARKS):
        place = "foot" if number % 3 == 2 else "head"
        yield Sample(f"words {number}", True, partial(_said, number=number, place=place, text=text))


def _said(path: Path, number: int, place: str, text: str) -> None:
    sheets.printed(path, number, said={place: text})


def _other() -> Iterator[Sample]:
    changes = (
        partial(files.header, text="Exempt – Paragraph 3"),
        partial(files.header, text="Private and confidential", foot=True),
        partial(files.boxed, text="NOT FOR PUBLICATION", running=True),
        partial(files.boxed, text="CONFIDENTIAL", running=False),
        partial(files.wordart, text="EXEMPT"),
        partial(files.labelled, label="OFFICIAL-SENSITIVE"),
    )
    for number, change in enumerate(changes):
        yield Sample(f"Word {number}", True, partial(files.word, number=number, change=change), suffix=".docx")
    for number, (running, angle) in enumerate(((True, 40), (False, 0))):
        change = partial(files.pictured, text="CONFIDENTIAL", running=running, angle=angle)
        yield Sample(f"Word, picture {number}", True, partial(files.word, number=number, change=change), True, ".docx")
    pages = (
        {"body": '<div style="position:fixed;transform:rotate(-45deg)">CONFIDENTIAL</div>'},
        {"head": '<meta name="classification" content="Exempt - Part 2">'},
        {"head": "<style>body::before{content:'NOT FOR PUBLICATION';color:#ccc}</style>"},
        {"body": '<img src="stamp.png" alt="Not for publication">'},
        {"after": "<footer>Exempt under paragraph 3 of Schedule 12A</footer>"},
    )
    for number, page in enumerate(pages):
        yield Sample(f"web {number}", True, partial(files.web, number=number, parts=page), suffix=".html")
    for number, (kind, parts) in enumerate(
        (
            (".md", {"before": "---\nclassification: Confidential\n---"}),
            (".md", {"before": "> **EXEMPT** - paragraph 3"}),
            (".txt", {"before": "*" * 20 + " NOT FOR PUBLICATION " + "*" * 20}),
            (".txt", {"after": "EXEMPT PAPER - NOT FOR PUBLICATION\f"}),
            (".md", {"after": "*Not for publication under paragraph 1 of Schedule 12A*"}),
        )
    ):
        yield Sample(f"text {number}", True, partial(files.text, number=number, parts=parts), suffix=kind)


def _public() -> Iterator[Sample]:
    for number, text in enumerate(PUBLIC):
        place = "foot" if number % 3 == 2 else "head"
        yield Sample(f"public, words {number}", False, partial(_said, number=number, place=place, text=text))
    for number, text in enumerate(AMONG):
        yield Sample(f"public, among {number}", False, partial(_said, number=number, place="among", text=text))
    changes = (
        partial(files.header, text="Classification: Official"),
        partial(files.labelled, label="OFFICIAL"),
        partial(files.boxed, text="DRAFT", running=True),
        partial(files.header, text="Private rented sector", foot=True),
    )
    for number, change in enumerate(changes):
        yield Sample(f"public, Word {number}", False, partial(files.word, number=number, change=change), suffix=".docx")
    for number, page in enumerate(
        (
            {"head": '<meta name="description" content="Report harm in confidence to our helpline">'},
            {"head": "<style>.exempt::before{content:'Note: '}</style>"},
            {"after": "<footer>Privacy, cookies and exempt bodies</footer>"},
        )
    ):
        yield Sample(f"public, web {number}", False, partial(files.web, number=number, parts=page), suffix=".html")
    for number, parts in enumerate(({"before": "---\nclassification: Public\n---"}, {"among": "EXEMPTIONS"})):
        yield Sample(f"public, text {number}", False, partial(files.text, number=number, parts=parts), suffix=".md")


def _public_drawn() -> Iterator[Sample]:
    for number, (text, angle) in enumerate((("DRAFT", 45), ("RECEIVED", -30), ("COPY", 60))):
        write = partial(sheets.photocopied, number=number, mark=text, angle=angle, side=number)
        yield Sample(f"public, stamped scan {number}", False, write, True)
    for number, text in enumerate(("APPROVED", "POLICY UNIT")):
        mark = partial(sheets.rubber, text=text, angle=10, at=(300, 560, 190))
        yield Sample(f"public, rubber stamp {number}", False, partial(sheets.printed, number=number, mark=mark), True)
    for number, name in enumerate(("/Draft", "/Approved", "/ForPublicRelease")):
        change = partial(sheets.annotated, kind="Stamp", rect=(300, 600, 460, 640), Name=name)
        yield Sample(f"public, annotation {number}", False, partial(_changed, number=number, change=change))
    mark = partial(sheets.across, text="UNAPPROVED", angle=37, size=50)
    yield Sample("public, turned sheet 0", False, partial(sheets.turned, number=2, mark=mark, quarters=1))
    mark = partial(sheets.stroked, text="NOTE", angle=20, size=11)
    yield Sample(
        "public, drawn with a pen 0",
        False,
        partial(sheets.printed, number=1, mark=mark),
        True,
    )
