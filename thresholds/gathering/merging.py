"""What holds when a local document is laid over the one it builds on, and may it say that?

Later overrides earlier by id. It may tighten what is published, never loosen it, and never touches
the national safety floor except to widen it. What is only a *proposed default* may be decided freely.
"""

from collections.abc import Iterator

from thresholds.editions.edition import Edition
from thresholds.published.contents import SECTIONS, Document
from thresholds.published.faults import Fault
from thresholds.published.hours import BankHolidays
from thresholds.published.levels import Indicator, Part
from thresholds.published.limits import Counting, Limit, LimitEntry, never_later
from thresholds.reading.document import Written

MERGED = tuple(section for section in SECTIONS if section != "limits")


def merged(chain: tuple[Document, ...], bank_holidays: BankHolidays | None) -> Edition:
    """One edition from documents in order, base first."""
    top = chain[-1]
    sections = {section: _by_id(chain, section) for section in MERGED}
    withdrawn = {withdrawal.id for withdrawal in sections["withdraws"]}
    sections["indicators"] = tuple(i for i in sections["indicators"] if i.id not in withdrawn)
    return Edition(
        authority=top.authority,
        authority_name=top.authority_name,
        status=top.status,
        in_force_from=top.in_force_from,
        in_force_until=top.in_force_until,
        note=top.note,
        documents=tuple(
            Part(authority=d.authority, in_force_from=d.in_force_from.isoformat(), status=d.status) for d in chain
        ),
        bank_holidays=bank_holidays,
        limits=tuple(_ready(limit, sections) for limit in _by_id(chain, "limits")),
        **sections,
    )


def _by_id(chain: tuple[Document, ...], section: str) -> tuple:  # type: ignore[type-arg]
    return tuple({entry.id: entry for document in chain for entry in getattr(document, section)}.values())


def _ready(limit: LimitEntry, sections: dict[str, tuple]) -> Limit:  # type: ignore[type-arg]
    """A limit with its counting and ladder filled in."""
    counting = next((c for c in sections["countings"] if c.id == limit.counting), None)
    ladder = next((x for x in sections["ladders"] if x.id == limit.ladder), None)
    how = counting.model_dump(include={"day_zero", "end_of_day", "cut_off", "local_closures"}) if counting else {}
    return Limit(**limit.model_dump(), **how, rungs=ladder.rungs if ladder else ())


def loosened(base: tuple[Document, ...], local: Written) -> Iterator[Fault]:
    """What a local document loosens and may not."""
    limits = {limit.id: limit for document in base for limit in document.limits}
    countings = {c.id: c for document in (*base, local.document) for c in document.countings}
    indicators = {i.id: i for document in base for i in document.indicators}
    rules = {rule.id: rule for document in base for rule in document.rules}
    for index, limit in enumerate(local.document.limits):
        for reason in _limit_loosened(limits.get(limit.id), limit, countings):
            yield local.page.fault(("limits", index), f"limits › {limit.id} {reason}", TIGHTEN)
    yield from _lengthened_by_closing(limits, countings, local)
    for index, indicator in enumerate(local.document.indicators):
        for reason in _indicator_loosened(indicators.get(indicator.id), indicator):
            yield local.page.fault(("indicators", index), f"indicators › {indicator.id} {reason}", KEEP)
    yield from _stretched(limits, local)
    for index, rule in enumerate(local.document.rules):
        if (floor := rules.get(rule.id)) and floor.floor and floor != rule:
            sentence = f"rules › {rule.id} stands on the national safety floor and is changed here."
            yield local.page.fault(("rules", index), sentence, "Take it out, and give a rule of your own another id.")
    for index, withdrawal in enumerate(local.document.withdraws):
        yield from _withdrawal_faults(local, index, indicators.get(withdrawal.id))


TIGHTEN = "A local document may tighten a limit, never loosen it; take it out or make it stricter."
CLOSED = "Count it with local_closures: counted; only limits of one's own may skip the days we are closed."
KEEP = "A local document may widen an immediate indicator, never narrow it; take it out or widen it."


def _stretched(base: dict[str, LimitEntry], local: Written) -> Iterator[Fault]:
    """Duties of the document it builds on that would stand still or be made longer here."""
    for section in ("pauses", "extensions"):
        for index, allowance in enumerate(getattr(local.document, section)):
            for limit in (base[name] for name in allowance.for_limits if name in base):
                if limit.hard and limit.basis != "proposed default":
                    sentence = f"{section} › {allowance.id} lets {limit.id} wait, which {limit.cite} makes a duty."
                    yield local.page.fault((section, index), sentence, TIGHTEN)


def _limit_loosened(base: LimitEntry | None, local: LimitEntry, countings: dict[str, Counting]) -> Iterator[str]:
    if base is None or base.basis == "proposed default":
        return
    if not never_later(local, base):
        yield f"allows {local.span} where {base.cite} allows {base.span}, which can fall due later."
    if base.office != local.office and _ends_by_office(local, countings.get(local.counting or "")):
        yield (
            f"counts by the office hours “{local.office}”, where {base.cite} counts by “{base.office}”, "
            "which can fall due later."
        )
    if base.hard and not local.hard:
        yield f"is only a target here, where {base.cite} makes it a duty."
    if (base.from_event, base.obliged) != (local.from_event, local.obliged):
        yield f"starts from another event or obliges somebody else than in {base.cite}."


def _lengthened_by_closing(
    base: dict[str, LimitEntry], countings: dict[str, Counting], local: Written
) -> Iterator[Fault]:
    """Published limits that would run on while the partnership is closed, because of a limit or counting here."""
    here = {limit.id: index for index, limit in enumerate(local.document.limits)}
    ways = {counting.id: index for index, counting in enumerate(local.document.countings)}
    for published in (limit for limit in base.values() if limit.basis != "proposed default"):
        limit = local.document.limits[here[published.id]] if published.id in here else published
        counting = countings.get(limit.counting or "")
        if counting is None or counting.local_closures == "counted" or not _ends_by_office(limit, counting):
            continue
        if limit is not published or counting.id in ways:
            place = ("limits", here[limit.id]) if limit is not published else ("countings", ways[counting.id])
            sentence = f"limits › {limit.id} is in {published.cite}, and would fall due later while we are closed."
            yield local.page.fault(place, sentence, CLOSED)


def _ends_by_office(limit: LimitEntry, counting: Counting | None) -> bool:
    """Whether it matters whose office hours count it: for working time, and for days that end at closing."""
    by_closing = counting is not None and counting.end_of_day == "close_of_business"
    return limit.unit in ("working_days", "office_hours") or (by_closing and limit.unit not in ("minutes", "hours"))


def _indicator_loosened(base: Indicator | None, local: Indicator) -> Iterator[str]:
    if base is None:
        return
    if base.immediate and not local.immediate:
        yield f"is no longer immediate here, though {base.cite} makes it so."
    if base.floor and not local.floor:
        yield "is taken off the national safety floor."
    if base.floor and local.words != base.words:
        yield "says a line of the national safety floor in other words."
    if base.immediate and (base.first_age_outside or 99) > (local.first_age_outside or 99):
        yield f"covers fewer ages here than in {base.cite}."
    if set(base.also_means) - set(local.also_means):
        yield f"no longer means all that it means in {base.cite}."
    if set(base.answers) - set(local.answers) or base.dont_ask_family > local.dont_ask_family:
        yield f"no longer tells all that it tells in {base.cite}."


def _withdrawal_faults(local: Written, index: int, indicator: Indicator | None) -> Iterator[Fault]:
    place = ("withdraws", index)
    if indicator is None:
        sentence = "This withdraws an indicator that no document it builds on has."
        yield local.page.fault(place, sentence, "Correct the id or take it out.")
    elif indicator.floor:
        sentence = f"“{indicator.id}” is on the national safety floor and can't be withdrawn."
        yield local.page.fault(place, sentence, "Take the withdrawal out.")
    elif indicator.immediate:
        sentence = f"“{indicator.id}” asks for an immediate referral and can't be withdrawn."
        yield local.page.fault(place, sentence, "Take the withdrawal out.")
