from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tools.audit import LOCK, pins_of, verdict

KNOWN = {"name": "jinja2", "version": "3.1.6", "vulns": []}
BAD = {
    "name": "jinja2",
    "version": "3.1.5",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.6"], "aliases": ["CVE-1"], "description": "..."}],
}
UNFIXED = {"name": "flask", "version": "1.0", "vulns": [{"id": "PYSEC-2", "fix_versions": [], "aliases": []}]}
UNKNOWN = {"name": "tide-table", "skip_reason": "Dependency not found on PyPI"}


def told(*dependencies: dict[str, Any]) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_a_lock_without_a_known_vulnerability_is_good() -> None:
    assert verdict(told(KNOWN), "No known vulnerabilities found", 1) == (["1 of 1 packages could be audited"], True)


def test_what_nothing_is_known_of_is_counted_and_named() -> None:
    lines = ["1 of 2 packages could be audited", "nothing is known of tide-table"]

    assert verdict(told(KNOWN, UNKNOWN), "", 2) == (lines, True)


def test_a_vulnerability_is_a_failure_that_names_the_cure() -> None:
    said = verdict(told(BAD, UNFIXED, UNKNOWN), "Found 2 known vulnerabilities", 3)

    assert not said.is_good
    assert said.lines[2:] == [
        "VULNERABLE jinja2 3.1.5: PYSEC-1 CVE-1, fixed in 3.1.6",
        "VULNERABLE flask 1.0: PYSEC-2, not fixed yet",
    ]


@pytest.mark.parametrize(
    "stderr",
    [
        "Traceback ...\nrequests.exceptions.ConnectionError: Connection refused\n",
        "ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed\n",
    ],
)
def test_advisories_that_cannot_be_reached_are_said_not_to_be_and_nothing_counts_as_audited(stderr: str) -> None:
    said = verdict("", stderr, 106)

    assert said.is_good
    assert said.lines[0] == "0 of 106 packages could be audited"
    assert said.lines[1].startswith("the advisories cannot be reached from here: ")


def test_an_audit_that_failed_for_another_reason_is_a_failure() -> None:
    said = verdict("", "ERROR:pip_audit._cli:requirement file cannot be parsed\n", 106)

    assert said == (["pip-audit failed: ERROR:pip_audit._cli:requirement file cannot be parsed"], False)


def test_the_lock_pins_every_line_once() -> None:
    lines = LOCK.read_text().splitlines()

    assert pins_of(LOCK) == len(lines) == len({line.partition("==")[0].lower() for line in lines})


def test_make_check_audits() -> None:
    rules = (Path(LOCK).parent / "Makefile").read_text()
    check = rules.partition("\ncheck:")[2].partition("\n\n")[0]
    audit = rules.partition("\naudit:")[2].partition("\n\n")[0]

    assert "audit" in check
    assert "bandit" in audit
    assert "tools.audit" in audit
