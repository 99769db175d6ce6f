"""The nginx configuration that is kept for councils, run by real nginx: nobody gets in who has not signed on."""

from __future__ import annotations

import hashlib
import http.client
import re
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT
from tests.makers.app_runner import free_port
from tests.makers.nginx_runner import READER, SIGNED_ON, Echo, before, serving

pytestmark = pytest.mark.nginx

QUESTION = "q=What+did+the+board+decide+about+CSE%3F&board=Health+and+Wellbeing+Board"
STREAM = "/_stcore/stream"
PLACES = (
    "/",
    "/decisions",
    "/api/ask?q=CSE",
    "/api/decisions",
    "/api/openapi.json",
    f"/files/{'0' * 64}",
    "/media/0.png",
    "/static/js/index.js",
    STREAM,
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/upload_file/a/b",
    "//api/decisions",
    "/%61pi/decisions",
    "/oauth2/../api/decisions",
    "/oauth2/..%2fapi/decisions",
    "/OAUTH2/x",
)
SPOOFED = {
    "X-Auth-Request-User": "chief.executive",
    "X-Auth-Request-Email": "chief.executive@example.gov.uk",
    "X_Auth_Request_User": "chief.executive",
    "X-Auth-Request-Groups": "chief.executive",
    "X-Auth-Request-Preferred-Username": "chief.executive",
    "X-Auth-Request-Access-Token": "chief.executive",
    "X-Forwarded-User": "chief.executive",
    "X-Forwarded-Email": "chief.executive",
    "X-Forwarded-Groups": "chief.executive",
    "X-Forwarded-Preferred-Username": "chief.executive",
    "X-Forwarded-Access-Token": "chief.executive",
    "X-Remote-User": "chief.executive",
    "Remote-User": "chief.executive",
    "Authorization": "Bearer chief.executive",
    "X-Forwarded-For": "198.51.100.7",
    "X-Real-IP": "198.51.100.7",
    "Forwarded": "for=198.51.100.7",
}


@pytest.fixture(scope="module")
def closed(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app behind nginx."""
    with before(urlsplit(site).port or 0, tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.fixture(scope="module")
def echoing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What tells its headers, behind the same nginx."""
    with serving(Echo) as port, before(port, tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.fixture
def reader() -> Iterator[httpx.Client]:
    with httpx.Client(verify=False, headers={"Cookie": SIGNED_ON}) as made:  # noqa: S501 - a certificate of our own
        yield made


def status(address: str, path: str, **headers: str) -> int:
    """The status of a request whose path is sent as it stands, which clients such as httpx would tidy."""
    there = urlsplit(address)
    context = ssl._create_unverified_context()  # noqa: S323 - a certificate of our own
    connection = http.client.HTTPSConnection(there.hostname or "", there.port, timeout=20, context=context)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return connection.getresponse().status
    finally:
        connection.close()


def handshake(address: str, **headers: str) -> int:
    key = {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec_WebSocket_Version": "13"}
    subprotocol = {"Sec_WebSocket_Protocol": "streamlit"}
    return status(address, STREAM, Connection="Upgrade", Upgrade="websocket", **key, **subprotocol, **headers)


@pytest.mark.parametrize("path", PLACES)
def test_whoever_is_not_signed_on_gets_nothing(closed: str, path: str) -> None:
    # A person's page leads to the sign-on; everything else is refused.
    assert status(closed, path) in (401, 302)
    assert status(closed, path, Cookie="session=forged", X_Auth_Request_User="a.reader") in (401, 302)


def test_pages_lead_to_the_sign_on_and_back_to_the_same_question_and_programs_are_told_401(closed: str) -> None:
    got = httpx.get(f"{closed}/?{QUESTION}", verify=False)  # noqa: S501 - a certificate of our own
    assert got.status_code == 302
    assert httpx.URL(got.headers["location"]).params["back"] == f"/?{QUESTION}"
    assert status(closed, "/api/ask?q=CSE") == 401


def test_a_websocket_is_opened_for_readers_who_are_signed_on_and_for_nobody_else(closed: str) -> None:
    assert handshake(closed) == 401
    assert handshake(closed, Cookie="session=forged") == 401
    assert handshake(closed, Cookie=SIGNED_ON, Origin=closed) == 101
    # A page of another site that a signed-on reader has open.
    assert handshake(closed, Cookie=SIGNED_ON, Origin="https://elsewhere.example") == 403


def test_readers_who_are_signed_on_get_pages_answers_and_papers(closed: str, reader: httpx.Client) -> None:
    assert "Streamlit" in reader.get(closed).text
    assert reader.get(f"{closed}/api/decisions", params={"limit": 1}).json()["decisions"]
    paper = next((ROOT / "data" / "sample").rglob("Minutes 13 March 2018.pdf"))
    digest = hashlib.sha256(paper.read_bytes()).hexdigest()
    assert reader.get(f"{closed}/files/{digest}").content == paper.read_bytes()
    assert reader.get(f"{closed}/_stcore/metrics").status_code == 404


def test_the_app_s_own_headers_and_https_for_good_reach_the_reader(closed: str, reader: httpx.Client) -> None:
    headers = reader.get(closed).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "uvicorn" not in headers.get("server", "")


@pytest.mark.parametrize("path", ["/", "/api/ask?q=x", "/files/x", "/media/x", STREAM])
def test_the_app_is_told_what_the_sign_on_says_and_nothing_that_a_reader_made_up(
    echoing: str, reader: httpx.Client, path: str
) -> None:
    told = reader.get(f"{echoing}{path}", headers=SPOOFED).json()["headers"]
    assert [value for _, value in told if "chief" in value or "198.51" in value] == []
    named = dict(told)
    assert len(named) == len(told), "a header came twice"
    assert named["x-auth-request-user"] == "a.reader"
    assert named["x-auth-request-email"] == READER
    assert (named["x-forwarded-for"], named["x-real-ip"]) == ("127.0.0.1", "127.0.0.1")


def test_a_flood_is_stopped_at_the_edge(echoing: str) -> None:
    # Whoever sends them: those who are not signed on are counted before the sign-on is asked.
    served = 0
    with ThreadPoolExecutor(8) as pool, httpx.Client(verify=False) as stranger:  # noqa: S501 - as above
        for _ in range(100):
            got = set(pool.map(lambda _: stranger.get(f"{echoing}/api/ask?q=x").status_code, range(50)))
            if 429 in got:
                break
            served += 50
    assert got <= {401, 429}
    assert 300 - 50 <= served < 5_000


def test_too_large_a_body_is_refused(closed: str, reader: httpx.Client) -> None:
    assert reader.post(f"{closed}/api/ask", content=b"x" * (20 * 1024 * 1024 + 1)).status_code == 413


@pytest.mark.browser
def test_the_app_works_under_a_folder_of_another_site(site: str, browser: Browser, tmp_path: Path) -> None:
    with before(urlsplit(site).port or 0, tmp_path, subpath=True) as address:
        assert status(address, "/board-papers/api/decisions") == 401
        assert status(address, "/board-papers/_stcore/stream") in (401, 302)
        assert status(address, "/board-papers/_stcore/metrics") == 404
        name, _, value = SIGNED_ON.partition("=")
        context = browser.new_context(ignore_https_errors=True)
        context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        outside: list[str] = []
        page.on("request", lambda sent: None if "/board-papers/" in sent.url else outside.append(sent.url[:200]))
        page.goto(f"{address}/board-papers/?{QUESTION}")
        expect(page.locator("#passage-1")).to_be_visible(timeout=60_000)
        expect(page.locator(".st-key-cited img").first).to_be_visible(timeout=60_000)
        link = page.get_by_role("link", name=re.compile("^Open the PDF at")).first.evaluate("link => link.href")
        assert page.request.get(link.partition("#")[0]).body()[:5] == b"%PDF-"
        page.get_by_role("link", name="Decisions").click()
        expect(page.get_by_role("heading", name="Decisions", level=1)).to_be_visible(timeout=60_000)
        assert page.url.startswith(f"{address}/board-papers/decisions")
        assert [url for url in outside if not url.startswith(("data:", "blob:"))] == []
        context.close()


class Other(Echo):
    """Another process of the app."""

    def do_GET(self) -> None:
        """Say that it is this one."""
        self.answer(200, b"other")


def spread(first: int, other: int, folder: Path, reader: httpx.Client) -> list[bool]:
    """Ask as twelve readers, twice each: whether the second process answered each of them."""
    with before(first, folder, other=other) as address:
        asked = [
            [reader.get(f"{address}/decisions", headers={"Cookie": f"{SIGNED_ON}; reader={at}"}) for _ in range(2)]
            for at in range(12)
        ]
    assert all(one.status_code == 200 for each in asked for one in each)
    assert all(one.text == "other" or "decisions" in one.text for each in asked for one in each)
    told = [{one.text == "other" for one in each} for each in asked]
    assert all(len(each) == 1 for each in told), "one reader, one process"
    return [each.pop() for each in told]


def test_readers_are_spread_over_processes_and_all_go_on_where_one_has_ended(
    tmp_path: Path, reader: httpx.Client
) -> None:
    for name in ("both", "one"):
        (tmp_path / name).mkdir()
    with serving(Echo) as first, serving(Other) as other:
        assert set(spread(first, other, tmp_path / "both", reader)) == {True, False}
        assert set(spread(first, free_port(), tmp_path / "one", reader)) == {False}
