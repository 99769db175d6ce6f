"""Our routes under the folder that Streamlit is set to serve its pages in (``server.baseUrlPath``), and at the root.

A proxy may pass that folder on or take it off; Streamlit moves its own routes and leaves ours where they are. To any
other address it answers with a page, which is no answer to a program.
Nothing of Streamlit here.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


def unknown(*folders: str) -> list[Route]:
    """Give routes that refuse, in JSON and with 404, all else at or below ``folders``; put them last."""

    async def refuse(request: Request) -> Response:
        message = f"There is nothing at {request.url.path}: /api/openapi.json describes what there is"
        return JSONResponse({"error": message}, 404)

    return [Route(path, refuse) for folder in folders for path in (f"/{folder}", f"/{folder}/{{rest:path}}")]


def also_under(base: str, routes: Sequence[Route]) -> list[Route]:
    """Give routes, and each again below a folder; only themselves where ``base`` names none."""
    folder = base.strip("/")
    return [*routes, *(_moved(f"/{folder}", route) for route in routes)] if folder else list(routes)


def _moved(folder: str, route: Route) -> Route:
    async def serve(request: Request) -> Response:
        # By this, addresses that an answer names (feeds) are made below the folder too.
        request.scope["app_root_path"] = folder
        answer: Response = await route.endpoint(request)
        return answer

    return Route(folder + route.path, serve, methods=sorted(route.methods or ()))
