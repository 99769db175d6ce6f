"""One small tree of errors; each says what, where, what was expected and found, and what to do next.

BoardPapersError
├── BadArguments        unusable arguments (exit status 2)
├── UnreadablePaper     one paper that cannot be read; never stops a run
├── ArchiveError
│   ├── ArchiveMissing  no archive in this folder
│   ├── ArchiveMismatch made by another model or schema
│   ├── ArchiveUnreachable  the server that keeps it does not answer
│   ├── ArchiveLocked   another process is writing
│   ├── ArchiveDamaged  rows or files that contradict each other
│   └── ArchiveFull     the disk is full or not writable
├── ModelError          weights missing or not the expected bytes
├── MailError           the council's mail server cannot be used, or refused a letter
├── SavedError          saved searches that cannot be read or written
├── FeedbackError       readers' reports that cannot be kept or read
├── FollowError         a council's site that does not answer as it should
└── SummaryError        the optional language model did not answer as it should
"""

from __future__ import annotations


class BoardPapersError(Exception):
    """Base of all our errors. The message is one line for a reader; the attributes are for a program.

    Attributes:
        path: the file or folder concerned, or "".
        page: the 1-based sheet concerned, or None.
        expected: what should have been there, or "".
        found: what was there instead, or "".
    """

    def __init__(
        self, message: str, *, path: str = "", page: int | None = None, expected: str = "", found: str = ""
    ) -> None:
        super().__init__(" ".join(message.split()))
        self.path = path
        self.page = page
        self.expected = expected
        self.found = found


class BadArguments(BoardPapersError):
    """The arguments cannot be used; the message says which and what is accepted."""


class UnreadablePaper(BoardPapersError):
    """One paper cannot be read; the run goes on and the ledger keeps the reason."""


class ArchiveError(BoardPapersError):
    """Something about the archive as a whole."""


class ArchiveMissing(ArchiveError):
    """There is no archive in this folder; the message gives the command that makes one."""


class ArchiveMismatch(ArchiveError):
    """The archive was made by another model or schema; the message says how to rebuild."""


class ArchiveUnreachable(ArchiveError):
    """The database server that keeps the archive does not answer, or lets nobody in; the message has what it said."""


class ArchiveLocked(ArchiveError):
    """Another process is writing to the archive; the message says which."""


class ArchiveDamaged(ArchiveError):
    """The archive contradicts itself; the message says where and how to repair it."""


class ArchiveFull(ArchiveError):
    """The archive cannot be written: disk full, or no permission. What was committed before is intact."""


class ModelError(BoardPapersError):
    """The model's weights are missing or are not the bytes that were expected."""


class SavedError(BoardPapersError):
    """The saved searches beside the archive cannot be read or written, or no more can be saved."""


class FeedbackError(BoardPapersError):
    """Readers' reports of wrong answers cannot be kept or read; the message says where and what to do."""


class FollowError(BoardPapersError):
    """A council's site cannot be reached, refuses, or answers with something else; the run goes on with the next."""


class MailError(BoardPapersError):
    """The mail server cannot be reached, or refused a letter; the next run tries again."""


class SummaryError(BoardPapersError):
    """The language model that a council may set up cannot be reached or answers wrongly; nothing else needs it."""
