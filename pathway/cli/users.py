"""Who may sign in? Accounts, agencies and teams from a terminal, for setting an installation up."""

from typing import Annotated

import typer

from pathway.cli.published import fail

user = typer.Typer(help="Accounts: add, list, end.", no_args_is_help=True)


@user.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The worker's name.")],
    email: Annotated[str, typer.Argument(help="Their work email address, which they sign in with.")],
    role: Annotated[str, typer.Option(help="Their role, such as triage_adviser.")],
    team: Annotated[str, typer.Option(help="Their team's name; made if it is new.")],
    agency: Annotated[str, typer.Option(help="The team's agency; made if it is new.")],
    destination: Annotated[str | None, typer.Option(help="Where the document sends need that this team takes.")] = None,
    takes_contacts: Annotated[bool, typer.Option(help="The team may answer for any new worry.")] = False,
    council: Annotated[bool, typer.Option(help="The agency is the council, whose roles only it carries.")] = False,
    source_code: Annotated[str, typer.Option(help="The agency's DfE referral-source code.")] = "8",
) -> None:
    """Add an account with a post; asks for the password."""
    from pathway.access import COUNCIL_ONLY
    from pathway.acts import staff
    from pathway.acts.faults import Unacceptable
    from pathway.cli.installation import as_system
    from pathway.store.staffing.accounts import agency_named, is_council, team_named
    from workflows import Role

    if role not in Role.__members__ or role == Role.system:
        raise fail(f"'{role}' isn't a role. Choose from: {', '.join(one for one in Role if one is not Role.system)}.")
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    with as_system() as (desk, system):
        try:
            with desk.database.reading() as session:
                agency_id = agency_named(session, system.authority, agency)
                council = council or is_council(session, agency_id)
                team_id = team_named(session, system.authority, team)
            if role in COUNCIL_ONLY and not council:
                works = f"A {Role(role).words} works for the council."
                raise fail(f"{works} Say --council if {agency} is it, or choose a partner's role.")
            agency_id = agency_id or staff.add_agency(
                desk, system, name=agency, source_code=source_code, is_council=council
            )
            if council:
                staff.mark_council(desk, system, agency_id=agency_id)
            team_id = team_id or staff.add_team(
                desk, system, agency_id=agency_id, name=team, destination=destination, takes_contacts=takes_contacts
            )
            person = staff.add_practitioner(desk, system, name=name, email=email, password=password)
        except Unacceptable as wrong:
            raise fail(wrong) from None
        staff.add_post(
            desk,
            system,
            practitioner_id=person,
            team_id=team_id,
            role=Role(role),
            title=Role(role).words,
            starts_on=desk.clock().date(),
        )
    typer.echo(f"{name} can sign in as {email}.")


@user.command("list")
def list_all() -> None:
    """List accounts with their roles and teams."""
    from pathway.cli.installation import as_system
    from pathway.store.staffing.accounts import everybody

    with as_system() as (desk, system), desk.database.reading() as session:
        for line in everybody(session, system.authority, desk.clock()):
            typer.echo(
                f"{line.ref}  {line.name}  {line.email}  {line.role}  {line.team}{'' if line.live else '  (ended)'}"
            )


@user.command("end")
def end(practitioner: Annotated[str, typer.Argument(help="The account's reference, as 'user list' shows it.")]) -> None:
    """End an account: no more signing in; what they held becomes somebody's task."""
    from pathway.acts import NotFound, staff
    from pathway.cli.installation import as_system

    with as_system() as (desk, system):
        try:
            staff.end_practitioner(desk, system, practitioner=practitioner)
        except NotFound as wrong:
            raise fail(wrong) from None
    typer.echo("Ended.")
