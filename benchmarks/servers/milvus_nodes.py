"""A Milvus cluster on loopback: a process for each of its parts, two query nodes, and what it stands on.

The parts are those of the package ``milvus==2.3.5``, which holds the real server's program; what it was built for is
met by etcd, by the mock of S3 in moto, and by librdkafka's own mock of Kafka, which kcat runs. Install them once:

    pip install --target PACKAGES milvus==2.3.5 'moto[server]==5.2.5'
    export MILVUS_PACKAGES=PACKAGES
    apt-get install etcd-server kafkacat
"""

from __future__ import annotations

import lzma
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
from pymilvus import MilvusClient, MilvusException

PACKAGES: Final = "MILVUS_PACKAGES"
_SETTINGS: Final = (
    "rootCoord", "dataCoord", "queryCoord", "dataNode", "indexNode", "queryNode", "queryNode", "proxy",
)  # fmt: skip
_PARTS: Final = tuple(name.lower() for name in _SETTINGS)
_BUCKET, _REGION = "a-bucket", "us-east-1"
_PATIENCE: Final = 90.0


class Nodes:
    """The running processes; ``address`` is the proxy's."""

    def __init__(self, address: str, query_nodes: list[subprocess.Popen[bytes]]) -> None:
        self.address = address
        self._query_nodes = query_nodes

    def kill_query_node(self) -> None:
        """Kill one of the query nodes as a power cut would."""
        self._query_nodes.pop().send_signal(signal.SIGKILL)


@contextmanager
def running(folder: Path) -> Iterator[Nodes]:
    """Start a cluster whose files lie under ``folder``, and end it.

    Raises:
        KeyError, FileNotFoundError: if a package or program named above is not there.
        TimeoutError: if a part does not answer in time; its log lies in ``folder``.
    """
    processes: list[subprocess.Popen[bytes]] = []
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    try:
        etcd, s3, kafka = _below(folder, processes)
        programs = _unpacked(folder)
        ports = [_free_port() for _ in _PARTS]
        started: list[subprocess.Popen[bytes]] = []
        for number in range(len(_PARTS)):
            settings = _settings(folder / f"{number}-{_PARTS[number]}", etcd, s3, kafka)
            settings |= {name: {"ip": "127.0.0.1", "port": port} for name, port in zip(_SETTINGS, ports, strict=True)}
            settings[_SETTINGS[number]] = {"ip": "127.0.0.1", "port": ports[number], "internalPort": _free_port()}
            started.append(_part(folder, programs, number, settings))
            processes.append(started[-1])
        address = f"http://127.0.0.1:{ports[-1]}"
        _until(lambda: _serves(address), "Milvus")
        yield Nodes(address, [one for one, part in zip(started, _PARTS, strict=True) if part == "querynode"])
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def _below(folder: Path, processes: list[subprocess.Popen[bytes]]) -> tuple[str, int, str]:
    """Start etcd and the stand-ins of S3 and Kafka: addresses of the first and last, the port of the second."""
    etcd, peer, s3 = (f"127.0.0.1:{_free_port()}" for _ in range(3))
    own = ["--data-dir", str(folder / "etcd"), "--listen-peer-urls", f"http://{peer}"]
    listening = ["--listen-client-urls", f"http://{etcd}", "--advertise-client-urls", f"http://{etcd}"]
    processes.append(_run(folder, "etcd", ["etcd", *own, *listening]))
    port = int(s3.rpartition(":")[2])
    moto = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    processes.append(_run(folder, "s3", moto, {"PYTHONPATH": os.environ[PACKAGES]}))
    # A producer that waits for its first line keeps librdkafka's mock of a broker alive in its own process.
    kcat = ["kcat", "-P", "-t", "none", "-b", "none", "-X", "test.mock.num.brokers=1"]
    processes.append(_run(folder, "kafka", kcat))
    _until(lambda: _made_bucket(s3), "moto's S3")
    log = folder / "logs" / "kafka"
    _until(lambda: "replaced with " in log.read_text(encoding="utf-8"), "kcat's mock of Kafka")
    return etcd, port, log.read_text(encoding="utf-8").rpartition("replaced with ")[2].split()[0]


def _settings(own: Path, etcd: str, s3: int, kafka: str) -> dict[str, object]:
    return {
        "etcd": {"endpoints": [etcd], "rootPath": "papers"},
        "minio": {
            "address": "127.0.0.1", "port": s3, "accessKeyID": "none", "secretAccessKey": "nonenone", "useSSL": False,
            "bucketName": _BUCKET, "rootPath": "files", "region": _REGION,
        },
        "mq": {"type": "kafka"},
        "kafka": {"brokerList": kafka, "securityProtocol": "PLAINTEXT", "saslMechanisms": ""},
        "common": {"storageType": "minio"},
        "localStorage": {"path": str(own)},
        "log": {"level": "warn"},
    }  # fmt: skip


def _part(folder: Path, programs: Path, number: int, settings: dict[str, object]) -> subprocess.Popen[bytes]:
    """Start a part of the cluster with settings of its own: two parts of a kind need two ports."""
    name = f"{number}-{_PARTS[number]}"
    own = folder / name
    own.mkdir(exist_ok=True)
    shutil.copy(Path(os.environ[PACKAGES], "milvus", "data", "glog.conf"), own)
    (own / "milvus.yaml").write_bytes(msgspec.json.encode(settings))  # JSON is YAML
    about = {"MILVUSCONF": str(own), "METRICS_PORT": str(_free_port()), "LD_LIBRARY_PATH": str(programs)}
    return _run(folder, name, [str(programs / "milvus"), "run", _PARTS[number]], about)


def _unpacked(folder: Path) -> Path:
    """Unpack the programs of the package once, and return where they lie."""
    packed, programs = Path(os.environ[PACKAGES]) / "milvus" / "data" / "bin", folder / "programs"
    programs.mkdir(exist_ok=True)
    for path in packed.iterdir():
        program = programs / path.stem
        if not program.exists():
            program.write_bytes(lzma.decompress(path.read_bytes()))
            program.chmod(0o755)
    return programs


def _run(folder: Path, name: str, command: list[str], about: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a process in a folder of its own that writes what it says to ``folder/logs/name``."""
    own = folder / name
    own.mkdir(exist_ok=True)
    with (folder / "logs" / name).open("wb") as log:
        return subprocess.Popen(
            command, cwd=own, env=os.environ | (about or {}), stdin=subprocess.PIPE, stdout=log, stderr=log
        )


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _made_bucket(address: str) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://{address}/{_BUCKET}", method="PUT")):
            return True
    except OSError:
        return False


def _serves(address: str) -> bool:
    """Whether both query nodes have a collection loaded: until then the proxy takes commands that come to nothing."""
    try:
        client = MilvusClient(address)
        if client.has_collection("ready"):
            client.drop_collection("ready")
        client.create_collection("ready", dimension=8)
        client.release_collection("ready")
        client.load_collection("ready", replica_number=2)
        client.drop_collection("ready")
    except MilvusException:
        return False
    return True


def _until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            message = f"{what} did not answer within {_PATIENCE:.0f} s; see the folder logs"
            raise TimeoutError(message)
        time.sleep(0.5)
