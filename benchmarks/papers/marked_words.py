"""The words of `benchmarks.papers.marked_papers`: marks in odd spellings, and public words about exemption."""

from __future__ import annotations

from typing import Final

# Marks as officers and programs spell them.
SPELT: Final = (
    "E X E M P T",
    "C O N F I D E N T I A L",
    "N O T  F O R  P U B L I C A T I O N",
    "NOTFORPUBLICATION",
    "Not  for   publication",
    "CONFIDENTAIL",
    "CONFIDENITAL",
    "NOT FOR PUBLICATON",
    "Pink Paper",
    "PINK PAPERS",
    "Restricted circulation",
    "RESTRICTED ACCESS",
    "Official: Sensitive",
    "OFFICIAL-SENSITIVE",
    "Exempt Report",
    "Confidential report",
    "Commercial in confidence",
    "In confidence",
    "Exempt information - paragraph 3",
    "PART II - NOT FOR PUBLICATION",
    "Strictly Private & Confidential",
    "Not to be published",
    "not for publication",
    "Exempt: Yes",
    "Classification: Confidential",
    "*** EXEMPT ***",
)

# What a paper says of itself in the words of the Act.
SENTENCES: Final = (
    (
        "This report is not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A of the Local "
        "Government Act 1972."
    ),
    "Not for publication under paragraph 1 of Schedule 12A: information relating to any individual.",
    "This appendix contains exempt information as defined in paragraph 3 of the Act.",
    "This report is confidential and must not be shared outside the committee.",
)

# What public papers say of exemption in the midst of their text.
MIDST: Final = (
    "Appendix E – Exempt information: NO",
    "Exempt information: None",
    "Is this report exempt? No",
    "Confidential: No",
    "Exempt from publication: No",
    "Contains confidential or exempt information: No",
    "Exempt: Yes / No",
    (
        "RESOLVED: That under section 100A(4) of the Local Government Act 1972 the press and public be "
        "excluded from the meeting for the next item, as it involves the likely disclosure of exempt information."
    ),
    "The public may be excluded from an item where confidential information would be disclosed.",
    "Appendix 2 is exempt by virtue of paragraph 3 of Part 1 of Schedule 12A and is not attached.",
    "A confidential helpline is open to all who work for the council.",
    "Supported exempt accommodation is a growing cost.",
    "Parking in the square is restricted.",
    "The survey was private and confidential to those who took part.",
    "Small firms are exempt from the levy.",
    "Confidential waste is shredded each week.",
    "Licensing of private rented homes goes on.",
    "Members must not disclose what is exempt or confidential.",
    "There were no exempt items.",
    "EXEMPT ITEMS",
    "Confidential or exempt items (if any)",
    "For publication",
    "Part 2 of the Act deals with harbours.",
    "The pink paper lanterns were the best in show.",
    "Access to the slipway is restricted to permit holders.",
    "Restricted byways were mapped in May.",
    "None of the appendices is exempt or not for publication.",
    "Any member may ask whether a report should be exempt.",
    "The auditor's confidential reporting line had two calls.",
    "Exclusion of the press and public: none proposed.",
)

# What may stand at the head or the foot of a public sheet.
HEADS: Final = (
    "Appendix E – Exempt information: NO",
    "restricted.",
    "confidential information about the tenants.",
    "EXEMPT ITEMS (NONE)",
    "Exempt information: None",
    "Contains exempt information: No",
    "exempt. The committee thanked the officer.",
    "Public report",
    "Confidentiality",
    "Private sector housing",
    "Restricted parking zones",
    "Exempt: No",
    "Exempt or confidential: N/A",
    "Confidential helpline",
    "Not exempt",
    "Exemption from contract rules",
    "Part 1 - open to the public",
    "Exclusion of press and public",
)
