"""What became of each file, and what people decided about papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LedgerStatus = Literal["indexed", "partly read", "withheld", "withdrawn", "unreadable", "duplicate", "gone"]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one file that was offered. No file is ever dropped without one."""

    path: str
    status: LedgerStatus
    reason: str
    paper_id: str
    pages: int = 0
    pages_without_text: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided about a paper, and why. The archive keeps every one, in order.

    ``was`` is the paper's status in the ledger before, "" where it had none; ``noted`` an ISO time in UTC.
    """

    paper_id: str
    ruling: Literal["withdrawn", "withheld", "released"]
    was: str
    reason: str
    noted: str
