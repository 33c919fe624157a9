"""Which services are there? As Open Referral UK 3.0 answers, behind our own sign-in; `id` is our reference for each."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from pathway.acts import NotFound
from pathway.api.asked import Ref
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.store.directory.finding import Wanted, found
from pathway.store.directory.opening import DAYS
from pathway.store.directory.oruk import OLDEST, PublishedService, ServiceLine
from pathway.store.directory.services import ServiceView, listed, service
from pathway.store.directory.when import Times

router = APIRouter(prefix="/services", tags=["Directory of services"])
AGE = {"ge": 0, "le": OLDEST}
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
Words = Annotated[str, Query(max_length=200, description="Everyday words of what is needed")]
Number = Annotated[int, Query(ge=1, le=100_000)]
Size = Annotated[int, Query(ge=1, le=100)]
TheirId = Annotated[str, Query(max_length=100, pattern="^[^\x00]*$", description="As the source calls it")]
Least = Annotated[float | None, Query(**AGE, description="Services with a minimum age of at least this")]
Most = Annotated[float | None, Query(**AGE, description="Services with a maximum age of at most this")]
Opens = Annotated[str, Query(pattern=f"{CLOCK}|^$", description="Opening at this time or later, such as 09:30")]
Closes = Annotated[str, Query(pattern=f"{CLOCK}|^$", description="Closing at this time or earlier")]
Weekday = Annotated[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"] | None, Query(description="There on this day")]


class Ours(BaseModel):
    """What we know of a service beside what it published."""

    pathway_source: str = Field(description="The feed or file that it came from")
    pathway_source_id: str = Field(description="What that source calls it")
    pathway_imported_at: datetime = Field(description="When it came in as it is")
    pathway_confirmed_at: datetime = Field(description="When its source was last read")
    pathway_gone_since: datetime | None = Field(default=None, description="Since when its source leaves it out")


class ListedService(ServiceLine, Ours):
    """A service with what there is once of it, and where it is from."""


class WholeService(PublishedService, Ours):
    """A service with all that belongs to it, and where it is from."""


class ServicesPage(BaseModel):
    """One page, with the standard's own counts."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: tuple[ListedService, ...]


@router.get("", response_model_exclude_defaults=True, summary="Find services", operation_id="services")
def list_services(
    desk: AtDesk,
    viewer: SignedIn,
    search: Words = "",
    page: Number = 1,
    per_page: Size = 50,
    taxonomy_term_id: TheirId = "",
    taxonomy_id: TheirId = "",
    minimum_age: Least = None,
    maximum_age: Most = None,
    start_time: Opens = "",
    end_time: Closes = "",
    day: Weekday = None,
) -> ServicesPage:
    """Those that are offered, and those that are temporarily closed after them. A page past the last is the last."""
    weekday = DAYS.index(day) if day else None
    wanted = Wanted(
        need=search,
        term=taxonomy_term_id,
        taxonomy=taxonomy_id,
        least_age=minimum_age,
        most_age=maximum_age,
        times=Times(weekday, start_time, end_time) if day or start_time or end_time else None,
    )
    with desk.database.reading() as session:
        result = found(session, viewer, wanted, desk.clock(), page=page, size=per_page)
        services = listed(session, viewer, result)
    return ServicesPage(
        total_items=result.total,
        total_pages=result.pages,
        page_number=result.page,
        size=len(services),
        first_page=result.page == 1,
        last_page=result.page == result.pages,
        empty=not services,
        contents=tuple(ListedService.model_validate(_told(one)) for one in services),
    )


@router.get("/{ref}", response_model_exclude_defaults=True, summary="Read a service", operation_id="service")
def read_service(desk: AtDesk, viewer: SignedIn, ref: Ref) -> WholeService:
    """All that it published, with `pathway_gone_since` where its source has left it out."""
    with desk.database.reading() as session:
        view = service(session, viewer, ref)
    if view is None:
        raise NotFound("service")
    return WholeService.model_validate(_told(view))


def _told(one: ServiceView) -> dict[str, Any]:
    return {
        **one.published.model_dump(exclude_defaults=True),
        "id": one.ref,
        "pathway_source": one.source,
        "pathway_source_id": one.source_id,
        "pathway_imported_at": one.imported_at,
        "pathway_confirmed_at": one.confirmed_at,
        "pathway_gone_since": one.gone_since,
    }
