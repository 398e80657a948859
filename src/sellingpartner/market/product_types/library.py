"""The data files, each read when it is first asked for and then kept."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import cache
from hashlib import md5
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.product_types.forms import expanded
from sellingpartner.market.product_types.model import (
    Attribute,
    Described,
    Family,
    Group,
    ProductType,
    Rule,
)

T = TypeVar("T")

_FOLDER = files("sellingpartner.market.product_types")
_BY_FILE = ("group", "scope")
GENERIC = "PRODUCT"
"""The product type of whatever has no type of its own."""


class Countries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `marketplaces.toml` says."""

    areas: dict[str, tuple[str, ...]]
    languages: dict[str, tuple[str, ...]]


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one locale: titles, names of values, and phrases that describe."""

    attributes: dict[str, str] = {}
    fields: dict[str, str] = {}
    values: dict[str, str] = {}
    groups: dict[str, Group] = {}
    phrases: dict[str, str] = {}


def read(name: str, kind: type[T]) -> T:
    """One file as a typed value."""
    return msgspec.toml.decode((_FOLDER / name).read_bytes(), type=kind)


@cache
def attributes() -> dict[str, Attribute]:
    """The library of attributes, by name, in the order of its files."""
    found: dict[str, Attribute] = {}
    for path in _in_folder("attributes"):
        said: dict[str, Any] = msgspec.toml.decode(path.read_bytes())
        group, scope = (said.pop(name, "product") for name in _BY_FILE)
        described = msgspec.convert(said, dict[str, Described])
        for name, one in described.items():
            for attribute in expanded(name, one, group, scope):
                found[attribute.name] = attribute
    return found


@cache
def type_names() -> tuple[str, ...]:
    """The names of all product types, sorted."""
    return tuple(sorted(path.name.removesuffix(".toml").upper() for path in _in_folder("types")))


def product_type(name: str) -> ProductType | None:
    """A product type by its name; None if there is none."""
    return _product_type(name) if name in type_names() else None


def needs_prescription(name: str) -> bool:
    """Whether orders of products of a type are looked at before they may ship; not, if there is no such type."""
    kind = product_type(name)
    return kind is not None and kind.needs_prescription


@cache
def _product_type(name: str) -> ProductType:
    return read(f"types/{name.lower()}.toml", ProductType)


@cache
def families() -> dict[str, Family]:
    """Attributes that product types share."""
    return read("families.toml", dict[str, Family])


@cache
def rules() -> tuple[Rule, ...]:
    """What is required under a condition."""
    return tuple(read("rules.toml", dict[str, list[Rule]])["rule"])


@cache
def themes() -> dict[str, str]:
    """The attribute that each simple variation theme is about."""
    return read("themes.toml", dict[str, str])


@cache
def groups() -> dict[str, Group]:
    """The groups of attributes, in order, in English."""
    return read("groups.toml", dict[str, Group])


@cache
def values() -> dict[str, tuple[str, ...]]:
    """Lists of values, by name."""
    listed = read("values.toml", dict[str, tuple[str, ...]])
    return listed | {"countries": tuple(country_names())}


@cache
def country_names() -> dict[str, str]:
    """English names of countries, by their codes."""
    return read("countries.toml", dict[str, str])


@cache
def _countries() -> Countries:
    return read("marketplaces.toml", Countries)


def languages_of(marketplace_id: str) -> tuple[str, ...]:
    """The languages in which a marketplace takes texts; its own comes first."""
    return _countries().languages[MARKETPLACES[marketplace_id].country_code]


def is_in(country_code: str, places: tuple[str, ...]) -> bool:
    """Whether a country is among countries and areas; no places are all places."""
    areas = _countries().areas
    return not places or any(country_code in areas.get(place, (place,)) for place in places)


def is_sold_in(kind: ProductType, marketplace_id: str) -> bool:
    """Whether a marketplace has a product type."""
    return is_in(MARKETPLACES[marketplace_id].country_code, kind.countries)


@cache
def locales() -> tuple[str, ...]:
    """The locales that have words of their own."""
    return tuple(path.name.removesuffix(".toml") for path in _in_folder("locales"))


@cache
def message_locales() -> frozenset[str]:
    """The locales in which faults can be told."""
    return frozenset(path.name.removesuffix(".toml") for path in _in_folder("messages"))


@cache
def wording(locale: str) -> Wording:
    """The words of one of `locales`."""
    return read(f"locales/{locale}.toml", Wording)


@cache
def version() -> str:
    """The version of all definitions: another one whenever a file says something else."""
    digest = md5(usedforsecurity=False)
    for folder in ("", "attributes", "types", "locales", "messages"):
        for path in _in_folder(folder):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return urlsafe_b64encode(digest.digest()).decode()


def _in_folder(folder: str) -> list[Traversable]:
    place = _FOLDER / folder if folder else _FOLDER
    return sorted((path for path in place.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
