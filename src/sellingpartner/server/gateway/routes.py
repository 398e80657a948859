"""Which operation a method and a path mean.

The web server hands over paths already decoded, so a SKU that holds a slash spreads over several segments. A route is
therefore found segment by segment first; only where that leads nowhere may a parameter that names a SKU (or the
operation that an upload is for) take several segments. Elsewhere an empty segment, a slash at the end and `..` are
what they are in front of Amazon's API: the path of no operation. Paths of thousands of characters or of more than a
few dozen segments are nobody's, and are not searched.
"""

from __future__ import annotations

import re
from typing import Generic, TypeVar
from urllib.parse import quote_plus, unquote, unquote_plus

Target = TypeVar("Target")

_MOST_SEGMENTS = 64
_LONGEST_PATH = 4096
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


class _Node(Generic[Target]):
    """The routes that share a beginning."""

    __slots__ = ("depths", "literals", "parameter", "spreads", "targets")

    def __init__(self) -> None:
        self.literals: dict[str, _Node[Target]] = {}
        self.parameter: _Node[Target] | None = None
        self.spreads = False
        """Whether the parameter below may take more than one segment."""
        self.depths: set[int] = set()
        """How many segments below this node its routes end."""
        self.targets: dict[str, Target] = {}


class Routes(Generic[Target]):
    """A table of routes; a lookup costs the same for whatever path, known or not."""

    def __init__(self) -> None:
        self._root: _Node[Target] = _Node()

    def add(self, method: str, template: str, target: Target) -> None:
        """Lead a method and a path template such as `/orders/v0/orders/{orderId}` to a target."""
        node = self._root
        segments = template.split("/")[1:]
        for left, segment in zip(range(len(segments) - 1, -1, -1), segments, strict=True):
            if segment.startswith("{"):
                node.spreads = node.spreads or names_sku(segment) or segment == "{resource}"
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.literals.setdefault(segment, _Node())
            node.depths.add(left)
        if method in node.targets:
            message = f"{method} {template} is routed twice."
            raise ValueError(message)
        node.targets[method] = target

    def find(self, method: str, path: str) -> tuple[Target, list[str]] | None:
        """The target of a method and a decoded path, with the values of its parameters in order."""
        if len(path) > _LONGEST_PATH:
            return None
        segments = path.split("/", _MOST_SEGMENTS + 1)[1:]
        if len(segments) > _MOST_SEGMENTS:
            return None
        return _walk(self._root, method, segments, [])


def _walk(node: _Node[Target], method: str, segments: list[str], values: list[str]) -> tuple[Target, list[str]] | None:
    for index, segment in enumerate(segments):
        literal = node.literals.get(segment)
        if node.parameter is None:
            if literal is None:
                return None
            node = literal
        elif literal is None and not node.spreads:
            if not segment:
                return None
            values.append(segment)
            node = node.parameter
        else:
            return _fork(node, method, segments[index:], values)
    target = node.targets.get(method)
    return None if target is None else (target, values)


def _fork(node: _Node[Target], method: str, segments: list[str], values: list[str]) -> tuple[Target, list[str]] | None:
    """Where more than one way leads on: the literal first, then the parameter with one segment, then with more."""
    literal = node.literals.get(segments[0])
    if literal is not None and (found := _walk(literal, method, segments[1:], list(values))):
        return found
    if node.parameter is None:
        return None
    counts = sorted(len(segments) - depth for depth in node.parameter.depths) if node.spreads else [1]
    for count in counts:
        value = "/".join(segments[:count]) if count > 0 else ""
        if value and (found := _walk(node.parameter, method, segments[count:], [*values, value])):
            return found
    return None


def names_sku(parameter: str) -> bool:
    """Whether a parameter is a seller's SKU, which may hold any character."""
    return "sku" in parameter.lower()


def as_meant(value: str) -> str:
    """A parameter as its sender meant it: some clients encode twice, and then an escape is left to decode.

    Where what is left is what encoding as a form makes of a text, a plus sign stands for a space.

    Assumed: no identifier but a SKU holds a percent sign and two hexadecimal digits of its own that would be text in
    UTF-8. What a SKU means, the seller's listings decide (`skus.py`).
    """
    if "%" not in value or _ESCAPE.search(value) is None:
        return value
    try:
        as_form = unquote_plus(value, errors="strict")
        return as_form if quote_plus(as_form) == value else unquote(value, errors="strict")
    except UnicodeDecodeError:
        return value
