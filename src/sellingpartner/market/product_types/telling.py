"""From what the JSON Schema library found to faults: which attribute, which code, and what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import jsonschema_rs
import msgspec

from sellingpartner.market.attributes import encode
from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.conditions import Schema, why_required
from sellingpartner.market.product_types.faults import Fault, fault, sentences_for
from sellingpartner.market.product_types.model import ProductType
from sellingpartner.market.product_types.words import words_of

_SHOWN_VALUES = 20
_LONGEST_NAME = 60
_ALIKE = 0.75
_CONTAINERS = frozenset({"array", "object"})
_LIMITS = {
    "minItems": ("too_few", "limit"),
    "maxItems": ("too_many", "limit"),
    "minimum": ("too_low", "limit"),
    "exclusiveMinimum": ("too_low", "limit"),
    "maximum": ("too_high", "limit"),
    "exclusiveMaximum": ("too_high", "limit"),
    "maxLength": ("too_long", "limit"),
    "minLength": ("too_short", "limit"),
    "multipleOf": ("not_a_step", "multiple_of"),
}
_COUNTED = {
    "maxUniqueItems": "too_many_alike",
    "minUniqueItems": "too_few",
    "maxUtf8ByteLength": "too_many_bytes",
    "minUtf8ByteLength": "too_few_bytes",
}


class Teller:
    """Tells the faults of listings of one product type to readers of one locale.

    `places` says where in what was sent the entries of an attribute stood, if only some of them are looked at.
    """

    def __init__(
        self, kind: ProductType, schema: Schema, locale: str, places: Mapping[str, Sequence[int]] | None = None
    ) -> None:
        self._kind = kind
        self._schema = schema
        self._locale = locale
        self._places = places or {}
        self._tellers: dict[str, Callable[[jsonschema_rs.ValidationError], Iterator[Fault]]] = {
            "required": self._required,
            "additionalProperties": self._additional,
            "type": self._type,
            "anyOf": self._any_of,
            "enum": self._enum,
            "format": self._format,
            "contains": self._contains,
            "not": self._not,
            "falseSchema": self._refused,
        }

    def told(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        """The faults that one finding stands for, each made when it is asked for: unknown names can be very many."""
        return self._tellers.get(error.kind.name, self._by_limit)(error)

    def too_deep(self, name: str) -> Fault:
        """The fault of an attribute that is nested beyond all measure."""
        kinds = self._kinds(["array"])
        return fault("structure", self._locale, (name,), place=name, attribute=self._title(name), expected=kinds)

    def too_many(self, most: int) -> Fault:
        """The fault of attributes that hold more values in all than are looked at."""
        return fault("too_many", self._locale, place="attributes", attribute="attributes", limit=most, value="")

    def _at(self, kind: str, error: jsonschema_rs.ValidationError, **said: object) -> Fault:
        """A fault at the place of an error, or of the attribute `name` that is not where it should be."""
        path = error.instance_path
        attribute = str(path[0] if path else said.get("name", ""))
        gaps: dict[str, object] = {"attribute": self._title(attribute), "place": _place(self._as_sent(path))}
        return fault(kind, self._locale, (attribute,) if attribute else (), **(gaps | said))

    def _as_sent(self, path: list[str | int]) -> list[str | int]:
        """The way to a value in what was sent."""
        match path:
            case [str(name), int(index), *deeper] if name in self._places:
                return [name, self._places[name][index], *deeper]
        return path

    def _title(self, name: str) -> str:
        attribute = library.attributes().get(name)
        return name if attribute is None else words_of(self._locale).title(attribute)

    def _required(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        missing: str = getattr(error.kind, "property", "")
        if error.instance_path:
            yield self._at("field_missing", error, name=missing)
            return
        when, unless = why_required(self._schema_at(error.schema_path[:-2]))
        kind = "missing_because" if when else "missing_unless" if unless else "missing"
        yield self._at(kind, error, name=missing, allowed="; ".join(when or unless))

    def _additional(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        for name in getattr(error.kind, "unexpected", ()):
            if error.instance_path:
                fields = ", ".join(self._fields_at(error.schema_path))
                yield self._at("unknown_field", error, name=name, allowed=fields)
            else:
                alike = similar(name, self._schema_at(["properties"]))
                kind = "similar_attribute" if alike else "unknown_attribute"
                yield self._at(kind, error, name=name, product_type=self._kind.name, allowed=", ".join(alike))

    def _type(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        types: list[str] = getattr(error.kind, "types", [])
        kind = "structure" if _CONTAINERS.intersection(types) else "wrong_kind"
        yield self._at(kind, error, expected=self._kinds(types), value=_json(error.instance))

    def _any_of(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        """An open list of values refuses other types; the two forms of a date refuse what is neither."""
        tried: list[list[jsonschema_rs.ValidationError]] = getattr(error.kind, "context", [])
        is_date = any(one.kind.name == "format" for way in tried for one in way)
        types = ["date"] if is_date else ["string"]
        yield self._at("wrong_kind", error, expected=self._kinds(types), value=_json(error.instance))

    def _format(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        yield self._at(
            "wrong_kind", error, expected=self._kinds([getattr(error.kind, "format", "")]), value=_json(error.instance)
        )

    def _enum(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        options: list[Any] = getattr(error.kind, "options", [])
        yield self._at("not_among", error, value=_json(error.instance), allowed=_listed(options))

    def _contains(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        yield self._at("lacking", error, allowed=_listed(_enumerated(self._schema_at(error.schema_path))))

    def _not(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        yield self._at("contradicts", error, allowed=_listed(_enumerated(self._schema_at(error.schema_path))))

    def _refused(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        yield self._at("refused_field", error)

    def _by_limit(self, error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
        keyword = error.kind.name
        if keyword in _LIMITS:
            kind, name = _LIMITS[keyword]
            yield self._at(kind, error, limit=getattr(error.kind, name), value=_json(error.instance))
        elif keyword in _COUNTED:
            selectors = getattr(error.kind, "message", "")
            yield self._at(
                _COUNTED[keyword], error, limit=self._schema_at(error.schema_path), selectors=_combination(selectors)
            )
        else:
            yield self._at("invalid", error, value=_json(error.instance))

    def _kinds(self, types: list[str]) -> str:
        spoken = sentences_for(self._locale).kinds
        return ", ".join(spoken.get(one, one) for one in types)

    def _schema_at(self, path: list[str | int]) -> Any:  # noqa: ANN401 - any part of a schema
        at: Any = self._schema
        for step in path:
            at = at[step]
        return at

    def _fields_at(self, path: list[str | int]) -> list[str]:
        return list(self._schema_at(path[:-1])["properties"])


def similar(name: str, known: Iterable[str]) -> list[str]:
    """The names that may have been meant by one that there is not."""
    small = name.casefold()
    by_small = {one.casefold(): one for one in known} if len(name) <= _LONGEST_NAME else {}
    return [by_small[one] for one in get_close_matches(small, by_small, 2, _ALIKE)]


def _place(path: list[str | int]) -> str:
    """Where in the attributes: `purchasable_offer[0].our_price[0].schedule`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _json(value: Any) -> str:  # noqa: ANN401 - whatever was sent
    return encode(value).decode()


def _listed(values: list[Any]) -> str:
    shown = [value if isinstance(value, str) else _json(value) for value in values[:_SHOWN_VALUES]]
    return ", ".join([*shown, "..."] if len(values) > _SHOWN_VALUES else shown)


def _enumerated(schema: Any) -> list[Any]:  # noqa: ANN401 - any part of a schema
    """The values that a test for an entry names, however deep."""
    if isinstance(schema, dict):
        if "enum" in schema:
            return list(schema["enum"])
        return [value for part in schema.values() for value in _enumerated(part)]
    return []


def _combination(said: str) -> str:
    """The selectors of entries that are too many, as `marketplace_id X, language_tag Y`."""
    try:
        told = msgspec.json.decode(said, type=dict[str, Any])
    except msgspec.DecodeError:
        return said
    return ", ".join(f"{name} {value}" for name, value in told.items())
