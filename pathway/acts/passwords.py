"""How are passwords kept? As Argon2id hashes, which are slow on purpose."""

from functools import cache

from pwdlib import PasswordHash

from pathway.acts.faults import FieldFault, Unacceptable

SHORTEST = 12
_HASHER = PasswordHash.recommended()


def hashed(password: str) -> str:
    if len(password) < SHORTEST:
        raise Unacceptable(FieldFault("password", f"Use at least {SHORTEST} letters: three random words will do."))
    return _HASHER.hash(password)


@cache
def _nobody() -> str:
    """A hash to try where there is no account, so that an unknown address takes as long as a known one."""
    return _HASHER.hash("nobody's password")


def matches(password: str, digest: str | None) -> bool:
    """True where the password is the right one; takes as long where there is nothing to match."""
    right = _HASHER.verify(password, digest or _nobody())
    return right and digest is not None
