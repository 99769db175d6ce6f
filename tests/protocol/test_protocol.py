"""The archive as tools of the Model Context Protocol, called by the official package's own client."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive
from search import __main__
from search.engine import Engine
from tests.makers.app_runner import free_port
from tests.makers.index_maker import TinyEncoder, minutes, put, run
from tests.makers.matters_maker import archive, meeting, report
from tests.makers.matters_maker import minutes as minuted

pytest.importorskip("mcp")

from mcp import Client, StdioServerParameters

from search.protocol.server import server

MAY = minuted("may.pdf", meeting("2031-05-14"), [("11", "Ferry fares", "RESOLVED that the fares be frozen.")])
JULY = report("july.pdf", "Slipway charges", meeting("2031-07-09"), asked="That the slipway charges be doubled.")


@pytest.fixture
def held(tmp_path: Path) -> tuple[Archive, Engine]:
    opened, encoder = archive(tmp_path, MAY, JULY)
    return opened, Engine(opened, encoder)


def talk(held: tuple[Archive, Engine], told: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(server(*held)) as client:
            return await told(client)

    return asyncio.run(run())


def called(held: tuple[Archive, Engine], tool: str, **values: Any) -> Any:
    result = talk(held, lambda client: client.call_tool(tool, values))
    assert not result.is_error, result.content
    return result.structured_content


def until_served(port: int, served: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert served.poll() is None, "the command ended"
        with socket.socket() as knocking:
            if knocking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the command did not serve within a minute")


def test_five_tools_are_offered_and_none_writes(held: tuple[Archive, Engine]) -> None:
    offered = talk(held, lambda client: client.list_tools()).tools
    assert [tool.name for tool in offered] == ["ask", "decisions", "passages", "page", "coverage"]
    assert all(tool.annotations.read_only_hint for tool in offered)


def test_ask_gives_the_json_of_the_command_line_with_a_place_for_each_quotation(held: tuple[Archive, Engine]) -> None:
    told = called(held, "ask", question="What was agreed on 14 May 2031?")
    assert told == held[1].ask("What was agreed on 14 May 2031?").to_json()
    (quoted,) = told["answer"]
    hit = told["hits"][quoted["hit"] - 1]
    page = called(held, "page", file=hit["file"], page=quoted["page"])
    assert quoted["text"] in page["text"]
    assert hit["reference"].startswith("Cabinet (Ashshire County Council), 14 May 2031")


def test_decisions_passages_and_coverage_say_what_is_held_and_what_is_not(held: tuple[Archive, Engine]) -> None:
    assert [row["item"] for row in called(held, "decisions", date_to="2031-06-01")["decisions"]] == ["11"]
    assert called(held, "passages", question="slipway charges")["hits"][0]["file"] == "july.pdf"
    told = called(held, "coverage")
    assert (told["papers"], told["minutes_not_held"]) == (2, ["Cabinet (Ashshire County Council) of 9 July 2031"])


@pytest.mark.parametrize(
    ("tool", "values", "said"),
    [
        ("ask", {"question": " "}, "The question is empty"),
        ("ask", {"question": "ferry", "limit": 1000}, "not a number from 1 to 50"),
        ("ask", {"question": "ferry", "board": "Senate"}, "There is no board called 'Senate'"),
        ("decisions", {"date_from": "May"}, "'May' is not a date"),
        ("page", {"file": "may.pdf", "page": 7}, "There is no such page"),
        ("page", {"file": "../../secret.pdf"}, "There is no such page"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(
    held: tuple[Archive, Engine], tool: str, values: dict[str, Any], said: str
) -> None:
    result = talk(held, lambda client: client.call_tool(tool, values))
    assert result.is_error
    assert said in result.content[0].text


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive made by the command; where the program is."""
    from indexer.__main__ import main as index

    monkeypatch.chdir(tmp_path)
    put(tmp_path / "papers", harbour=minutes("the north mole"))
    assert index(["index", "papers", "--archive", "archive", "--workers", "1"]) == 0
    return Path(__main__.__file__).resolve().parents[1]


async def agreed(where: StdioServerParameters | str) -> str:
    async with Client(where) as client:
        told = await client.call_tool("ask", {"question": "What was agreed on 4 May 2021?"})
    return str(told.structured_content["answer"][0]["text"])


def test_the_command_serves_over_standard_input_and_output(tmp_path: Path, root: Path) -> None:
    started = StdioServerParameters(
        command=sys.executable, args=["-m", "search", "mcp", "--archive", str(tmp_path / "archive")], cwd=root
    )
    assert asyncio.run(agreed(started)) == "RESOLVED: That the north mole be repaired before the winter."


def test_the_command_serves_over_http_on_this_machine_alone(tmp_path: Path, root: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "search", "mcp", "--http", str(port), "--archive", str(tmp_path / "archive")]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.DEVNULL) as served:
        try:
            until_served(port, served)
            text = asyncio.run(agreed(f"http://127.0.0.1:{port}/mcp"))
            with socket.socket() as outside:
                elsewhere = outside.connect_ex(("127.0.0.2", port))
        finally:
            served.terminate()
    assert text == "RESOLVED: That the north mole be repaired before the winter."
    assert elsewhere != 0


def test_no_word_of_an_exempt_paper_comes_out_of_any_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    motion = (
        "RESOLVED: That the press and public be excluded as exempt information under paragraph 3 would be disclosed."
    )
    put(
        tmp_path / "papers",
        bid="NOT FOR PUBLICATION\n\n# Depot\n\nThe offer of zqholdings for the depot was the highest.\n",
        pier=f"{minutes('the pier')}\n## 13. Exclusion\n\n{motion}\n\n## EXEMPT MINUTES\n\nThe zqtrading bid won.\n",
    )
    run(tmp_path / "archive")
    encoder = TinyEncoder()
    with Archive.open(tmp_path / "archive", encoder.identity) as held:
        both = (held, Engine(held, encoder))
        told = [
            called(both, "ask", question="What was the offer of zq holdings for the depot?"),
            called(both, "passages", question="Which bid of zq trading was taken?", limit=50),
            called(both, "decisions"),
            called(both, "coverage"),
            called(both, "page", file="papers/pier.md"),
        ]
        refused = talk(both, lambda client: client.call_tool("page", {"file": "papers/bid.md"}))
    said = json.dumps(told)
    assert "press and public be excluded" in said
    assert not {"zqholdings", "zqtrading"} & set(re.findall(r"\w+", said))
    assert refused.is_error
    assert "There is no such page" in refused.content[0].text
