"""Is the service well? For whoever runs it: a health page, figures for Prometheus, and a line in the log per request.

Nothing here names anybody: an address stands as its pattern, a fault as its kind.
"""

import ipaddress
from collections.abc import Iterable
from datetime import timedelta
from time import perf_counter

import structlog
from fastapi import APIRouter, FastAPI, Request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pathway.acts import Desk
from pathway.store.lists.backlog import Backlog, backlog, lateness

log = structlog.get_logger()

TOO_LATE = timedelta(minutes=5)
"""How long what a worker should do may wait before the service counts as unwell."""

router = APIRouter()


def mount(app: FastAPI) -> None:
    """Put both pages on an app whose `state.desk` is set, and watch every request."""
    desk: Desk = app.state.desk
    registry = CollectorRegistry()
    registry.register(Waiting(desk))
    app.state.registry = registry
    app.include_router(router, include_in_schema=False)
    app.add_middleware(Watched, registry=registry)


@router.get("/health")
def health(request: Request) -> Response:
    """200 while the database answers and nothing has waited too long for a worker; 503 and why otherwise."""
    desk: Desk = request.app.state.desk
    try:
        with desk.database.reading() as session:
            late = lateness(session, desk.clock())
    except SQLAlchemyError:
        return JSONResponse({"status": "unwell", "why": "The database doesn't answer."}, 503)
    if late > TOO_LATE:
        return JSONResponse({"status": "unwell", "why": "No worker has done what is due."}, 503)
    return JSONResponse({"status": "well"})


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """For the networks that the settings name; to everybody else there is no such page."""
    desk: Desk = request.app.state.desk
    if not _may_watch(request, desk.settings.watched_from):
        return Response(status_code=404)
    return Response(generate_latest(request.app.state.registry), media_type=CONTENT_TYPE_LATEST)


def _may_watch(request: Request, networks: str) -> bool:
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    wanted = (ipaddress.ip_network(one.strip()) for one in networks.split(",") if one.strip())
    return any(address in one for one in wanted)


class Waiting(Collector):
    """What waits, asked of the database at each look; nothing while it doesn't answer."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterable[Metric]:
        try:
            with self.desk.database.reading() as session:
                found = backlog(session, self.desk.clock())
        except SQLAlchemyError:
            return
        yield from _figures(found)


def _figures(found: Backlog) -> Iterable[Metric]:
    for name, said, value in (
        ("pathway_open_cases", "Open records.", found.open_cases),
        ("pathway_overdue_cases", "Open records on which something of ours is overdue.", found.overdue_cases),
        ("pathway_overdue_tasks", "Open tasks that are overdue.", found.overdue_tasks),
        ("pathway_messages_waiting", "Messages whose recipients aren't found yet.", found.messages_waiting),
        ("pathway_late_seconds", "How long the oldest thing has waited for a worker.", found.late.total_seconds()),
    ):
        yield GaugeMetricFamily(name, said, value)
    deliveries = GaugeMetricFamily("pathway_deliveries", "Deliveries on their way, by status.", labels=["status"])
    for status, count in found.deliveries.items():
        deliveries.add_metric([status], count)
    yield deliveries


class Watched:
    """Counts and times each request by the pattern of its address, and writes a line of it."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self.app = app
        labels = ("method", "route")
        self.took = Histogram("pathway_request_seconds", "How long requests take.", labels, registry=registry)
        self.answered = Counter("pathway_requests", "Requests answered.", (*labels, "status"), registry=registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, began = 500, perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception:
            log.exception("request_failed", method=scope["method"], route=_pattern(scope))
            raise
        finally:
            self._note(scope, status, perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method, route = scope["method"], _pattern(scope)
        self.took.labels(method, route).observe(seconds)
        self.answered.labels(method, route, str(status)).inc()
        log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


def _pattern(scope: Scope) -> str:
    """The address without what it names: a reference is a child's."""
    route = scope.get("route")
    mounted: str = scope.get("root_path", "")
    return f"{mounted}{getattr(route, 'path', '')}" if route is not None or mounted else "elsewhere"
