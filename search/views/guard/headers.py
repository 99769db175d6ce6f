"""Security headers on every answer of the app's server: what a browser may do with our pages, and that is little.

The pages' policy lets in what this server itself serves and nothing else. A script or style inside a page
counts only by its hash: Streamlit's own, in its start page, and ours, which are the ``.js`` and ``.css`` files beside
this module. So words of a paper that some fault let through as HTML still run nothing, load nothing and send nothing.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import re
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OURS = Path(__file__).parents[1]
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

# What Streamlit's parts put into a page as a style: an empty element that is filled rule by rule, and how touch moves.
_STREAMLIT_STYLES = ("", "@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}")

# For answers other than pages: data and papers. Nothing in them is to be fetched, run or framed.
SEALED = "default-src 'none'; frame-ancestors 'none'"

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Addresses of views hold questions; nobody else is to learn them.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy() -> str:
    """Give the Content-Security-Policy of the pages."""
    scripts = [*_INLINE.findall(_start_page()), *_texts("*.js")]
    rules = {
        "default-src": "'none'",
        "script-src": _allowed(scripts),
        "style-src": _allowed([*_STREAMLIT_STYLES, *_texts("*.css")]),
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeaders:
    """Adds the headers to every HTTP answer; one that has a policy keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._pages = policy()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                headers.setdefault("Content-Security-Policy", self._pages)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def _start_page() -> str:
    """Read the page that Streamlit serves first, without importing Streamlit."""
    spec = importlib.util.find_spec("streamlit")
    place = Path(spec.origin).parent if spec and spec.origin else Path()
    return (place / "static" / "index.html").read_text(encoding="utf-8")


def _texts(pattern: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(_OURS.glob(pattern))]


def _allowed(inline: list[str]) -> str:
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline)
    return " ".join(["'self'", *(f"'sha256-{one}'" for one in hashes)])
