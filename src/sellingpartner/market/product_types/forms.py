"""From the form of an attribute to the fields of its entries."""

from __future__ import annotations

from collections.abc import Iterator

from sellingpartner.market.product_types.model import Attribute, Described, Field, Form, Kind, Scalar, Scope

MARKETPLACE, LANGUAGE = "marketplace_id", "language_tag"
_SIDES = ("length", "width", "height")
_LONGEST_LINK = 2048
_MOST = 10_000_000


def expanded(name: str, said: Described, group: str, scope: str) -> Iterator[Attribute]:
    """The attribute that a description stands for, or the numbered ones."""
    title = said.title or name.replace("_", " ").title()
    fields, required = _fields(said)
    selectors = (MARKETPLACE, LANGUAGE) if LANGUAGE in fields else (MARKETPLACE,)
    for number in range(1, said.count + 1) if said.count else (0,):
        yield Attribute(
            name=f"{name}_{number}" if number else name,
            stem=name,
            number=number,
            title=title,
            description=said.description,
            group=group,
            scope=said.scope or Scope(scope),
            only=said.only,
            selectors=selectors if said.selectors is None else said.selectors,
            entries=said.entries or said.max_entries,
            fields=fields | ({MARKETPLACE: Field(kind=Kind.MARKETPLACE)} if said.local else {}),
            required=required,
            rules=said.rules,
            editable=said.editable,
            hidden=said.hidden,
            form=said.form,
        )


def _fields(said: Described) -> tuple[dict[str, Field], tuple[str, ...]]:
    """The fields of an entry, and which of them it must have."""
    if said.form is Form.CUSTOM:
        return dict(said.fields), said.required
    if said.form is Form.IMAGE:
        picture = Field(kind=Kind.URL, max_length=_LONGEST_LINK, example="https://images.example/mug.jpg")
        return {"media_location": picture}, ("media_location",)
    if said.form is Form.DIMENSIONS:
        lengths = said.example if isinstance(said.example, list) else [1.0] * len(_SIDES)
        sides = zip(_SIDES, lengths, strict=True)
        return {side: _measure("length_units", length, "inches") for side, length in sides}, _SIDES
    example = None if isinstance(said.example, list) else said.example
    if said.form is Form.MEASURE:
        both = _measure(said.values or "", example, said.unit)
        return dict(both.fields), both.required
    fields = {"value": _value(said, example)}
    if said.form is Form.TEXT and said.translated:
        fields[LANGUAGE] = Field(kind=Kind.LANGUAGE)
    return fields, ("value",)


def _measure(units: str, value: Scalar | None, unit: str | None) -> Field:
    return Field(
        kind=Kind.OBJECT,
        required=("value", "unit"),
        fields={
            "value": Field(kind=Kind.NUMBER, minimum=0, maximum=_MOST, step=0.0001, example=value),
            "unit": Field(values=units, example=unit),
        },
    )


def _value(said: Described, example: Scalar | None) -> Field:
    kind = Kind.FLAG if said.form is Form.FLAG else said.kind or Kind.TEXT
    return Field(
        kind=kind,
        values=said.values,
        open=said.open,
        min_length=said.min_length,
        max_length=_LONGEST_LINK if kind is Kind.URL else said.max_length,
        max_bytes=said.max_bytes,
        minimum=said.minimum,
        maximum=said.maximum,
        example=example,
    )
