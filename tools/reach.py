"""Which code answers an operation: the handler, and whatever it names, and what that names, down to the tables.

Read from the source, so nothing has to run. What an operation sets off by a fact that it emits, or by the clock, is not
named in its handler and is not followed: another operation may cause the same.
"""

from __future__ import annotations

import ast
from functools import cache
from typing import NamedTuple

from tools.fidelity import SOURCE, Statement, nodes_of, parsed, statements

_PACKAGE = SOURCE.name
_HANDLERS = f"{_PACKAGE}.server.api"
_FOLLOWED = (_HANDLERS, f"{_PACKAGE}.market")
"""The translation and the market itself: contract, gateway and storage serve all operations alike."""


class Place(NamedTuple):
    """A function, class or constant; or a whole module, if there is no name."""

    module: str
    name: str


class _Module(NamedTuple):
    """What a module declares, and what it calls the things of others."""

    declared: dict[str, list[ast.stmt]]
    imported: dict[str, Place]


@cache
def _modules() -> dict[str, _Module]:
    found = {}
    for file in sorted(SOURCE.rglob("*.py")):
        parts = file.relative_to(SOURCE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name.startswith(_FOLLOWED):
            found[name] = _read(parsed(file))
    return found


def _read(tree: ast.Module) -> _Module:
    module = _Module({}, {})
    for statement in tree.body:
        for name in _declared(statement):
            module.declared.setdefault(name, []).append(statement)
        if isinstance(statement, ast.ImportFrom) and statement.module is not None:
            for each in statement.names:
                module.imported[each.asname or each.name] = Place(statement.module, each.name)
    return module


def _declared(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return [statement.name]
    if isinstance(statement, ast.Assign):
        return [each.id for target in statement.targets for each in ast.walk(target) if isinstance(each, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    return []


def _meant(module: str, name: str) -> Place | None:
    """What a module means by a name, if it is ours and is followed."""
    known = _modules().get(module)
    if known is None:
        return None
    if name in known.declared:
        return Place(module, name)
    if (place := known.imported.get(name)) is None:
        return None
    whole = f"{place.module}.{place.name}"
    return Place(whole, "") if whole in _modules() else _meant(*place)


@cache
def _named_in(place: Place) -> frozenset[Place]:
    found = set()
    for statement in _modules()[place.module].declared[place.name]:
        for node in nodes_of(statement):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                whose = _meant(place.module, node.value.id)
                if whose is not None and not whose.name:
                    found.add(_meant(whose.module, node.attr))
            elif isinstance(node, ast.Name):
                meant = _meant(place.module, node.id)
                found.add(meant if meant is not None and meant.name else None)
    return frozenset(each for each in found if each is not None)


def reached(first: Place) -> set[Place]:
    """A function and all that it leads to."""
    found, ahead = {first}, [first]
    while ahead:
        new = _named_in(ahead.pop()) - found
        found |= new
        ahead += new
    return found


@cache
def _handlers() -> dict[str, Place]:
    """The functions that answer, by the class of the request that they are registered for."""
    found = {}
    for module, known in _modules().items():
        if not module.startswith(_HANDLERS):
            continue
        for name, declared in known.declared.items():
            for request in _handled(declared):
                found[_request(known, request)] = Place(module, name)
    return found


def _handled(declared: list[ast.stmt]) -> list[ast.expr]:
    """What `@handles(...)` above a function names."""
    return [
        decorator.args[0]
        for statement in declared
        if isinstance(statement, ast.FunctionDef)
        for decorator in statement.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "handles"
    ]


def _request(known: _Module, request: ast.expr) -> str:
    """A request class by its module and name, as the contract's index has it."""
    if isinstance(request, ast.Attribute) and isinstance(request.value, ast.Name):
        place = known.imported[request.value.id]
        return f"{place.name}.{request.attr}"
    assert isinstance(request, ast.Name)  # noqa: S101 - handlers name classes
    place = known.imported[request.id]
    return f"{place.module.split('.')[2]}.{place.name}"


def marks_of(module: str, class_name: str) -> list[Statement]:
    """What is assumed, and what differs, in the code that answers an operation."""
    if (handler := _handlers().get(f"{module}.{class_name}")) is None:
        return []
    places = reached(handler)
    wholes = {Place(place.module, "") for place in places}
    known = _marks_by_place()
    found = [numbered for place in places | wholes for numbered in known.get(place, ())]
    return [statement for _, statement in sorted(found)]


@cache
def _marks_by_place() -> dict[Place, list[tuple[int, Statement]]]:
    """Every mark with its number, by the place in which it stands: a whole module, where it is said of that."""
    found: dict[Place, list[tuple[int, Statement]]] = {}
    for number, statement in enumerate(statements()):
        found.setdefault(Place(_module_of(statement), statement.within), []).append((number, statement))
    return found


def _module_of(statement: Statement) -> str:
    parts = [_PACKAGE, *statement.folder.split("/"), statement.file.removesuffix(".py")]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
