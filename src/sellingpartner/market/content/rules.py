"""What A+ content may be: how many modules, how large its images, and what its text must not say. Data: `rules.toml`.

Assumed: which words a review of A+ content refuses; Amazon publishes what it is about, not the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from sellingpartner.contract.aplus_content_2020_11_01 import ContentDocument
from sellingpartner.market.content.model import Problem

_TEXTS = ("value", "title", "altText")


class Refused(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a text must not say."""

    code: str
    pattern: str
    message: str


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules."""

    most_modules: dict[str, int]
    images: dict[str, dict[str, tuple[int, int]]]
    refused: tuple[Refused, ...]


class Placed(msgspec.Struct, frozen=True):
    """An image of a document: where it stands, and how large it has to be at least."""

    place: str
    upload_destination_id: str
    width: int
    height: int


@cache
def rules() -> Rules:
    """The rules as they are kept."""
    path = files("sellingpartner.market.content") / "rules.toml"
    return msgspec.toml.decode(path.read_bytes(), type=Rules)


def form_problems(document: ContentDocument) -> Iterator[Problem]:
    """What is against a document whatever its words and images are."""
    most = rules().most_modules.get(document.content_type, 0)
    count = len(document.content_module_list)
    if count > most:
        yield _problem(
            "TOO_MANY_MODULES",
            f"A document of type {document.content_type} holds {most} modules at most.",
            f"contentModuleList has {count}.",
        )
    for number, module in enumerate(_modules(document)):
        place = f"contentModuleList[{number}]"
        kind = module["contentModuleType"]
        wanted = _field_of(kind)
        given = sorted(module.keys() - {"contentModuleType"})
        if given != [wanted]:
            found = ", ".join(given) or "no module"
            message = f"A module of type {kind} holds {wanted} and nothing else."
            yield _problem("MODULE_MISMATCH", message, f"{place} holds {found}.")


def review(document: ContentDocument) -> tuple[Problem, ...]:
    """What a reviewer has against the words of a document."""
    patterns = _patterns()
    found: dict[str, Problem] = {}
    for place, text in _texts(document):
        for one, pattern in patterns:
            if (said := pattern.search(text)) is not None:
                found.setdefault(one.code, _problem(one.code, one.message, f"{place} says {said[0][:60]!r}."))
    return tuple(found.values())


def images_of(document: ContentDocument) -> Iterator[Placed]:
    """The images of a document."""
    for number, module in enumerate(_modules(document)):
        sizes = rules().images.get(module["contentModuleType"], {})
        for path, value in _walk(module, ()):
            if isinstance(value, dict) and "uploadDestinationId" in value:
                width, height = next((sizes[step] for step in path if step in sizes), (1, 1))
                place = ".".join((f"contentModuleList[{number}]", *path))
                yield Placed(place, value["uploadDestinationId"], width, height)


def asins_named_in(document: ContentDocument) -> set[str]:
    """The items that comparison tables of a document name."""
    found = (value for module in _modules(document) for path, value in _walk(module, ()) if path[-1:] == ("asin",))
    return {one for one in found if isinstance(one, str)}


@cache
def _patterns() -> tuple[tuple[Refused, re.Pattern[str]], ...]:
    return tuple((one, re.compile(one.pattern, re.IGNORECASE)) for one in rules().refused)


def _texts(document: ContentDocument) -> Iterator[tuple[str, str]]:
    for number, module in enumerate(_modules(document)):
        for path, value in _walk(module, ()):
            if isinstance(value, str) and path[-1] in _TEXTS:
                yield ".".join((f"contentModuleList[{number}]", *path)), value


def _modules(document: ContentDocument) -> list[dict[str, Any]]:
    """The modules as they travel, what was not given left out."""
    found: list[dict[str, Any]] = msgspec.to_builtins(document)["contentModuleList"]
    return [{name: value for name, value in module.items() if value is not None} for module in found]


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - any JSON
    """All that is in it, with the names that lead there."""
    yield path, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk(inner, (*path[:-1], f"{path[-1]}[{number}]") if path else (f"[{number}]",))


def _field_of(kind: str) -> str:
    """Where a module of a kind is: STANDARD_TEXT is in standardText."""
    first, *others = kind.lower().split("_")
    return first + "".join(map(str.capitalize, others))


def _problem(code: str, message: str, details: str) -> Problem:
    return Problem(code=code, message=message, details=details)
