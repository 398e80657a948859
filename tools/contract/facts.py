"""What the models do not say of an operation, or say only in prose: our own tables beside this module."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
OPERATIONS = HERE / "operations.csv"
SUMMARIES = HERE / "summaries.toml"


@dataclass(frozen=True, slots=True)
class Facts:
    """One operation's row of `operations.csv`."""

    key: str
    operation: str
    api: str
    version: str
    model: str
    rate: tuple[str, str] | None
    """Tokens a second and burst, written as Python numbers; None where Amazon publishes none."""
    scope: str
    grantless: str | None
    restricted: str
    """Empty, `required`, `optional`, or `optional:` and the elements that are left out without a token."""
    roles: tuple[str, ...]
    pages: str
    """The request's token parameter; `body.pagination.offset` where pages are counted instead."""
    deprecated: bool
    sandbox_only: bool


@cache
def all_facts() -> tuple[Facts, ...]:
    """Every row, in the file's order."""
    with OPERATIONS.open(newline="", encoding="utf-8") as file:
        return tuple(_facts(row) for row in csv.DictReader(file))


@cache
def facts_by_key() -> dict[str, Facts]:
    """Every row by method and path."""
    return {facts.key: facts for facts in all_facts()}


@cache
def summaries() -> dict[str, dict[str, str]]:
    """Our sentence for each operation, by module and class name."""
    return tomllib.loads(SUMMARIES.read_text(encoding="utf-8"))


def _facts(row: dict[str, str]) -> Facts:
    return Facts(
        key=f"{row['method']} {row['path']}",
        operation=row["operation"],
        api=row["api"],
        version=row["version"],
        model=row["model"],
        rate=(row["rate"], row["burst"]) if row["rate"] else None,
        scope=row["scope"],
        grantless=row["grantless"] or None,
        restricted=row["restricted"],
        roles=tuple(role for role in row["roles"].split("|") if role),
        pages=row["pages"],
        deprecated=row["deprecated"] == "yes",
        sandbox_only=row["sandbox_only"] == "yes",
    )
