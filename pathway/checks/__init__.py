"""Can this installation keep the promise? What is proven, what is broken, and what is a gap, as sentences."""

from pathway.checks.installed import live_findings
from pathway.checks.proofs import Finding, findings, live_editions
from pathway.checks.starting import PackagesTaken, check_own_packages, unworkable

__all__ = [
    "Finding",
    "PackagesTaken",
    "check_own_packages",
    "findings",
    "live_editions",
    "live_findings",
    "unworkable",
]
