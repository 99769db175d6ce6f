"""``python -m search mcp``, over standard streams or local HTTP; apart from `server`, whose package may be missing."""

from __future__ import annotations

import argparse
from importlib.util import find_spec

from indexer.errors import BadArguments

_HOST = "127.0.0.1"


def run(options: argparse.Namespace) -> None:
    """Serve until the other side ends it.

    Raises:
        BadArguments: the package of the protocol is not installed.
    """
    if find_spec("mcp") is None:
        message = "The protocol's package is not installed: python -m pip install mcp"
        raise BadArguments(message)
    from indexer.archive import Archive
    from search.engine import Engine
    from search.memory import tidy_seldom
    from search.protocol.server import server

    archive = Archive.open(options.archive)
    served = server(archive, Engine.over(archive))
    tidy_seldom()
    if options.http is None:
        served.run("stdio")
    else:
        served.run("streamable-http", host=_HOST, port=options.http, stateless_http=True, json_response=True)
