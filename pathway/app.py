"""How do the parts become one service? The pages, the API and, on one machine, the worker inside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from pathway import api, watched, web
from pathway.acts import Desk
from pathway.database import Database
from pathway.jobs.inside import worker_inside
from pathway.settings import Settings


def create_app(settings: Settings | None = None, desk: Desk | None = None) -> FastAPI:
    """The service. `desk` is given where a test or a command has opened one already."""
    settings = settings or (desk.settings if desk else Settings())
    chosen = desk or Desk(Database(settings.database), settings)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        with worker_inside(chosen):
            yield
        if desk is None:
            chosen.database.dispose()

    app = FastAPI(title="Pathway", version="0.1.0", lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = chosen
    watched.mount(app)
    api.mount(app)
    web.mount(app)
    return app
