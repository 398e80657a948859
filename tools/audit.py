"""Asks whether anything that this is tested and served with has a known vulnerability, and says how much was asked.

    python -m tools.audit

pip-audit asks PyPI's advisories about every pin of requirements.lock. Where they cannot be reached, or know nothing of
a package (as behind a mirror), that is said and is no failure: nothing was found out. A vulnerability that is found is
one, and so is a lock that cannot be read.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import msgspec

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"

_UNREACHABLE = ("requests.exceptions.", "Could not connect", "not redirecting properly")


class Vulnerability(msgspec.Struct):
    """One advisory, as pip-audit tells of it."""

    id: str
    fix_versions: list[str] = []
    aliases: list[str] = []


class Dependency(msgspec.Struct):
    """A package of the lock; one that nothing is known of has a reason in place of a version."""

    name: str
    version: str = ""
    skip_reason: str | None = None
    vulns: list[Vulnerability] = []


class Report(msgspec.Struct):
    """What pip-audit writes with `-f json`."""

    dependencies: list[Dependency]


class Verdict(NamedTuple):
    """What there is to say, and whether it is good enough to go on."""

    lines: list[str]
    is_good: bool


def verdict(stdout: str, stderr: str, pins: int) -> Verdict:
    """What pip-audit found, in words."""
    if not stdout.strip():
        said = (stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        if any(sign in stderr for sign in _UNREACHABLE):
            return Verdict([_counted(0, pins), f"the advisories cannot be reached from here: {said}"], is_good=True)
        return Verdict([f"pip-audit failed: {said}"], is_good=False)
    found = msgspec.json.decode(stdout, type=Report).dependencies
    audited = [one for one in found if one.skip_reason is None]
    unknown = [one for one in found if one.skip_reason is not None]
    lines = [_counted(len(audited), len(found))]
    if unknown:
        lines.append(f"nothing is known of {', '.join(one.name for one in unknown)}")
    bad = [_told(one, vulnerability) for one in audited for vulnerability in one.vulns]
    return Verdict([*lines, *bad], is_good=not bad)


def _counted(audited: int, pins: int) -> str:
    return f"{audited} of {pins} packages could be audited"


def _told(one: Dependency, vulnerability: Vulnerability) -> str:
    names = " ".join((vulnerability.id, *vulnerability.aliases))
    fixed = f"fixed in {', '.join(vulnerability.fix_versions)}" if vulnerability.fix_versions else "not fixed yet"
    return f"VULNERABLE {one.name} {one.version}: {names}, {fixed}"


def pins_of(lock: Path) -> int:
    """How many packages a lock pins."""
    return sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())


def main() -> None:
    """Audit the lock, and end with 1 if something was found."""
    command = (sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps", "--disable-pip")
    asked = subprocess.run(  # noqa: S603 - every word of it stands here
        [*command, "--format", "json", "--progress-spinner", "off"], capture_output=True, text=True, check=False
    )
    said = verdict(asked.stdout, asked.stderr, pins_of(LOCK))
    print("pip-audit:", "\n  ".join(said.lines))
    sys.exit(0 if said.is_good else 1)


if __name__ == "__main__":
    main()
