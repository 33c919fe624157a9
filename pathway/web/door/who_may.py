"""Who may come to each address? One table; an address that isn't in it is open to nobody."""

from enum import StrEnum

from pathway.access import MAY_BREAK_GLASS, Viewer
from workflows import REFERRAL, Role
from workflows.roles import ADOPTERS, FRONT_DOOR, LINKERS, MANAGERS, REFERRERS


class Open(StrEnum):
    """To anyone at all, or to whoever has signed in; then the record itself says what they may see."""

    anyone = "anyone"
    signed_in = "signed in"


Who = Open | frozenset[Role]

ANYONE = Open.anyone
SIGNED_IN = Open.signed_in
BOARD = FRONT_DOOR | MANAGERS | {Role.lead_practitioner, Role.auditor}
HEARERS = BOARD | {Role.safeguarding_lead}
"""Whoever may answer for a record may be told something by its family; an auditor reads it."""

TAKERS = REFERRAL.opening.who
HOLDERS = FRONT_DOOR | MANAGERS | {Role.lead_practitioner}
OVERSEERS = MANAGERS | {Role.auditor}
ADMINISTRATORS = frozenset({Role.administrator})

ACCESS: dict[str, Who] = {
    "GET /": SIGNED_IN,
    "GET /sign-in": ANYONE,
    "POST /sign-in": ANYONE,
    "POST /sign-out": ANYONE,
    "GET /board": BOARD,
    "GET /tasks": SIGNED_IN,
    "POST /tasks/{task}/finish": SIGNED_IN,
    "POST /tasks/{task}/review": SIGNED_IN,
    "POST /tasks/{task}/known-here": SIGNED_IN,
    "POST /tasks/{task}/apart": SIGNED_IN,
    "GET /contacts/new": TAKERS,
    "POST /contacts/new": TAKERS,
    "GET /contacts/new/{step}": TAKERS,
    "POST /contacts/new/{step}": TAKERS,
    "POST /contacts/draft": TAKERS,
    "POST /contacts/examples": TAKERS,
    "POST /contacts/known": FRONT_DOOR | MANAGERS,
    "GET /contacts/{reference}/taken": TAKERS,
    "GET /contacts/import": FRONT_DOOR,
    "POST /contacts/import": FRONT_DOOR,
    "GET /contacts/import/template": FRONT_DOOR,
    "GET /contacts/import/{draft}": FRONT_DOOR,
    "POST /contacts/import/{draft}": FRONT_DOOR,
    "GET /contacts/import/{draft}/put-right": FRONT_DOOR,
    "GET /drafts": SIGNED_IN,
    "GET /drafts/{draft}": SIGNED_IN,
    "POST /drafts/{draft}/set-aside": SIGNED_IN,
    "GET /cases/{reference}": SIGNED_IN,
    "GET /cases/{reference}/begin/{process}": SIGNED_IN,
    "POST /cases/{reference}/begin/{process}": SIGNED_IN,
    "GET /cases/{reference}/moves/{name}": SIGNED_IN,
    "POST /cases/{reference}/moves/{name}": SIGNED_IN,
    "GET /cases/{reference}/judgement": SIGNED_IN,
    "GET /cases/{reference}/contact": SIGNED_IN,
    "POST /cases/{reference}/contact": SIGNED_IN,
    "GET /cases/{reference}/hand-over": SIGNED_IN,
    "POST /cases/{reference}/hand-over": SIGNED_IN,
    "POST /cases/{reference}/cover": SIGNED_IN,
    "GET /cases/{reference}/clocks/{clock}": SIGNED_IN,
    "POST /cases/{reference}/clocks/{clock}": SIGNED_IN,
    "GET /cases/{reference}/agreements": SIGNED_IN,
    "POST /cases/{reference}/agreements": SIGNED_IN,
    "GET /cases/{reference}/agreements/{agreement}": SIGNED_IN,
    "POST /cases/{reference}/agreements/{agreement}": SIGNED_IN,
    "GET /cases/{reference}/assessments/new": SIGNED_IN,
    "POST /cases/{reference}/assessments/new": SIGNED_IN,
    "GET /cases/{reference}/assessments/{assessment}": SIGNED_IN,
    "POST /cases/{reference}/assessments/{assessment}": SIGNED_IN,
    "GET /cases/{reference}/assessments/{assessment}/changes": SIGNED_IN,
    "GET /cases/{reference}/assessments/{assessment}/summary": SIGNED_IN,
    "GET /cases/{reference}/assessments/{assessment}/{section}": SIGNED_IN,
    "POST /cases/{reference}/assessments/{assessment}/{section}": SIGNED_IN,
    "GET /cases/{reference}/sharing": SIGNED_IN,
    "POST /cases/{reference}/sharing": SIGNED_IN,
    "POST /cases/{reference}/accept": SIGNED_IN,
    "POST /cases/{reference}/decline": SIGNED_IN,
    "GET /cases/{reference}/notes": SIGNED_IN,
    "POST /cases/{reference}/notes": SIGNED_IN,
    "GET /cases/{reference}/entries/{entry}": SIGNED_IN,
    "POST /cases/{reference}/entries/{entry}": SIGNED_IN,
    "POST /cases/{reference}/documents": SIGNED_IN,
    "GET /cases/{reference}/documents/{document}": SIGNED_IN,
    "GET /cases/{reference}/restrict": MANAGERS,
    "POST /cases/{reference}/restrict": MANAGERS,
    "GET /people": BOARD,
    "GET /people/{person}": SIGNED_IN,
    "GET /people/{person}/chronology": SIGNED_IN,
    "GET /people/{person}/ties": SIGNED_IN,
    "POST /people/{person}/ties": SIGNED_IN,
    "GET /people/{person}/ties/{tie}": SIGNED_IN,
    "POST /people/{person}/ties/{tie}": SIGNED_IN,
    "GET /people/{person}/address": SIGNED_IN,
    "POST /people/{person}/address": SIGNED_IN,
    "GET /cases/{reference}/referrers/{outsider}": SIGNED_IN,
    "POST /cases/{reference}/referrers/{outsider}": SIGNED_IN,
    "GET /referrals": REFERRERS,
    "GET /actions": SIGNED_IN,
    "GET /actions/{action}": SIGNED_IN,
    "POST /actions/{action}": SIGNED_IN,
    "GET /meetings": SIGNED_IN,
    "GET /cases/{reference}/childs-page/{child}": SIGNED_IN,
    "GET /meetings/{invitation}": SIGNED_IN,
    "POST /meetings/{invitation}": SIGNED_IN,
    "GET /asks": REFERRERS,
    "GET /asks/{ask}": REFERRERS,
    "POST /asks/{ask}": REFERRERS,
    "GET /outside/{outsider}": ANYONE,
    "POST /outside/{outsider}": ANYONE,
    "GET /outside/{outsider}/code": ANYONE,
    "POST /outside/{outsider}/code": ANYONE,
    "POST /outside/{outsider}/visit": ANYONE,
    "GET /break-glass": MAY_BREAK_GLASS,
    "POST /break-glass": MAY_BREAK_GLASS,
    "GET /links": LINKERS,
    "POST /links": LINKERS,
    "POST /links/{link}/agree": LINKERS,
    "POST /links/{link}/undo": LINKERS,
    "GET /documents": SIGNED_IN,
    "GET /documents/compare": SIGNED_IN,
    "GET /documents/{authority}/{dated}": SIGNED_IN,
    "GET /documents/{authority}/{dated}/{part}": SIGNED_IN,
    "GET /documents/adoption": ADOPTERS,
    "POST /documents/adoption": ADOPTERS,
    "POST /documents/adoption/{proposal}/agree": ADOPTERS,
    "POST /documents/adoption/{proposal}/withdraw": ADOPTERS,
    "GET /services": SIGNED_IN,
    "GET /services/sources": ADMINISTRATORS,
    "GET /services/{service}": SIGNED_IN,
    "GET /staff": ADMINISTRATORS,
    "GET /away": SIGNED_IN,
    "POST /away": SIGNED_IN,
    "POST /away/back": SIGNED_IN,
    "GET /shift": HOLDERS,
    "POST /shift": HOLDERS,
    "GET /team": MANAGERS,
    "POST /team/give": MANAGERS,
    "POST /team/cover": MANAGERS,
    "GET /four-eyes": FRONT_DOOR | MANAGERS | ADOPTERS,
    "GET /glass": OVERSEERS,
    "GET /looks": OVERSEERS,
    "GET /help": ANYONE,
    "GET /help/{which}": ANYONE,
    "POST /help/{which}": ANYONE,
    "GET /voices": HEARERS,
    "GET /voices/{voice}": HEARERS,
    "POST /voices/{voice}/record": HEARERS,
    "POST /voices/{voice}/advocate": HEARERS,
    "POST /voices/{voice}/answer": HEARERS,
    "GET /cases/{reference}/voices": SIGNED_IN,
    "POST /cases/{reference}/voices": SIGNED_IN,
    "GET /{elsewhere:page}": ANYONE,
}


def who_may(method: str, path: str) -> Who:
    """Nobody, unless the table says otherwise."""
    return ACCESS.get(f"{method} {path}", frozenset())


def may_come(viewer: Viewer | None, who: Who) -> bool:
    if who is ANYONE:
        return True
    if viewer is None:
        return False
    return who is SIGNED_IN or (isinstance(who, frozenset) and bool(viewer.roles & who))


def may_open(viewer: Viewer | None, path: str) -> bool:
    """Whether a link to `path` is worth showing to this viewer."""
    return may_come(viewer, who_may("GET", path))
