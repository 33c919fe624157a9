"""What can be done from a terminal? `pathway --help` lists it; each command imports only what it needs."""

import typer

from pathway.cli import (
    adopting,
    auditing,
    checking,
    demo,
    directory,
    importing,
    keeping,
    published,
    reading,
    serving,
    users,
)

app = typer.Typer(
    name="pathway",
    help="Referral and family-support pathway: no child without a next step.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("serve")(serving.serve)
app.command("worker")(serving.worker)
app.command("triage")(published.triage)
app.command("due")(published.due)
app.command("check")(checking.check)
app.command("demo")(demo.demo)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
published.documents.command("list")(reading.list_all)
published.documents.command("show")(reading.show)
published.documents.command("compare")(reading.compare)
published.documents.command("schema")(reading.schema)
published.documents.command("propose")(adopting.propose)
published.documents.command("agree")(adopting.agree)
published.documents.command("withdraw")(adopting.withdraw)
app.add_typer(published.documents, name="documents")
app.add_typer(users.user, name="user")
app.add_typer(importing.imports, name="import")
app.add_typer(auditing.audit, name="audit")
app.add_typer(directory.directory, name="directory")
