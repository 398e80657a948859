"""Ready profiles: several rules under one name, each a file of tables."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sellingpartner.contract.errors import InvalidArgument, NotFound
from sellingpartner.market.faults.model import Rule
from sellingpartner.market.faults.text import rule_from, rule_of

_ENDING = ".toml"


class NoSuchProfile(NotFound):
    """No ready profile has this name."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(f"There is no profile {name[:60]!r}. {hint}")


@cache
def profiles() -> tuple[str, ...]:
    """The names of the ready profiles."""
    return tuple(
        sorted(one.name.removesuffix(_ENDING) for one in files(__name__).iterdir() if one.name.endswith(_ENDING))
    )


def about(name: str) -> str:
    """What a ready profile is, in a line."""
    return str(_told(name)["about"])


def profile(name: str) -> tuple[Rule, ...]:
    """The rules of a ready profile; raises `NotFound` with the names that there are."""
    if name not in profiles():
        near = get_close_matches(name, profiles(), n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(profiles())}."
        raise NoSuchProfile(name, hint)
    return _rules_in(_told(name))


def rules_in(path: Path) -> tuple[Rule, ...]:
    """The rules of a file: tables `[[fault]]`, each of a rule's names, or `{ rule = "refuse 503" }`.

    Raises `InvalidArgument` with the place of what is wrong.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as reason:
        raise InvalidArgument(f"{path} cannot be read: {reason.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise InvalidArgument(f"{path} is no TOML: {reason}.") from None
    return _rules_in(told, str(path))


def _told(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name + _ENDING).read_text(encoding="utf-8"))


def _rules_in(told: dict[str, Any], where: str = "") -> tuple[Rule, ...]:
    tables = told.get("fault", [])
    unknown = told.keys() - {"fault", "about"}
    if unknown or not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise InvalidArgument(f"{where}: a file of faults has tables [[fault]], and may have a line about.")
    rules = []
    for number, table in enumerate(tables, start=1):
        try:
            rules.append(rule_of(str(table["rule"])) if table.keys() == {"rule"} else rule_from(table))
        except InvalidArgument as wrong:
            raise InvalidArgument(f"{where}, fault {number}: {wrong.message}") from None
    return tuple(rules)
