"""How does the service start from a terminal?"""

from typing import TYPE_CHECKING, Annotated

import typer

from pathway.cli.published import fail

if TYPE_CHECKING:  # a command imports only what it needs
    from pathway.settings import Settings

Port = Annotated[int, typer.Option(help="The port to listen on.")]
Host = Annotated[str, typer.Option(help="The address to listen on.")]


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the pages and the API; on the embedded database the worker runs inside."""
    import uvicorn

    from pathway.app import create_app
    from pathway.migrations import upgrade
    from pathway.settings import Settings

    settings = Settings()
    check_can_start(settings)
    upgrade(settings.database)
    check_promise_kept(settings)
    check_somebody_can_use_it(settings)
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
    )


def worker() -> None:
    """Run a worker of its own beside the service: any number may run on PostgreSQL."""
    import signal
    import threading

    from pathway.acts import Desk
    from pathway.database import Database
    from pathway.jobs.worker import Worker
    from pathway.migrations import upgrade
    from pathway.settings import Settings

    settings = Settings()
    check_can_start(settings)
    upgrade(settings.database)
    check_promise_kept(settings)
    stop = threading.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: stop.set())
    Worker(Desk(Database(settings.database), settings)).run(stop)


def check_can_start(settings: "Settings") -> None:
    """What would fail at the first message, or already has been replaced, is said before anything starts."""
    from pathway import logs
    from pathway.checks import PackagesTaken, check_own_packages, unworkable

    try:
        logs.set_up(settings.log_lines)
    except ValueError as wrong:
        raise fail(f"PATHWAY_LOG_LINES: {wrong}") from None
    try:
        check_own_packages()
    except PackagesTaken as wrong:
        raise fail(wrong) from None
    if wrong_settings := unworkable(settings):
        raise fail(*wrong_settings)


def check_promise_kept(settings: "Settings") -> None:
    """No release starts that would change the ground under an open record, or leave one without a clock or a hearer.

    Only what is in use here is asked, from the database: no document is read from a folder.
    """
    from pathway.checks import live_findings

    broken = [one.sentence for one in live_findings(settings) if one.verdict == "broken"]
    if broken:
        raise fail(*broken)


def check_somebody_can_use_it(settings: "Settings") -> None:
    """An empty installation says what it lacks, in the order in which to mend it."""
    from pathway.clock import now
    from pathway.database import Database
    from pathway.store.staffing.accounts import wanting

    database = Database(settings.database)
    with database.reading() as session:
        lacking = wanting(session, settings.authority, now())
    database.dispose()
    if lacking:
        raise fail(*lacking, "Or see an invented partnership: 'pathway demo'.")
