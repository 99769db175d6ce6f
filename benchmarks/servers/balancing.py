"""nginx before several processes of the app, each reader with the same one: nothing else of docs/deployment/nginx.conf.

That file lets one address ask so often and no more, and here every reader comes from one.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.servers.serving import HOST

_MAIN = """
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""
_SITE = """
    upstream app {{ hash $http_x_forwarded_for consistent; {servers} keepalive 16; }}
    server {{
        listen {host}:{port};
        location / {{
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $http_x_forwarded_for;
            proxy_read_timeout 5m;
            proxy_pass http://app;
        }}
    }}
"""


def main_file(folder: Path, site: str) -> Path:
    """Write nginx's main file into a folder, where it keeps all that it writes, for one site; give its path."""
    user = "user root;" if os.geteuid() == 0 else ""
    path = folder / "main.conf"
    path.write_text(_MAIN.format(folder=folder, user=user, site=site), encoding="utf-8")
    return path


@contextlib.contextmanager
def balanced(addresses: Sequence[str]) -> Iterator[str]:
    """Run nginx before the app's processes and give its address.

    Raises:
        OSError: nginx is not there, or did not start.
    """
    with socket.socket() as probe, tempfile.TemporaryDirectory(prefix="papers-nginx-") as folder:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
        probe.close()
        servers = " ".join(f"server {address.removeprefix('http://')} max_fails=0;" for address in addresses)
        main = main_file(Path(folder), _SITE.format(servers=servers, host=HOST, port=port))
        server = subprocess.Popen(["nginx", "-p", folder, "-c", main])
        try:
            _until_open(port)
            yield f"http://{HOST}:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _until_open(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection((HOST, port), 1):
            return
        time.sleep(0.05)
    message = "nginx did not start"
    raise OSError(message)
