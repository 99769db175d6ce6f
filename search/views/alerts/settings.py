"""The council's mail server and the app's public address, by environment variables; without them, no letters."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from indexer.errors import BadArguments

Security = Literal["starttls", "tls", "none"]
_NAME = "BOARD_PAPERS_MAIL_"
SERVER, SENDER, USER, PASSWORD = f"{_NAME}SERVER", f"{_NAME}FROM", f"{_NAME}USER", f"{_NAME}PASSWORD"
SECURITY, ADDRESS = f"{_NAME}SECURITY", "BOARD_PAPERS_ADDRESS"
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Settings:
    """How letters go out.

    Attributes:
        host: the mail server.
        port: its port.
        sender: the address that letters come from.
        address: where readers reach this app, ending with a slash; links in letters begin with it.
        security: how the connection is protected; "none" is refused with a password.
        user: the account, "" for none.
        password: its password.
    """

    host: str
    port: int
    sender: str
    address: str
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


def read(given: Mapping[str, str] = os.environ) -> Settings | None:
    """Read the settings; None where no mail server is named.

    Raises:
        BadArguments: something is missing, or cannot be used.
    """
    server = given.get(SERVER, "").strip()
    if not server:
        return None
    security = given.get(SECURITY, "starttls").strip().casefold()
    if security not in get_args(Security):
        message = f"{SECURITY} is {security!r}: give one of {', '.join(get_args(Security))}"
        raise BadArguments(message, expected="starttls, tls or none", found=security)
    host, _, port = server.partition(":")
    if port and not port.isdigit():
        message = f"{SERVER} is {server!r}: give a name and a port, such as mail.example.gov.uk:587"
        raise BadArguments(message, expected="host:port", found=server)
    for name in (SENDER, ADDRESS):
        if not given.get(name, "").strip():
            message = f"{SERVER} is set, but {name} is not; letters need both"
            raise BadArguments(message, expected=name, found="nothing")
    address = given[ADDRESS].strip()
    if not address.startswith(("https://", "http://")):
        message = f"{ADDRESS} is {address!r}: give the address of the app, such as https://papers.example.gov.uk/"
        raise BadArguments(message, expected="an http or https address", found=address)
    password = given.get(PASSWORD, "")
    if password and security == "none":
        message = f"{PASSWORD} would go over the network unprotected: set {SECURITY} to starttls or tls"
        raise BadArguments(message, expected="starttls or tls", found="none")
    return Settings(
        host,
        int(port or _PORTS[security]),
        given[SENDER].strip(),
        address.rstrip("/") + "/",
        security,  # type: ignore[arg-type]  # checked above
        given.get(USER, ""),
        password,
    )
