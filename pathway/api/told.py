"""What was told, taken at its word? Every JSON body is read here, strictly, and so that it can be kept."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Annotated, TypeVar

from fastapi import HTTPException
from pydantic import BaseModel, GetCoreSchemaHandler, ValidationError
from pydantic_core.core_schema import CoreSchema, no_info_before_validator_function

from pathway.acts import FieldFault, Unacceptable
from pathway.acts.sentences import faults_of, field_path
from workflows import Facts

M = TypeVar("M", bound=BaseModel)


class Strictly:
    """A body is exactly what the schema says: "7" is no number, and 0 is no date.

    A model that isn't `Facts` sees to that itself, as `Presenting` does.
    """

    def __get_pydantic_core_schema__(self, model: type[BaseModel], handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(partial(read_as, model), handler(model))


Told = Annotated[M, Strictly()]
"""`Told[Take]` is the type of a body that carries a `Take`."""


def read_as(model: type[M], value: object) -> M:
    """Raises `Unacceptable` with every field that needs mending."""
    if isinstance(value, bytes):
        raise HTTPException(415, "Send the body as JSON, with Content-Type: application/json.")
    faults = tuple(FieldFault(field_path(place), CANT_KEEP) for place in unkeepable(value))
    if faults:
        raise Unacceptable(*faults)
    try:
        return model.model_validate_json(json.dumps(value), strict=issubclass(model, Facts) or None)
    except ValidationError as wrong:
        raise Unacceptable(*faults_of(wrong.errors())) from None


CANT_KEEP = "There is a character in this that can't be kept, such as a NUL. Take it out and send it again."


def unkeepable(value: object, *place: int | str) -> Iterator[tuple[int | str, ...]]:
    """Where text holds what no database keeps: NUL, or half of a character."""
    if isinstance(value, str) and not can_be_kept(value):
        yield place
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from unkeepable(inner, *place, name if can_be_kept(name) else "?")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from unkeepable(inner, *place, index)


def can_be_kept(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
