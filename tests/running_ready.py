"""What does every service do before it answers? Done here once, in the process from which services are forked."""

import psycopg
import running
import uvicorn
from fastapi import FastAPI
from made_api import api_at

import pathway.api
from pathway import jobs
from pathway.acts import Desk
from pathway.app import create_app
from pathway.database import Database
from pathway.settings import Settings


def mount_the_ready_one(app: FastAPI) -> None:
    app.mount(pathway.api.BASE, api_at(app.state.desk))


assert psycopg
assert jobs
assert running
pathway.api.mount = mount_the_ready_one
READY = create_app(desk=Desk(Database("sqlite://"), Settings()))
uvicorn.Config(READY).load()
