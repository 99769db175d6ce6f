"""Real nginx with the configuration that docs/deployment keeps, before stand-ins for the sign-on and for the app."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

from benchmarks.servers.balancing import main_file
from tests.conftest import ROOT, program
from tests.makers.app_runner import free_port

KEPT = ROOT / "docs" / "deployment"
SIGNED_ON = "session=of-a-reader"
READER = "a.reader@example.gov.uk"


class Answers(BaseHTTPRequestHandler):
    """Answers without writing to standard error."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class SignOn(Answers):
    """What oauth2-proxy says: who somebody is by a cookie, and where one signs on."""

    def do_GET(self) -> None:
        """Answer as oauth2-proxy does."""
        if self.path == "/oauth2/auth":
            known = SIGNED_ON in self.headers.get("Cookie", "")
            _, _, number = self.headers.get("Cookie", "").partition("reader=")
            email = f"{number}.{READER}" if number else READER
            told = {"X_Auth_Request_User": "a.reader", "X_Auth_Request_Email": email} if known else {}
            self.answer(202 if known else 401, **told)
        elif self.path == "/oauth2/start":
            back = quote(self.headers.get("X-Auth-Request-Redirect", ""), safe="")
            self.answer(302, Location=f"https://login.example.gov.uk/?back={back}")
        else:
            self.answer(404)


class Echo(Answers):
    """Stands where the app stands and tells which headers reached it."""

    def do_GET(self) -> None:
        """Tell path and headers."""
        told = {"path": self.path, "headers": [[name.lower(), value] for name, value in self.headers.items()]}
        self.answer(200, json.dumps(told).encode(), Content_Type="application/json")


@contextlib.contextmanager
def serving(answers: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Serve on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _replaced(text: str, changes: dict[str, str]) -> str:
    """Make all changes at once: a free port may begin with the digits of one that is still to be changed."""
    for old in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the kept file"
    return re.sub("|".join(map(re.escape, changes)), lambda found: changes[found[0]], text)


@contextlib.contextmanager
def before(app: int, folder: Path, subpath: bool = False, other: int | None = None) -> Iterator[str]:
    """Run nginx before what listens at the port ``app`` and give its address; ``subpath`` puts that under a folder.

    ``other`` is the port of a second process.

    Only ports, places of files and the certificate differ from the kept files.
    """
    port = free_port()
    _certificate(folder)
    shutil.copy(KEPT / "headers.conf", folder / "headers.conf")
    with serving(SignOn) as sign_on:
        changes = {
            "127.0.0.1:8501": f"127.0.0.1:{app}",
            "127.0.0.1:4180": f"127.0.0.1:{sign_on}",
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "/etc/ssl/certs/papers.pem": f"{folder}/papers.pem",
            "/etc/ssl/private/papers.key": f"{folder}/papers.key",
            "/etc/nginx/board-papers/headers.conf": f"{folder}/headers.conf",
        }
        if other:
            line = "    # Another process of it, and so on, one for each two cores: server 127.0.0.1:8502"
            changes[line] = f"    server 127.0.0.1:{other}"
        site = _replaced((KEPT / "nginx.conf").read_text(encoding="utf-8"), changes)
        if subpath:
            part = (KEPT / "subpath.conf").read_text(encoding="utf-8")
            part = part.replace("/etc/nginx/board-papers/headers.conf", f"{folder}/headers.conf")
            # The site's own pages give way to the folder; what is for the sign-on stays.
            start, end = site.index("    include "), site.index("    location @sign_in")
            site = site[:start] + part + site[end:]
        (folder / "site.conf").write_text(site, encoding="utf-8")
        main = main_file(folder, f"include {folder}/site.conf;")
        server = subprocess.Popen([program("nginx") or "nginx", "-p", folder, "-c", main])
        try:
            _until_open(port, server, folder)
            yield f"https://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _certificate(folder: Path) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout papers.key -out papers.pem"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)


def _until_open(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(100):
        assert server.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    message = "nginx did not start"
    raise AssertionError(message)
