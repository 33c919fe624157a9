"""Is anything set, or installed beside us, so that the service would fail once it runs?"""

from importlib.metadata import packages_distributions

from notifications import SAFE_FIELDS, Unwritable
from pathway.checks.messages import uncarried
from pathway.settings import Settings

OURS = ("pathway", "workflows", "thresholds", "notifications")
DISTRIBUTION = "family-support-pathway"


class PackagesTaken(Exception):
    """Another distribution has put files where ours belong."""


def check_own_packages() -> None:
    """Refuse to start where another distribution provides a package of ours: its files may have replaced them."""
    provided = packages_distributions()
    for package in OURS:
        others = {name for name in provided.get(package, []) if name.replace("_", "-") != DISTRIBUTION}
        if others:
            raise PackagesTaken(
                f"The package '{package}' is also provided by {', '.join(sorted(others))}, which may have replaced "
                "our files. Install Pathway in an environment of its own."
            )


def unworkable(settings: Settings) -> tuple[str, ...]:
    """What is set so that the first message would fail, a sentence each: said at start-up, not at first sending."""
    found = [flaw.sentence for flaw in uncarried(settings)]
    for name, value, said in (
        ("PATHWAY_ADDRESS", settings.address, SAFE_FIELDS["link"].say),
        ("PATHWAY_RING", settings.ring, SAFE_FIELDS["ring"].say),
    ):
        try:
            said(value)
        except Unwritable as wrong:
            found.append(f"{name} is {value!r}: {wrong}")
    return tuple(found)
