from __future__ import annotations

from importlib.metadata import requires

STRANGERS = ("amzn", "python-amazon-sp-api")


def test_other_sdks_are_installed_for_development_alone() -> None:
    declared = requires("sellingpartner") or []

    wanted_by = {line.partition("extra == ")[2].strip("'\"") for line in declared if line.startswith(STRANGERS)}

    assert wanted_by == {"dev"}
