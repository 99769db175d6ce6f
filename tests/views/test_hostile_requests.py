"""Requests that are attacks, to the real server: paths, sizes, floods, forged ids, headers, other sites' pages."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from search.views.api import files, json_routes
from search.views.guard import headers, requests
from search.views.guard.requests import Rate
from tests.conftest import ROOT

# Held by files of the server, and by no paper.
SECRETS = (b"baseRadius", b"root:", b"[project]", b"Streamlit.starlette", b"def route(")
CLIMBS = (
    "../../app.py",
    "..%2f..%2fapp.py",
    "%2e%2e/%2e%2e/app.py",
    "..%5c..%5capp.py",
    "....//....//app.py",
    "..%252f..%252fapp.py",
    "%2fetc%2fpasswd",
    "//etc/passwd",
    "..%c0%af..%c0%afetc/passwd",
    "../../../../../../../../etc/passwd",
    "../../.streamlit/config.toml",
    "file:///etc/passwd",
    "%00",
    "pyproject.toml%00.pdf",
)
ROOMS = ("/", "/files/", "/media/", "/static/", "/component/", "/app/static/", "/api/papers/", "/_stcore/upload_file/")


def raw(site: str, sent: bytes) -> bytes:
    """What the server answers to bytes that no client would send."""
    there = urlsplit(site)
    with socket.create_connection((there.hostname or "", there.port or 0), 30) as connection:
        connection.sendall(sent)
        got = b""
        while more := connection.recv(65_536):
            got += more
        return got


def get(site: str, path: str, **named: str) -> tuple[int, bytes, http.client.HTTPMessage]:
    """Ask for a path exactly as it stands."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in named.items()})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


@pytest.mark.parametrize("room", ROOMS)
def test_no_path_climbs_out_of_what_is_served(site: str, room: str) -> None:
    for number, climb in enumerate(CLIMBS):
        status, body, _ = get(site, room + climb, X_Forwarded_For=f"192.0.2.{number}")
        assert not any(secret in body for secret in SECRETS), (room, climb)
        # Streamlit gives its start page for addresses that may be its pages'.
        assert status in (400, 404) or b"<title>Streamlit</title>" in body, (room, climb, status)


def test_only_ids_of_papers_that_may_be_seen_are_known(site: str) -> None:
    secret = next((ROOT / "data" / "sample").rglob("*Part 2.pdf")).read_bytes()
    forged = [
        hashlib.sha256(secret).hexdigest(),
        hashlib.sha256((ROOT / "app.py").read_bytes()).hexdigest(),
        "0" * 64,
        "f" * 64,
        "' OR 1=1 --",
        "1 UNION SELECT * FROM papers",
        "*",
        "a" * 5_000,
        "0" * 63 + "\u0660",
    ]
    got = [get(site, f"/files/{quote(one)}")[:2] for one in forged]
    got += [get(site, f"/api/papers/{quote(one)}/pages/1", X_Forwarded_For="192.0.2.50")[:2] for one in forged]
    assert {status for status, _ in got} == {404}
    assert len({body for _, body in got}) == 2, "files and API each have one refusal, which tells nothing"


def test_an_address_is_refused_at_any_length_and_the_server_goes_on(site: str) -> None:
    assert get(site, f"/api/ask?q={'x' * 10_001}", X_Forwarded_For="192.0.2.51")[0] == 414
    long = f"GET /api/ask?q={'x' * 1_000_000} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    # The server hangs up while it is still being talked to, so its answer may get lost on the way.
    with contextlib.suppress(ConnectionError):
        assert raw(site, long).split()[1] in (b"400", b"414", b"431")
    assert get(site, "/_stcore/health")[0] == 200


def test_a_question_of_the_longest_length_is_answered(site: str) -> None:
    question = ("ferry " * 1_600).strip()
    assert get(site, f"/api/ask?q={quote(question)}", X_Forwarded_For="192.0.2.52")[0] == 200


@pytest.mark.parametrize("line", ["GET /api/ask?q=a\r\nX-Evil: 1 HTTP/1.1", "GET /files/%0d%0aX-Evil:%201 HTTP/1.1"])
def test_no_header_can_be_slipped_into_an_answer(site: str, line: str) -> None:
    got = raw(site, f"{line}\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert b"x-evil" not in got.split(b"\r\n\r\n")[0].lower()


@pytest.mark.parametrize("name", ["q", "board", "from", "limit", "x\r\nX-Evil: 1"])
def test_no_parameter_gets_into_a_header(site: str, name: str) -> None:
    evil = "2020-01-01\r\nX-Evil: 1\r\n\r\n<script>"
    _, _, answer = get(site, f"/api/ask?{quote(name)}={quote(evil)}", X_Forwarded_For="192.0.2.53")
    assert "x-evil" not in answer
    assert answer["content-type"] == "application/json"


def test_a_file_name_cannot_write_headers(tmp_path: Path) -> None:
    from tests.views.test_files import Library, paper

    path = tmp_path / 'a"; filename=evil.html\r\nX-Evil: 1\r\n.pdf'
    path.write_bytes(b"%PDF-1.7")
    held = paper(path)
    client = TestClient(Starlette(routes=[files.route(lambda: Library(held))]))  # type: ignore[arg-type, return-value]
    got = client.get(f"/files/{held.id}").headers
    assert "x-evil" not in got
    assert got["content-disposition"] == (
        "inline; filename*=UTF-8''a%22%3B%20filename%3Devil.html%0D%0AX-Evil%3A%201%0D%0A.pdf"
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("path", ["/api/ask", "/api/decisions", f"/files/{'0' * 64}"])
def test_nothing_can_be_written(site: str, method: str, path: str) -> None:
    sent = f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    assert raw(site, sent.encode()).startswith(b"HTTP/1.1 405")


def test_a_flood_of_questions_is_slowed_and_others_are_answered_meanwhile(site: str) -> None:
    with ThreadPoolExecutor(16) as pool:
        flood = [pool.submit(get, site, "/api/ask?q=CSE", X_Forwarded_For="192.0.2.60") for _ in range(150)]
        other = pool.submit(get, site, "/api/ask?q=CSE", X_Forwarded_For="192.0.2.61").result()
        got = [one.result() for one in flood]
    assert other[0] == 200
    statuses = [status for status, _, _ in got]
    assert set(statuses) == {200, 429}
    assert statuses.count(429) >= 50
    assert all(int(answer["retry-after"]) >= 1 for status, _, answer in got if status == 429)


def test_an_address_that_a_reader_claims_counts_only_from_a_trusted_proxy() -> None:
    def asked(trusted: str) -> list[int]:
        app = Starlette(routes=json_routes.routes(json_routes.Handles(list, list), Rate(1, 0.001)))  # type: ignore[arg-type]
        client = TestClient(ProxyHeadersMiddleware(app, trusted), client=("198.51.100.9", 1))  # type: ignore[arg-type]
        claims = ({"X-Forwarded-For": f"192.0.2.{number}"} for number in range(3))
        return [client.get("/api/openapi.json", headers=claim).status_code for claim in claims]

    assert asked("127.0.0.1") == [200, 429, 429]
    assert asked("198.51.100.9") == [200, 200, 200]


def test_a_fault_that_nobody_foresaw_tells_the_caller_nothing() -> None:
    def broken() -> list[str]:
        message = "secret place /srv/papers"
        raise RuntimeError(message)

    app = Starlette(routes=[files.route(broken), *json_routes.routes(json_routes.Handles(broken, broken))])  # type: ignore[arg-type]
    client = TestClient(headers.SecurityHeaders(app), raise_server_exceptions=False)
    for path in ("/api/ask?q=x", "/api/decisions", f"/api/papers/{'0' * 64}/pages/1", f"/files/{'0' * 64}"):
        got = client.get(path)
        assert (got.status_code, "Something went wrong here" in got.text, "secret" in got.text) == (500, True, False)
        assert got.headers["x-content-type-options"] == "nosniff"


PAGES = ("/", "/decisions", "/static/none.js", "/_stcore/health", "/media/none.png", f"/files/{'0' * 64}")


@pytest.mark.parametrize("path", [*PAGES, "/api/openapi.json", "/api/ask?q="])
def test_every_answer_has_the_security_headers(site: str, path: str) -> None:
    _, _, got = get(site, path, X_Forwarded_For="192.0.2.70")
    assert got["x-content-type-options"] == "nosniff"
    assert got["x-frame-options"] == "DENY"
    assert got["referrer-policy"] == "same-origin"
    assert got["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in got["permissions-policy"]
    rules = dict(rule.split(" ", 1) for rule in got["content-security-policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert not any(word in value for value in rules.values() for word in ("unsafe", "*", "http:", "https:"))
    assert ("script-src" in rules) == (not path.startswith("/api/"))


@pytest.mark.parametrize("path", ["/", "/api/decisions", "/_stcore/health", "/_stcore/host-config"])
def test_a_page_of_another_site_is_refused(site: str, path: str) -> None:
    for foreign in ("https://evil.example", "null", f"{site}.evil.example", site.replace("127.0.0.1", "localhost")):
        status, body, answer = get(site, path, Origin=foreign, X_Forwarded_For="192.0.2.71")
        assert (status, body) == (403, b"Only pages of this server may ask this.")
        assert "access-control-allow-origin" not in answer
    assert get(site, path, Origin=site, X_Forwarded_For="192.0.2.72")[0] == 200


def test_a_websocket_of_another_site_is_refused_and_one_of_ours_is_not(site: str) -> None:
    named = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    named |= {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec_WebSocket_Protocol": "streamlit"}
    assert get(site, "/_stcore/stream", Origin="https://evil.example", **named)[0] == 403
    there = urlsplit(site)
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in {**named, "Origin": site}.items()]
    with socket.create_connection((there.hostname or "", there.port or 0), 30) as connection:
        connection.sendall(
            "\r\n".join(["GET /_stcore/stream HTTP/1.1", f"Host: {there.netloc}", *lines, "", ""]).encode()
        )
        assert connection.recv(12) == b"HTTP/1.1 101"


def test_origins_are_compared_whole() -> None:
    from starlette.datastructures import Headers

    def own(**named: str) -> bool:
        return requests.own(Headers(named))

    assert own(host="papers.example.gov.uk")
    assert own(host="papers.example.gov.uk", origin="https://papers.example.gov.uk")
    assert not own(host="papers.example.gov.uk", origin="https://papers.example.gov.uk:8443")
    assert not own(host="papers.example.gov.uk", origin="https://papers.example.gov.uk@evil.example")
    assert not own(host="papers.example.gov.uk", origin="null")
    assert not own(origin="https://evil.example")
    assert not any(
        own(host="papers.example.gov.uk", origin=odd) for odd in ("http://[", "http://[::1", "http://]", "//[x")
    )
