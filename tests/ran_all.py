"""Fail when fewer browser or PostgreSQL tests ran than were collected: `python -m tests.ran_all report.xml`."""

import subprocess
import sys
from xml.etree import ElementTree


def collected(marker: str) -> int:
    """How many tests bear this marker."""
    listing = subprocess.run(
        [sys.executable, "-m", "pytest", "-o", "addopts=", "--collect-only", "-q", "-m", f"{marker} and not soak", "-p", "no:xdist"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return sum("::" in line for line in listing.stdout.splitlines())


def ran(report: str, marker: str) -> int:
    """How many of them ran to an end, by the property that conftest writes."""
    cases = ElementTree.parse(report).iter("testcase")
    return sum(
        case.find("skipped") is None and any(p.get("value") == marker for p in case.iter("property")) for case in cases
    )


def main(report: str) -> int:
    """Compare, and say it."""
    short = 0
    for marker in ("browser", "postgres"):
        wanted, got = collected(marker), ran(report, marker)
        print(f"{marker}: {got} of {wanted} ran")
        short += got < wanted or wanted == 0
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
