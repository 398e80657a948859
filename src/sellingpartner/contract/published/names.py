"""How a wire name becomes a Python name, by rule, so that a newer model keeps the names that it had."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Iterable

ARBITRARY_PREFIX = "x-amzn-"
"""Says only that a header is Amazon's; the rest of the header's name is the name."""

RESERVED = frozenset(keyword.kwlist) | {"bool", "date", "datetime", "dict", "float", "int", "list", "str"}
"""Names that a field cannot take: keywords, and the types that its neighbors' annotations are written in."""

REQUEST_RESERVED = RESERVED | {"operation"}
"""A request class says under this name what it calls."""

STYLES = (None, "camel", "pascal")
"""What msgspec can make of a Python name by itself, the plainest first."""


def words(name: str) -> list[str]:
    """Take a name apart where its letters change case; an acronym is one word."""
    spaced = re.sub(r"[^A-Za-z0-9]+", "_", name)
    spaced = re.sub(r"([A-Z])([A-Z]+)s(?![a-z])", lambda found: found[1] + found[2].lower() + "s", spaced)
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", spaced)
    spaced = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", spaced)
    return [word for word in spaced.split("_") if word]


def snake(wire_name: str) -> str:
    """The Python name of a property or parameter: `fnSku` is `fn_sku`, `SellerSKUList` is `seller_sku_list`.

    A header loses Amazon's `x-amzn-`; of a dotted name the last part counts.
    """
    name = wire_name.rsplit(".", 1)[-1].removeprefix(ARBITRARY_PREFIX)
    return "_".join(words(name)).lower()


def field_name(wire_name: str, reserved: frozenset[str] = RESERVED) -> str:
    """The Python name of a property, with an underscore behind it where Python has taken the name."""
    name = snake(wire_name)
    return f"{name}_" if name in reserved else name


def pascal(name: str) -> str:
    """The class name for an operation, definition or property; capitals inside it stay as Amazon wrote them."""
    name = name.removeprefix(ARBITRARY_PREFIX)
    return "".join(word[0].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name) if word)


def member(value: str) -> str:
    """The name of an enumeration's value: `Amazon Services, Inc.` is `AMAZON_SERVICES_INC`, `4x6` is `VALUE_4X6`."""
    if value.upper() == value or not re.search(r"[A-Z]", value):
        name = "_".join(re.findall(r"[A-Za-z0-9]+", value)).upper()
    else:
        name = "_".join(words(value)).upper()
    return name if name[:1].isalpha() else f"VALUE_{name}"


def members(values: Iterable[str]) -> dict[str, str]:
    """Name every value of an enumeration; a name that is taken gets a number."""
    named: dict[str, str] = {}
    for value in values:
        name, number = member(value), 2
        while name in named:
            name, number = f"{member(value)}_{number}", number + 1
        named[name] = value
    return named


def singular(name: str) -> str:
    """The name for one of several: `AsinList` holds an `Asin`, `OrderStatuses` an `OrderStatus`."""
    for ending in ("List", "Set", "Array"):
        if name.endswith(ending) and name != ending:
            return name.removesuffix(ending)
    for ending, replacement in (("Statuses", "Status"), ("ies", "y"), ("sses", "ss")):
        if name.endswith(ending):
            return name.removesuffix(ending) + replacement
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us")) else name


def item_name(name: str) -> str:
    """The name for an item of a list definition, which cannot be called as the list is."""
    one = singular(name)
    return one if one != name else f"{name}Item"


def renamed(name: str, style: str | None) -> str:
    """What msgspec's `rename` makes of a Python name."""
    if style is None:
        return name
    first, *rest = [part for part in name.split("_") if part] or [""]
    return "".join([first if style == "camel" else first.title(), *(part.title() for part in rest)])


def style_of(wire_names: dict[str, str]) -> str | None:
    """The `rename` that is right for most of a class's fields, given its wire names by Python name."""
    fits = Counter(
        style for name, wire_name in wire_names.items() for style in STYLES if renamed(name, style) == wire_name
    )
    return max(STYLES, key=lambda style: (fits[style], -STYLES.index(style)))


def module_name(api: str, version: str) -> str:
    """The module of one API version: `orders` and `2026-01-01` are `orders_2026_01_01`."""
    return f"{api}_{version}".replace("-", "_")
