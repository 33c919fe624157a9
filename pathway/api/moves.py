"""How does a record move? One address for each move, made from the process tables: a new process needs no code here."""

from functools import reduce
from operator import or_
from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from pydantic import GetCoreSchemaHandler
from pydantic_core.core_schema import CoreSchema, no_info_wrap_validator_function

from pathway import acts
from pathway.access import Viewer
from pathway.acts import Desk, NotFound
from pathway.api.answers import DoneBody
from pathway.api.asked import IfMatch, Key, Ref, version_in
from pathway.api.cases import TAGGED, told
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import read_as
from pathway.api.ways import MOVES
from pathway.store.records.cases import process_for
from workflows import PROCESSES, TABLES, Facts, Move, Process

router = APIRouter(tags=["Moves"])


class Untouched:
    """A body shown in the schema as what it should be, and handed on as it came until its model is known."""

    def __get_pydantic_core_schema__(self, shown: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_wrap_validator_function(lambda value, _: value, handler(shown))


def moves_called(name: str) -> dict[str, Move]:
    """That move in every table that has it, by hash: two may each have a `close` that is told differently."""
    found = {pinned: process.move(name) for pinned, process in TABLES.items()}
    return {pinned: move for pinned, move in found.items() if move is not None}


def give_address(name: str) -> None:
    known = moves_called(name)
    models = dict.fromkeys(move.facts for move in known.values())
    shown: Any = Annotated[reduce(or_, models), Untouched(), Body()]

    def make(
        *,
        desk: AtDesk,
        viewer: SignedIn,
        response: Response,
        ref: Ref,
        body: Any,
        key: Key = None,
        if_match: IfMatch = None,
    ) -> DoneBody:
        facts = read_as(model_for(desk, viewer, ref, known), body)
        return told(
            acts.move(desk, viewer, case=ref, name=name, facts=facts, version=version_in(if_match), key=key), response
        )

    make.__annotations__["body"] = shown
    if any(may_be_empty(facts) for facts in models):
        make.__kwdefaults__ = {**(make.__kwdefaults__ or {}), "body": {}}
    router.post(
        f"/cases/{{ref}}/moves/{name}",
        responses={200: TAGGED},
        summary=next(iter(known.values())).words,
        description=described(known),
        operation_id=name,
    )(make)


def may_be_empty(facts: type[Facts]) -> bool:
    """Whether a move may come without a body: protection is one act away, and needs no form."""
    return not any(field.is_required() for field in facts.model_fields.values())


def model_for(desk: Desk, viewer: Viewer, ref: str, known: dict[str, Move]) -> type[Facts]:
    """What the move of this name is told, in the table that the record runs on."""
    models = {move.facts for move in known.values()}
    if len(models) == 1:
        return models.pop()
    with desk.database.reading() as session:
        process = process_for(session, viewer, ref, desk.clock())
    if process is None or process.hash not in known:
        raise NotFound("move of that name on this record")
    return known[process.hash].facts


def described(known: dict[str, Move]) -> str:
    return "\n\n".join(_line(process, known[process.hash]) for process in PROCESSES if process.hash in known)


def _line(process: Process, move: Move) -> str:
    states = ", ".join(process.state(state).words.lower() for state in move.paths)
    roles = ", ".join(sorted(role.words for role in move.who))
    return f"In {process.words}, from: {states}. For: {roles}."


for _name in MOVES:
    give_address(_name)
