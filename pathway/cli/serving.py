"""How does the service start from a terminal?"""

from typing import Annotated

import typer

Port = Annotated[int, typer.Option(help="The port to listen on.")]
Host = Annotated[str, typer.Option(help="The address to listen on.")]


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the pages and the API; on the embedded database the worker runs inside."""
    import uvicorn

    from pathway.app import create_app
    from pathway.checks import check_own_packages
    from pathway.migrations import upgrade
    from pathway.settings import Settings

    check_own_packages()
    settings = Settings()
    upgrade(settings.database)
    uvicorn.run(create_app(settings), host=host, port=port, log_level="warning", server_header=False)


def worker() -> None:
    """Run a worker of its own beside the service: any number may run on PostgreSQL."""
    import signal
    import threading

    from pathway.acts import Desk
    from pathway.database import Database
    from pathway.jobs.worker import Worker
    from pathway.settings import Settings

    settings = Settings()
    stop = threading.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: stop.set())
    Worker(Desk(Database(settings.database), settings)).run(stop)
