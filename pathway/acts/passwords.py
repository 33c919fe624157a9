"""How are passwords kept? As Argon2id hashes, which are slow and large on purpose, so only a few are made at once."""

from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash

from pathway.acts.faults import FieldFault, Unacceptable

SHORTEST = 12
LONGEST_WAIT_SECONDS = 5
_HASHER = PasswordHash.recommended()


class TooBusy(Exception):
    """As many passwords as may be are being tried already."""


def hashed(password: str) -> str:
    if len(password) < SHORTEST:
        raise Unacceptable(FieldFault("password", f"Use at least {SHORTEST} letters: three random words will do."))
    return _HASHER.hash(password)


@cache
def _nobody() -> str:
    """A hash to try where there is no account, so that an unknown address takes as long as a known one."""
    return _HASHER.hash("nobody's password")


@cache
def _room(at_once: int) -> BoundedSemaphore:
    return BoundedSemaphore(at_once)


def matches(password: str, digest: str | None, *, at_once: int) -> bool:
    """True where the password is the right one; takes as long where there is nothing to match.

    Each hash takes 64 MiB, so no more than `at_once` are made together. Raises `TooBusy`.
    """
    room = _room(at_once)
    if not room.acquire(timeout=LONGEST_WAIT_SECONDS):
        raise TooBusy
    try:
        right = _HASHER.verify(password, digest or _nobody())
    finally:
        room.release()
    return right and digest is not None
