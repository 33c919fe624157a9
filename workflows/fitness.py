"""Can this process run on this edition? Every clock decided, counted and heard, every place there to go to."""

from collections.abc import Iterable, Iterator

from thresholds import Edition, Limit, Rung, Unpublished
from workflows.exploring import ways
from workflows.properties import Flaw, Path, Property, counted
from workflows.referral_facts import Decision
from workflows.roles import Role
from workflows.table import Audience, Table

HANDOVER = "handover_acceptance"
"""The limit of a clock that runs beside every process, while somebody is asked to take a record on."""

PARTNERSHIP = "The partnership must decide it and publish it in its own folder."
REACH = frozenset(
    {
        Audience.holder,
        Audience.target_holder,
        Audience.front_door,
        Audience.social_work,
        Audience.manager,
        Audience.service_manager,
    }
)
"""Parts behind which somebody of ours always stands, or a service manager for them. A referrer may have no account."""

DOORS = {"social_care": "by day", "emergency": "by night"}
HOURS = {"minutes": 1 / 60, "hours": 1, "office_hours": 1, "working_days": 24, "calendar_days": 24, "weeks": 168}
MONTH = 730

Flaws = Iterator[Flaw]


def undecided_limits(process: Table, edition: Edition) -> Flaws:
    """A limit that nobody has published, or that is only proposed, is what a live case would fall into."""
    published, words = _published(edition), {gap.about: gap.words for gap in edition.gaps}
    for name in _named(process, edition):
        limit, path = published.get(name), _way_to(process, name)
        if limit is None:
            said = words.get(f"limits/{name}")
            yield Flaw(f"Not decided yet: {said}" if said else f"No limit '{name}' is published.", path, PARTNERSHIP)
        elif limit.basis == "proposed default":
            yield Flaw(f"Not decided yet: '{limit.name}' is no more than a proposed default.", path, PARTNERSHIP)


def undecided_otherwise(process: Table, edition: Edition) -> Flaws:
    """Everything else that keeps an edition from running live."""
    limits = {f"limits/{name}" for name in _named(process, edition)}
    of_limits = {f"Not decided yet: {gap.words}" for gap in edition.open_gaps() if gap.about in limits}
    for reason in edition.why_not_live():
        if reason not in of_limits:
            yield Flaw(reason, decide=PARTNERSHIP)


def uncountable(process: Table, edition: Edition) -> Flaws:
    for office in sorted(_offices(process, edition)):
        try:
            edition.calendar(office)
        except Unpublished as silent:
            yield Flaw(str(silent), decide=PARTNERSHIP)


def not_ours(process: Table, edition: Edition) -> Flaws:
    """A partner's clock tells when they are late; none of us would have a time to act by."""
    for limit in _limits(process, edition):
        if limit.id in process.rested_on and limit.obliged != "us":
            yield Flaw(
                f"it waits on the limit '{limit.id}', which isn't ours, so nobody here would hear that it passed.",
                _way_to(process, limit.id),
            )


def unknown_hearers(process: Table, edition: Edition) -> Flaws:
    known = {one.value for one in Audience}
    for limit in _limits(process, edition):
        for rung in limit.rungs:
            for role in (one for one in rung.hears if one not in known):
                yield Flaw(
                    f"'{role}' is to hear of the limit '{limit.id}' ({rung.id}), and nobody here is called that. "
                    f"Name one of: {', '.join(sorted(known))}.",
                    _way_to(process, limit.id),
                )


def unheard(process: Table, edition: Edition) -> Flaws:
    for limit in _limits(process, edition):
        last = max((rung for rung in limit.rungs if rung.when != "before"), key=_lateness, default=None)
        if last is None or not REACH & set(last.hears):
            yield Flaw(f"nobody here would hear that the limit '{limit.id}' passed.", _way_to(process, limit.id))


def _lateness(rung: Rung) -> float:
    return rung.amount * HOURS.get(rung.unit, MONTH) if rung.when == "after" else 0


def unending(process: Table, edition: Edition) -> Flaws:
    """A duty that may wait or grow as long as somebody likes is none; and what nobody may use helps nobody."""
    roles = {role.value for role in Role}
    often = {pause.id: pause.times for pause in edition.pauses}
    for allowance in (*edition.pauses, *edition.extensions):
        if allowance.amount < 1 or often.get(allowance.id, 1) < 1:
            yield Flaw(f"'{allowance.id}' lets a time wait or grow, and says no end.")
        if not roles & set(allowance.who):
            yield Flaw(f"'{allowance.id}' may be used by {', '.join(allowance.who)}, and nobody here is called that.")


def unknown_successors(process: Table, edition: Edition) -> Flaws:
    for limit in _limits(process, edition):
        for rung in limit.rungs:
            if rung.takes_over and rung.takes_over not in REACH:
                sentence = f"'{rung.takes_over}' is to take over from '{limit.id}' ({rung.id}), and plays no such part."
                yield Flaw(sentence, _way_to(process, limit.id))


def nowhere(process: Table, edition: Edition) -> Flaws:
    levels, destinations = {one.id for one in edition.levels}, {one.id for one in edition.destinations}
    for where, names, known, noun in _references(edition):
        for name in names:
            if name and name not in (levels if known == "levels" else destinations):
                yield Flaw(f"{where} names the {noun} '{name}', and there is none of that name.")


def _references(edition: Edition) -> Iterator[tuple[str, Iterable[str | None], str, str]]:
    for rule in edition.rules:
        yield f"the rule '{rule.id}'", (rule.goes_to, *rule.also), "destinations", "destination"
        yield f"the rule '{rule.id}'", (rule.raises_to, *rule.when.levels), "levels", "level"
    for place in edition.destinations:
        yield f"the destination '{place.id}'", (place.through,), "destinations", "destination"
        yield f"the destination '{place.id}'", place.for_levels, "levels", "level"


def without_a_door(process: Table, edition: Edition) -> Flaws:
    """Where danger goes at this hour: social care by day, the emergency team by night."""
    kinds = {place.kind for place in edition.destinations}
    for kind, when in DOORS.items():
        if kind not in kinds:
            words = kind.replace("_", " ")
            yield Flaw(
                f"No place of the kind '{words}' is published, where protection goes {when}.", decide=PARTNERSHIP
            )


def unknown_decisions(process: Table, edition: Edition) -> Flaws:
    for name in sorted(edition.not_alone - {decision.value for decision in Decision}):
        yield Flaw(f"second_person names '{name}', which is no decision of ours.")


def _named(process: Table, edition: Edition) -> list[str]:
    """Every limit whose clock may run: those of the table, of a handover, and of the bands of urgency."""
    also = process.if_published & _published(edition).keys()
    return sorted(process.limits | also | {HANDOVER} | {band.limit for band in edition.urgencies})


def undecided(process: Table, edition: Edition) -> tuple[str, ...]:
    """What a partnership has yet to decide before a record may begin by this table, a sentence each."""
    return tuple(flaw.sentence for flaw in undecided_limits(process, edition))


def _limits(process: Table, edition: Edition) -> list[Limit]:
    published = _published(edition)
    return [published[name] for name in _named(process, edition) if name in published]


def _offices(process: Table, edition: Edition) -> set[str]:
    return {limit.office for limit in _limits(process, edition)} | {"office"}


def _published(edition: Edition) -> dict[str, Limit]:
    return {limit.id: limit for limit in edition.limits}


def _way_to(process: Table, limit: str) -> Path:
    """The shortest way to where a limit is needed: to a move that starts it, or to a state that rests on it."""
    if limit in process.opening.always_starts | process.opening.may_start:
        return (process.opening.state,)
    found = [
        (*path, move.name)
        for state, path in ways(process).items()
        for move in process.moves_from(state)
        if limit in move.starts | move.may_start
    ]
    return min(found, key=len, default=())


def _names(edition: Edition) -> int:
    return sum(1 for _, several, _, _ in _references(edition) for name in several if name)


def _rungs(process: Table, edition: Edition) -> int:
    return sum(len(limit.rungs) for limit in _limits(process, edition))


PROPERTIES: tuple[Property[[Table, Edition]], ...] = (
    Property(
        "every clock has a limit that is published or decided",
        undecided_limits,
        lambda process, edition: counted(len(_limits(process, edition)), "limit"),
    ),
    Property(
        "all else that a live case needs is decided",
        undecided_otherwise,
        lambda process, edition: f"{counted(len(edition.gaps), 'gap')} filled or not needed",
    ),
    Property(
        "every clock can be counted",
        uncountable,
        lambda process, edition: counted(len(_offices(process, edition)), "set of hours", "sets of hours"),
    ),
    Property(
        "every clock that a state rests on is ours",
        not_ours,
        lambda process, edition: counted(len(process.rested_on), "clock"),
    ),
    Property(
        "whoever is to hear of a time is known here",
        unknown_hearers,
        lambda process, edition: counted(_rungs(process, edition), "moment"),
    ),
    Property(
        "the last that is heard of every clock reaches a person",
        unheard,
        lambda process, edition: counted(len(_limits(process, edition)), "limit"),
    ),
    Property(
        "whoever takes over is known here",
        unknown_successors,
        lambda process, edition: counted(_rungs(process, edition), "moment"),
    ),
    Property(
        "no time waits or grows without an end",
        unending,
        lambda process, edition: counted(len(edition.pauses) + len(edition.extensions), "allowance"),
    ),
    Property(
        "every destination and level that is named exists",
        nowhere,
        lambda process, edition: counted(_names(edition), "name"),
    ),
    Property(
        "protection has a door by day and by night",
        without_a_door,
        lambda process, edition: counted(len(edition.destinations), "destination"),
    ),
    Property(
        "what needs two people is a decision of ours",
        unknown_decisions,
        lambda process, edition: counted(len(edition.not_alone), "decision"),
    ),
)


def misfits(process: Table, edition: Edition) -> Iterator[tuple[Property[[Table, Edition]], Flaw]]:
    """Every flaw of a process on an edition, beside the property that it breaks or leaves open."""
    for one in PROPERTIES:
        yield from ((one, flaw) for flaw in one.flaws(process, edition))
