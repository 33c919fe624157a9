"""How do other programs work with the service? By `/api/v1`: the same acts and the same words as the pages."""

from fastapi import FastAPI

from pathway.api.application import create_api
from pathway.api.ways import BASE


def mount(app: FastAPI) -> None:
    """Put the API under the service whose desk stands at `app.state.desk`."""
    app.mount(BASE, create_api(app.state.desk))


__all__ = ["mount"]
