"""What changed between the contract and a newer folder of published models."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from sellingpartner.contract.index import APIS
from sellingpartner.contract.published.change import Change, How
from sellingpartner.contract.published.classes import api_of
from sellingpartner.contract.published.definition_changes import definition_changes
from sellingpartner.contract.published.operation_changes import operation_changes
from sellingpartner.contract.published.swagger import models, read


def changes(folder: Path) -> list[Change]:
    """Compare the contract with a folder of published models, one folder an API as in Amazon's repository."""
    paths = {path.name: path for path in models(folder)}
    if not paths:
        message = f"{folder} holds no published models; it should hold a folder an API with a JSON file a version."
        raise FileNotFoundError(message)
    known = {model: module for module, _, _, model, _ in APIS}
    found = [Change(name, "api", paths[name].parent.name, How.ADDED) for name in sorted(paths.keys() - known.keys())]
    for model, name in known.items():
        found += api_changes(name, paths[model]) if model in paths else [Change(name, "api", model, How.REMOVED)]
    return found


def api_changes(name: str, path: Path) -> list[Change]:
    """Compare one API's module with one model."""
    module = import_module(f"sellingpartner.contract.{name}")
    published = api_of(read(path))
    return [*operation_changes(name, module, published), *definition_changes(name, module, published)]
