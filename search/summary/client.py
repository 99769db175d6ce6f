"""One request to an OpenAI-compatible endpoint, under strict limits of time and size. The only importer of httpx."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import httpx

from indexer.errors import SummaryError
from search.bounds import BOUNDS
from search.summary.settings import Settings

_SAID = {
    401: "it does not accept the key",
    403: "it does not accept the key",
    404: "it has no such model or address",
    429: "it is asked too often; try again later",
}


def complete(settings: Settings, messages: Sequence[dict[str, str]]) -> str:
    """Ask for a completion and give its text.

    Raises:
        SummaryError: it cannot be reached, takes too long, refuses, or answers with something else.
    """
    try:
        body = asyncio.run(asyncio.wait_for(_post(settings, messages), settings.seconds))
    except (TimeoutError, httpx.TimeoutException) as error:
        message = f"The language model did not answer within {settings.seconds:g} seconds"
        raise SummaryError(message, path=settings.url) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        message = f"The language model cannot be reached, or broke off: {type(error).__name__}"
        raise SummaryError(message, path=settings.url) from error
    return _content(body, settings)


async def _post(settings: Settings, messages: Sequence[dict[str, str]]) -> bytes:
    # Redirects are not followed and no proxy is taken from the environment: passages go to the address that was given.
    limits = httpx.Timeout(settings.seconds, connect=min(BOUNDS.connect_seconds, settings.seconds))
    async with (
        httpx.AsyncClient(timeout=limits, follow_redirects=False, trust_env=False) as client,
        client.stream("POST", f"{settings.url}/chat/completions", **_request(settings, messages)) as answer,
    ):
        if answer.status_code != httpx.codes.OK:
            raise SummaryError(_refusal(answer.status_code), path=settings.url, found=str(answer.status_code))
        if answer.headers.get("content-encoding", "identity") != "identity":
            message = "The language model's answer is compressed, which was not asked for"
            raise SummaryError(message, path=settings.url)
        body = bytearray()
        async for part in answer.aiter_raw():
            body += part
            if len(body) > BOUNDS.summary_bytes:
                message = f"The language model's answer is longer than {BOUNDS.summary_bytes // 1024} KB"
                raise SummaryError(message, path=settings.url)
        return bytes(body)


def _request(settings: Settings, messages: Sequence[dict[str, str]]) -> dict[str, Any]:
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    if settings.key and settings.azure_version:
        headers["api-key"] = settings.key
    elif settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    body = {"model": settings.model, "messages": list(messages), "temperature": 0, "max_tokens": BOUNDS.summary_tokens}
    params = {"api-version": settings.azure_version} if settings.azure_version else {}
    return {"headers": headers, "params": params, "json": {**body, "stream": False}}


def _refusal(status: int) -> str:
    if httpx.codes.is_redirect(status):
        return f"The language model's address leads elsewhere ({status}): give the address that it leads to"
    return f"The language model refused ({status}): {_SAID.get(status, 'see its log')}"


def _content(body: bytes, settings: Settings) -> str:
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        message = "The language model's answer is not what such an endpoint answers (choices, message, content)"
        raise SummaryError(message, path=settings.url) from error
    if not isinstance(content, str):
        message = "The language model's answer holds no text"
        raise SummaryError(message, path=settings.url)
    return content
