"""What `spapi call OPERATION --help` says, all of it from the contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args, get_origin

from sellingpartner.cli.asked.type_words import is_enumeration, limits, words
from sellingpartner.cli.calling.operations import rate_words
from sellingpartner.cli.shown.printing import print_facts, print_line, print_table
from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model
from sellingpartner.contract.operation import Operation, Place, Request, places
from sellingpartner.contract.registry import Entry, load

_DEEPEST = 6


def describe(entry: Entry) -> None:
    """Print an operation: what it does, how often it may be called, what it takes."""
    request = load(entry)
    operation = request.operation
    where = places(request)
    print_line(f"{entry.name}, {entry.api} {entry.version}: {(request.__doc__ or '').strip()}\n")
    print_facts(list(_facts(operation)))
    print_line("")
    rows = [
        *_rows("path", where.path),
        *_rows("query", where.query),
        *_rows("header", where.headers),
        *_rows("body", where.body),
    ]
    if rows:
        print_table(("Parameter", "Needed", "In", "Takes"), rows, empty="")
    else:
        print_line("It takes no parameters.")
    print_line(f"\n{' '.join(['spapi call', f'{entry.module}.{entry.name}', *_example(request)])}")
    print_line("spapi call --help shows the options.")


def _facts(operation: Operation) -> Iterator[tuple[str, str]]:
    yield "Call", operation.key
    yield "Rate", rate_words(operation.rate)
    yield "Scope", operation.grantless or operation.scope
    if operation.roles:
        yield "Roles", ", ".join(operation.roles)
    restricted = operation.restricted
    if restricted is not None:
        which = ", ".join(restricted.elements) or "the whole answer"
        how = "always, with a token that is fetched" if restricted.required else "with --personal-data"
        yield "Personal data", f"{which} ({how})"
    if operation.pages:
        yield "Pages", f"--all reads all; {operation.pages.token} names one"
    if operation.deprecated:
        yield "Deprecated", "Amazon is going to remove it"
    if operation.sandbox_only:
        yield "Sandbox", "only there"


def _rows(where: str, found: tuple[Place, ...]) -> Iterator[tuple[str, str, str, str]]:
    for place in found:
        yield from _described(place.wire_name, place.type, where, (), required=place.required)


def _described(
    name: str,
    kind: Annotation,
    where: str,
    above: tuple[Annotation, ...],
    *,
    required: bool,
) -> Iterator[tuple[str, str, str, str]]:
    more = f" ({limits(kind)})" if limits(kind) else ""
    yield name, "required" if required else "", where, words(kind) + more
    inner, place = bare(kind), name
    if get_origin(inner) is list:
        inner, place = bare(get_args(inner)[0]), f"{name}.0"
    if is_model(inner) and inner not in above and len(above) < _DEEPEST:
        for wire_name, field in fields_of(inner).items():
            below = (*above, inner)
            yield from _described(
                f"{place}.{wire_name}", field.type, where, below, required=required and field.required
            )


def _example(request: type[Request[object]]) -> Iterator[str]:
    for field in fields_of(request).values():
        if field.required:
            kind = bare(field.type)
            first = "'{...}'" if is_model(kind) or get_origin(kind) is dict else "..."
            is_json = is_model(kind) or get_origin(kind) is dict
            first = next(iter(kind)).value if is_enumeration(kind) else first
            yield f"{field.wire_name}{':' if is_json else ''}={first}"
