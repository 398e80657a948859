"""Decides which file a class goes to: an API is one module, or a package with a module a resource if that is long.

A resource is a literal part of the path. What only one resource speaks of stands in its module; what several do
stands in `models`, which imports none of them, because all that it speaks of is spoken of by the same resources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sellingpartner.contract.published.classes import Api, RequestClass
from sellingpartner.contract.published.names import field_name
from sellingpartner.contract.published.shapes import Choice, names_in

LINES = 400
"""What one file should not pass."""
FEW_LINES = 80
"""A part of a long resource that is shorter than this stays with it."""

MODELS = "models"
ENUMERATIONS = "enumerations"

Files = dict[str, list[str]]
"""Class names by file; the file of an API that is one module has no name."""


def files_of(api: Api, lines: Mapping[str, int]) -> Files:
    """Lay out one API, given how long each of its classes is."""
    if sum(lines.values()) <= LINES:
        return {"": [*api.definitions, *(request.name for request in api.requests)]}
    resources = _resources(api, lines)
    files: Files = {}
    for resource, names in _definitions_by_resource(api, resources).items():
        requests = [request.name for request in resources.get(resource, ())]
        if resource == MODELS or _length([*names, *requests], lines) <= LINES:
            files[resource] = [*names, *requests]
        else:
            files[f"{resource}_{MODELS}"] = names
            files[resource] = requests
    for name in [name for name in files if name.endswith(MODELS)]:
        choices = [found for found in files[name] if isinstance(api.definitions[found], Choice)]
        if _length(files[name], lines) > LINES and choices:
            files[name] = [found for found in files[name] if found not in choices]
            files[name.replace(MODELS, ENUMERATIONS)] = choices
    return {name: names for name, names in files.items() if names}


def _length(names: Iterable[str], lines: Mapping[str, int]) -> int:
    return sum(lines[name] for name in names)


def _resources(api: Api, lines: Mapping[str, int]) -> dict[str, list[RequestClass]]:
    """The requests by resource; a long resource is divided by the next part of the path."""
    parts = {request.name: _parts(request.operation.path) for request in api.requests}
    depth = 0
    while len({tuple(path[: depth + 1]) for path in parts.values()}) == 1 and all(
        len(path) > depth + 1 for path in parts.values()
    ):
        depth += 1
    resources = _grouped(api.requests, parts, depth)
    for resource, requests in list(resources.items()):
        if _own_length(requests, api, lines) <= LINES:
            continue
        for part, found in _grouped(requests, parts, depth + 1).items():
            if part and len(found) < len(requests) and _own_length(found, api, lines) >= FEW_LINES:
                resources[part if part not in resources else f"{resource}_{part}"] = found
                resources[resource] = [request for request in resources[resource] if request not in found]
    return {resource: requests for resource, requests in resources.items() if requests}


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/")[1:] if not part.startswith("{")]


def _grouped(
    requests: Iterable[RequestClass], parts: Mapping[str, list[str]], depth: int
) -> dict[str, list[RequestClass]]:
    groups: defaultdict[str, list[RequestClass]] = defaultdict(list)
    for request in requests:
        path = parts[request.name]
        groups[field_name(path[depth]) if len(path) > depth else ""].append(request)
    return groups


def _own_length(requests: Iterable[RequestClass], api: Api, lines: Mapping[str, int]) -> int:
    """The lines of requests and of what they alone speak of."""
    found = list(requests)
    reached = set().union(*(_reached(request, api) for request in found))
    elsewhere = set().union(*(_reached(request, api) for request in api.requests if request not in found))
    return _length({request.name for request in found} | (reached - elsewhere), lines)


def _reached(request: RequestClass, api: Api) -> set[str]:
    shapes = [field.shape for field in request.fields] + [request.body, *request.operation.answers.values()]
    return _closure({name for shape in shapes if shape for name in names_in(shape)}, api)


def _closure(names: set[str], api: Api) -> set[str]:
    found: set[str] = set()
    while names:
        found |= names
        names = {inner for name in names for inner in names_in(api.definitions[name])} - found
    return found


def _definitions_by_resource(api: Api, resources: Mapping[str, list[RequestClass]]) -> Files:
    users: defaultdict[str, set[str]] = defaultdict(set)
    for resource, requests in resources.items():
        for request in requests:
            for name in _reached(request, api):
                users[name].add(resource)
    for name in _closure(api.definitions.keys() - users.keys(), api):
        users[name].add(MODELS)  # no operation speaks of it, so it belongs to none
    files: Files = {name: [] for name in (MODELS, *resources)}
    for name in api.definitions:
        files[next(iter(users[name])) if len(users[name]) == 1 else MODELS].append(name)
    return files
