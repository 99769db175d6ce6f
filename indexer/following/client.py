"""Asking a council's server, politely: one request at a time, with pauses, as robots.txt allows, with a contact.

A refusal for load (429, 503 and other 5xx) is waited for, as long as the server asks or longer each time; what is too
large or takes too long is given up. Nothing is asked of another host than the one that is followed, redirects included.
"""

from __future__ import annotations

import time
import urllib.robotparser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from indexer.errors import FollowError

AGENT = "board-papers-archive/1.0"
_CHUNK = 1 << 16
_REDIRECTS = 5
_NO_HEADERS: Mapping[str, str] = {}
_MARKS = ("etag", "last-modified")


class _Marks(NamedTuple):
    """What an answer says of itself."""

    status: int
    etag: str
    modified: str


@dataclass(frozen=True, slots=True)
class Manners:
    """How a server is asked.

    Attributes:
        contact: an address for the server's keepers, sent with each request.
        pause: least seconds between two requests; robots.txt may ask for more (up to ``longest_pause``).
        longest_pause: most seconds that robots.txt or a refusal may make us wait at once.
        tries: how often one request is made before it is given up.
        back_off: seconds before the second try; doubled each time.
        seconds: most seconds without a byte, and to connect.
        most_seconds: most seconds for one document.
        most_bytes: largest document.
        most_answer: largest answer other than a document, in bytes.
    """

    contact: str = ""
    pause: float = 1.0
    longest_pause: float = 120.0
    tries: int = 5
    back_off: float = 2.0
    seconds: float = 60.0
    most_seconds: float = 900.0
    most_bytes: int = 500_000_000
    most_answer: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that the server has marked (``ETag``, ``Last-Modified``), so that it need not be sent again."""

    body: bytes
    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What to ask with: send it only if it is not this one any more."""
        conditions = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in conditions.items() if value}


@dataclass(slots=True)
class Client:
    """One council's server.

    ``sleep`` and ``clock`` can be replaced in tests; ``requests`` counts what was sent; ``answers`` are those that the
    server has marked, by address: they are asked for conditionally, and may be given to the next run.
    """

    base: str
    manners: Manners = field(default_factory=Manners)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    requests: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    _http: httpx.Client = field(init=False)
    _last: float = field(init=False, default=0.0)
    _robots: urllib.robotparser.RobotFileParser | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        about = f"{AGENT} ({self.manners.contact})" if self.manners.contact else AGENT
        timeout = httpx.Timeout(self.manners.seconds, connect=self.manners.seconds)
        self._http = httpx.Client(headers={"User-Agent": about}, timeout=timeout, follow_redirects=False)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def own(self, url: str) -> bool:
        """Whether an address is on the server that is followed."""
        there, here = urlsplit(url), urlsplit(self.base)
        return there.scheme in ("http", "https") and (there.hostname, there.port) == (here.hostname, here.port)

    def robots(self, text: str | None) -> str:
        """Take robots.txt as remembered, or ask for it; give its text, to be remembered.

        Raises:
            FollowError: the server cannot be reached.
        """
        if text is None:
            text = self._fetch_robots()
        self._robots = urllib.robotparser.RobotFileParser()
        self._robots.parse(text.splitlines())
        return text

    def get(self, path: str, params: Mapping[str, str] | None = None) -> bytes:
        """Ask for a page or an answer of the web service.

        Raises:
            FollowError: refused, unreachable, too large, or not allowed by robots.txt.
        """
        url = str(httpx.URL(self.base).join(path).copy_merge_params(dict(params or {})))
        body = bytearray()

        def take(part: bytes) -> None:
            body.extend(part)
            self._limit(url, len(body), self.manners.most_answer)

        known = self.answers.get(url)
        marks = self._request(url, take, body.clear, headers=known.headers if known else {})
        if marks.status == httpx.codes.NOT_MODIFIED and known:
            return known.body
        self.answers.pop(url, None)
        if marks.etag or marks.modified:
            self.answers[url] = Answer(bytes(body), marks.etag, marks.modified)
        return bytes(body)

    def download(self, url: str, target: Path) -> int:
        """Fetch a document into ``target``, which is there only when the document is whole; give its size in bytes.

        Raises:
            FollowError: refused, unreachable, cut short, too large, or not allowed by robots.txt.
            OSError: the disk.
        """
        part = target.with_suffix(".part")
        try:
            with part.open("wb") as file:

                def take(chunk: bytes) -> None:
                    file.write(chunk)
                    self._limit(url, file.tell(), self.manners.most_bytes)

                def again() -> None:
                    file.seek(0)
                    file.truncate()

                self._request(url, take, again)
                size = file.tell()
        except FollowError:
            part.unlink(missing_ok=True)
            raise
        part.replace(target)
        return size

    def _limit(self, url: str, size: int, most: int) -> None:
        if size > most:
            message = f"{url}: larger than {most // 1_000_000} MB, not fetched"
            raise FollowError(message, path=url, expected=f"at most {most} bytes", found=f"more than {size}")

    def _fetch_robots(self) -> str:
        url = str(httpx.URL(self.base).join("/robots.txt"))
        body = bytearray()
        try:
            self._request(url, body.extend, body.clear, checked=False)
        except _Refused as error:
            # RFC 9309: no such file means that all is allowed; a server that fails, that nothing is.
            return "" if error.status < httpx.codes.INTERNAL_SERVER_ERROR else "User-agent: *\nDisallow: /"
        return body.decode("utf-8", "replace")

    def _request(
        self,
        url: str,
        take: Callable[[bytes], object],
        again: Callable[[], object],
        *,
        checked: bool = True,
        headers: Mapping[str, str] = _NO_HEADERS,
    ) -> _Marks:
        """Ask until it works or the tries are used up; ``take`` gets bytes, ``again`` is called before a new try."""
        if not self.own(url):
            message = f"{url} is on another server than {self.base}; not asked for"
            raise FollowError(message, path=url, expected=self.base, found=url)
        if checked and self._robots is not None and not self._robots.can_fetch(AGENT, url):
            message = f"{url}: the council's robots.txt forbids it; ask the council for leave"
            raise FollowError(message, path=url, expected="allowed", found="disallowed")
        for attempt in range(self.manners.tries):
            last = attempt + 1 == self.manners.tries
            try:
                return self._once(url, take, headers)
            except _Refused as error:
                if last or not error.passing:
                    raise
                self._wait(attempt, error.wait)
            except httpx.HTTPError as error:
                if last:
                    message = f"{url}: not reached, or cut off ({type(error).__name__}), {attempt + 1} times"
                    raise FollowError(message, path=url) from error
                self._wait(attempt, 0.0)
            again()
        message = f"{url}: no try was allowed"
        raise FollowError(message, path=url, expected="1 try or more", found=str(self.manners.tries))

    def _once(self, url: str, take: Callable[[bytes], object], headers: Mapping[str, str]) -> _Marks:
        for _ in range(_REDIRECTS):
            self._pause()
            ends = self.clock() + self.manners.most_seconds
            with self._http.stream("GET", url, headers=dict(headers)) as answer:
                marks = _Marks(answer.status_code, *(answer.headers.get(name, "") for name in _MARKS))
                if marks.status == httpx.codes.NOT_MODIFIED and headers:
                    return marks
                if answer.is_redirect:
                    leads = str(answer.next_request.url) if answer.next_request else ""
                    if not self.own(leads):
                        message = f"{url} leads to another server ({urlsplit(leads).hostname}); not followed there"
                        raise FollowError(message, path=url, expected=self.base, found=leads)
                    url = leads
                    continue
                if answer.status_code != httpx.codes.OK:
                    raise _Refused(url, answer.status_code, answer.headers.get("retry-after", ""))
                for part in answer.iter_bytes(_CHUNK):
                    take(part)
                    if self.clock() > ends:
                        message = f"{url}: takes longer than {self.manners.most_seconds:g} seconds, given up"
                        raise FollowError(message, path=url)
                return marks
        message = f"{url}: leads on and on; not followed"
        raise FollowError(message, path=url)

    def _pause(self) -> None:
        """Wait until the next request is polite."""
        delay = self._robots.crawl_delay(AGENT) if self._robots else None
        least = max(self.manners.pause, min(float(delay or 0), self.manners.longest_pause))
        rest = self._last + least - self.clock()
        if self._last and rest > 0:
            self.sleep(rest)
        self._last = self.clock()
        self.requests += 1

    def _wait(self, attempt: int, retry_after: float) -> None:
        self.sleep(min(max(retry_after, self.manners.back_off * 2.0**attempt), self.manners.longest_pause))


class _Refused(FollowError):
    """The server answered with an error; ``passing`` ones are worth another try after ``wait`` seconds."""

    def __init__(self, url: str, status: int, retry_after: str) -> None:
        super().__init__(f"{url}: the server answered {status}", path=url, expected="200", found=str(status))
        self.status = status
        self.passing = status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR
        self.wait = float(retry_after) if retry_after.isdigit() else 0.0
