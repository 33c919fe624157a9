"""How does a newcomer see it at work? The invented partnership, served on the embedded database."""

from typing import Annotated

import typer


def demo(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    serve: Annotated[bool, typer.Option(help="Serve it once it is made.")] = True,
    seed: Annotated[int, typer.Option(help="Another seed makes another partnership.")] = 2026,
) -> None:
    """Make the invented sample partnership, once, and serve it."""
    from pathway.acts import Desk
    from pathway.checks import check_own_packages
    from pathway.database import Database
    from pathway.migrations import upgrade
    from pathway.sample import make_sample, sign_ins
    from pathway.settings import Settings
    from pathway.store.staffing.accounts import is_empty

    check_own_packages()
    settings = Settings(address=f"http://127.0.0.1:{port}")
    upgrade(settings.database)
    desk = Desk(Database(settings.database), settings)
    with desk.database.reading() as session:
        fresh = is_empty(session)
    if fresh:
        typer.echo("Making the invented sample partnership: some seconds, once.")
        make_sample(desk, seed=seed)
    typer.echo("\n".join(sign_ins(settings.address)))
    if not serve:
        return
    import uvicorn

    from pathway import logs
    from pathway.app import create_app

    logs.set_up(settings.log_lines)
    uvicorn.run(create_app(settings, desk), host="127.0.0.1", port=port, log_level="warning", server_header=False)
