"""A fictional council on this machine: ModernGov's web service and pages, a list and a sitemap, with their oddities.

Its answers have the shape of public recordings: entities encoded twice, words for booleans, a blank before counts, a
line break in empty elements. Nothing real is in it. Every request is kept in ``asked``; faults are set by path.
"""

from __future__ import annotations

import socket
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(slots=True)
class Doc:
    """A document of the council; its bytes only begin like a PDF where ``content`` gives no others."""

    id: str
    title: str
    content: bytes = b""
    restricted: bool = False
    restrictions: str = ""
    url: str = ""
    published: str = ""


@dataclass(slots=True)
class Agenda:
    """An agenda item with its documents and minute."""

    id: str
    number: str
    title: str
    minute: str = ""
    body: str = ""
    restricted: bool = False
    docs: list[Doc] = field(default_factory=list)


@dataclass(slots=True)
class Sitting:
    """A meeting."""

    id: str
    day: date
    status: str = "Confirmed"
    items: list[Agenda] = field(default_factory=list)
    docs: list[Doc] = field(default_factory=list)
    minuted: bool = False


@dataclass(slots=True)
class Council:
    """What the server answers from; ``bodies`` is by committee id: title and meetings."""

    bodies: dict[str, tuple[str, list[Sitting]]] = field(default_factory=dict)
    robots: str | None = None
    asked: list[str] = field(default_factory=list)
    served: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    agents: set[str] = field(default_factory=set)
    # By path: what to do instead of answering; each fault is used up once.
    faults: dict[str, list[Callable[[BaseHTTPRequestHandler], None]]] = field(default_factory=dict)
    service: bool = True
    base: str = ""
    lists: dict[str, str] = field(default_factory=dict)

    def sittings(self) -> Iterator[tuple[str, str, Sitting]]:
        """Every meeting with its committee's id and title."""
        for number, (title, meetings) in self.bodies.items():
            yield from ((number, title, meeting) for meeting in meetings)

    def documents(self) -> Iterator[Doc]:
        """Every document."""
        for _, _, meeting in self.sittings():
            yield from meeting.docs
            for item in meeting.items:
                yield from item.docs

    def requests(self, part: str) -> int:
        """How often an address with ``part`` in it was asked for."""
        return sum(part in path for path in self.asked)


def twice(text: str) -> str:
    """Entities encoded twice, as ModernGov does."""
    return escape(escape(text, quote=False), quote=False)


def answer(status: int, body: bytes = b"", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """A fault that answers with a status and a body."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return act


def cut(handler: BaseHTTPRequestHandler) -> None:
    """A fault that breaks off in the middle of an answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"%PDF-1.4 half a paper")
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(council: Council) -> Iterator[str]:
    """Serve a council on a free port of this machine; give its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body of an answer go out together; otherwise each waits some 40 ms for the other to be acknowledged.
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            council.asked.append(self.path)
            council.agents.add(self.headers.get("User-Agent", ""))
            for part, waiting in council.faults.items():
                if part in unquote(self.path) and waiting:
                    waiting.pop(0)(self)
                    return
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            body = _body(council, parts.path, query)
            answer(404 if body is None else 200, body or b"<html><body>Not found</body></html>")(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Whoever asked was killed."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    council.base = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield council.base
    finally:
        server.shutdown()
        server.server_close()


def _body(council: Council, path: str, query: dict[str, str]) -> bytes | None:
    name = path.rpartition("/")[2]
    if path == "/robots.txt":
        return None if council.robots is None else council.robots.encode()
    if path.startswith("/mgWebService.asmx/"):
        return _service(council, name, query) if council.service else None
    if path.startswith("/lists/"):
        return council.lists[name].encode() if name in council.lists else None
    if path.startswith("/documents/") or name == "mgConvert2PDF.aspx":
        number = query.get("ID") or path.split("/")[2]
        for doc in council.documents():
            if number == doc.id:
                council.served[doc.id] += 1
                return doc.content or b"%PDF-1.4 " + doc.id.encode()
        return None
    pages = {"mgListCommittees.aspx": _committees_page, "ieListMeetings.aspx": _meetings_page}
    pages |= {"ieListDocuments.aspx": _documents_page}
    return pages[name](council, query).encode() if name in pages else None


def _service(council: Council, method: str, query: dict[str, str]) -> bytes | None:
    if method == "GetCommittees":
        rows = "".join(
            f"<committee>\n<committeeid>{number}</committeeid><committeetitle>{twice(title)}</committeetitle>"
            "<committeedeleted>False</committeedeleted><committeeexpired>\n</committeeexpired></committee>"
            for number, (title, _) in council.bodies.items()
        )
        return f"<committees><committeescount> {len(council.bodies)}</committeescount>{rows}</committees>".encode()
    if method == "GetMeetings":
        low, high = (_day(query[key]) for key in ("sFromDate", "sToDate"))
        title, sittings = council.bodies[query["lCommitteeId"]]
        rows = "".join(
            f"<meeting><meetingid>{one.id}</meetingid><meetingdate>{one.day:%d/%m/%Y}</meetingdate>"
            f"<meetingstatus>{one.status}</meetingstatus></meeting>"
            for one in sittings
            if low <= one.day <= high
        )
        return (
            f"<getmeetings><committee><committeetitle>{twice(title)}</committeetitle><committeemeetings>{rows}"
            "</committeemeetings></committee></getmeetings>"
        ).encode()
    if method == "GetMeeting":
        for _, _, one in council.sittings():
            if one.id == query["lMeetingId"]:
                return _meeting(council, one)
    return None


def _day(value: str) -> date:
    return datetime.strptime(value, "%d/%m/%Y").replace(tzinfo=None).date()  # noqa: DTZ007  a day has no zone


def _meeting(council: Council, one: Sitting) -> bytes:
    items = "".join(
        f"<agendaitem><agendaitemid>{item.id}</agendaitemid><agendaitemtitle>{twice(item.title)}</agendaitemtitle>"
        f"<agendaitemnumber>9</agendaitemnumber><fulldisplaynumberformat>{item.number}.</fulldisplaynumberformat>"
        f"<minutesnonemptyhtmlbody>{escape(item.body) or chr(10)}</minutesnonemptyhtmlbody>"
        f"<minutesitemnumber>{item.minute or chr(10)}</minutesitemnumber><isrestricted>{item.restricted}</isrestricted>"
        f"<linkeddocuments>{''.join(_linked(council, doc) for doc in item.docs)}</linkeddocuments></agendaitem>"
        for item in one.items
    )
    return (
        f"<meeting><meetingid>{one.id}</meetingid><meetingdate>{one.day:%d/%m/%Y}</meetingdate>"
        f"<meetingstatus>{one.status}</meetingstatus><minutepublished>{one.minuted}</minutepublished>"
        f"<agendaitems>{items}</agendaitems>"
        f"<linkeddocuments>{''.join(_linked(council, doc) for doc in one.docs)}</linkeddocuments></meeting>"
    ).encode()


def _linked(council: Council, doc: Doc) -> str:
    address = doc.url or f"{council.base}mgConvert2PDF.aspx?ID={doc.id}"
    return (
        f"<linkeddoc><attachmentid>{doc.id}</attachmentid><title>{twice(doc.title)}</title>"
        f"<url>{escape(address)}</url><isrestricted>{doc.restricted}</isrestricted>"
        f"<publicationdate>{doc.published or chr(10)}</publicationdate>"
        f"<restrictionsRef>{doc.restrictions or chr(10)}</restrictionsRef></linkeddoc>"
    )


def _committees_page(council: Council, _: dict[str, str]) -> str:
    rows = (
        f"<a href='mgCommitteeDetails.aspx?ID={number}'>{escape(t)}</a>" for number, (t, _) in council.bodies.items()
    )
    return f"<html><body>{' '.join(rows)}</body></html>"


def _meetings_page(council: Council, query: dict[str, str]) -> str:
    number = query["CId"]
    rows = (
        f"<li><a href='ieListDocuments.aspx?CId={number}&amp;MId={one.id}&amp;Ver=4'>{one.day:%d %b %Y} 10.00 am</a>"
        for one in council.bodies[number][1]
    )
    return f"<html><body><ul>{''.join(rows)}</ul></body></html>"


def _documents_page(council: Council, query: dict[str, str]) -> str:
    (one,) = (one for _, _, one in council.sittings() if one.id == query["MId"])
    public = [*one.docs, *(doc for item in one.items if not item.restricted for doc in item.docs)]
    rows = (
        f"<a href='documents/{doc.id}/{doc.title.replace(' ', '%20')}.pdf?T=10'>{escape(doc.title)} PDF 156 KB</a>"
        for doc in public
        if not doc.restricted
    )
    return f"<html><body><a href='mgLogin.aspx'>Sign in</a>{' '.join(rows)}</body></html>"
