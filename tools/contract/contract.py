"""Writes the whole contract."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.contract import definitions, index, layout, modules, requests
from tools.contract.facts import Facts, facts_by_key, summaries

from sellingpartner.contract.published.classes import Api, api_of
from sellingpartner.contract.published.names import module_name
from sellingpartner.contract.published.swagger import models, read

PACKAGE = "sellingpartner.contract"


def write(folder: Path, into: Path) -> list[Path]:
    """Write every API's module or package, and the index; return the files."""
    into.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    listed: dict[str, list[tuple[Facts, str]]] = {}
    for path in models(folder):
        api = api_of(read(path))
        found = [(facts_by_key()[request.operation.key], request.name) for request in api.requests]
        name = module_name(found[0][0].api, found[0][0].version)
        listed[name] = found
        written += _replace(into / name, texts(api, name, title_of(found[0][0])))
    written.append(into / "index.py")
    written[-1].write_text(index.text(dict(sorted(listed.items()))), encoding="utf-8")
    modules.format_files(written)
    return written


def _replace(package: Path, found: dict[str, str]) -> list[Path]:
    """Put the texts where an earlier generation's module or package was."""
    shutil.rmtree(package, ignore_errors=True)
    package.with_suffix(".py").unlink(missing_ok=True)
    for file_name, text in found.items():
        target = package.parent / file_name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return [package.parent / file_name for file_name in found]


def title_of(facts: Facts) -> str:
    """What a module's docstring calls the API: its name and version."""
    return f"{facts.api.replace('_', ' ').capitalize()}, {facts.version}"


def texts(api: Api, name: str, title: str) -> dict[str, str]:
    """The Python text of one API by file."""
    blocks = _blocks(api, name)
    files = layout.files_of(api, {block: text.count("\n") + 3 for block, text in blocks.items()})
    order = [*definitions.in_order(api.definitions), *(request.name for request in api.requests)]
    taken = frozenset(api.definitions)
    model = api.document.file_name
    if "" in files:
        found = [blocks[block] for block in order]
        return {f"{name}.py": modules.assembled(model, f"{title}.", modules.imports_for(found, taken, {}), found)}
    places = {block: f"{PACKAGE}.{name}.{file}" for file, names in files.items() for block in names}
    result = {f"{name}/__init__.py": modules.package(model, f"{title}.", places)}
    for file, names in files.items():
        found = [blocks[block] for block in order if block in names]
        others = {block: place for block, place in places.items() if block not in names}
        imports = modules.imports_for(found, taken, others)
        result[f"{name}/{file}.py"] = modules.assembled(model, f"{title}: {file.replace('_', ' ')}.", imports, found)
    return result


def _blocks(api: Api, name: str) -> dict[str, str]:
    taken = frozenset(api.definitions)
    blocks = {found: definitions.text_of(found, shape, taken) for found, shape in api.definitions.items()}
    said = summaries()[name]
    for request in api.requests:
        facts = facts_by_key()[request.operation.key]
        blocks[request.name] = requests.text_of(request, api, facts, said[request.name], taken)
    return blocks
