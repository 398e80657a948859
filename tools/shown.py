"""Chooses a test for each operation that the market serves, from what was written down while the tests ran.

    pytest --record-shown /tmp/shown tests/stories tests/server/api
    python -m tools.shown /tmp/shown    # writes tests/shown.csv; then: python -m tools.coverage

A test stays where it is, if it still shows its operation or was not run. Else the story of the operation's group is
chosen, and where there is none the test that tells most of the operation's API. Whoever reads
the table is not deceived: each run holds the tests to it.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from tools.groups import LOGIN, groups
from tools.page_part import ROOT

import sellingpartner.server.app  # noqa: F401 - registers every handler
from sellingpartner.contract.registry import Entry, operations
from sellingpartner.server.gateway.handlers import handler_of

TABLE = ROOT / "tests" / "shown.csv"

Shown = dict[str, set[str]]
"""The operations that each test shows."""


def table() -> dict[str, str]:
    """The test that shows an operation, by the operation's method and path."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["operation"]: row["test"] for row in csv.DictReader(file)}


def written_down(folder: Path) -> Shown:
    """What the tests showed: of a test with variants, what each of them shows, and what all of them do."""
    found: Shown = {}
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            shows, whole = set(said["shows"]), said["test"].partition("[")[0]
            found[said["test"]] = shows
            found[whole] = found.get(whole, shows) & shows
    return found


def chosen(shown: Shown, before: dict[str, str]) -> dict[str, str]:
    """A test for each operation, as far as there is one."""
    stories = {key: group.story for group in groups() for key in group.keys}
    served = {entry.key: entry for entry in operations() if handler_of(entry.key) is not None}
    found = {}
    for key in (LOGIN, *served):
        test = before.get(key)
        story = stories.get(key)
        is_told = test is not None and (story is None or test.startswith(f"{story}::"))
        if test is None or not is_told or (test in shown and key not in shown[test]):
            test = _best(served.get(key), key, shown, story) or test
        if test is not None:
            found[key] = test
    return found


def _best(entry: Entry | None, key: str, shown: Shown, story: str | None) -> str | None:
    """The test that tells most of what else the API does, of those the one that does the least besides."""
    api = set() if entry is None else {each.key for each in operations() if each.module == entry.module}
    candidates = [test for test, shows in shown.items() if key in shows]
    told = [test for test in candidates if story is not None and test.startswith(f"{story}::")]
    return min(
        told or candidates,
        key=lambda test: ("[" in test, -len(shown[test] & api), len(shown[test]), test),
        default=None,
    )


def main() -> None:
    """Write the table; say for which operations there is no test."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - itself and the folder
        sys.exit("Say the folder that was given to pytest --record-shown.")
    found = chosen(written_down(Path(sys.argv[1])), table())
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["operation", "test"])
        rows.writerows(found.items())
    without = [entry for entry in operations() if handler_of(entry.key) is not None and entry.key not in found]
    for entry in without:
        print(f"no test shows {entry.name} ({entry.api} {entry.version})")


if __name__ == "__main__":
    main()
