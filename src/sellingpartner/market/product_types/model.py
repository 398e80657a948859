"""What the data files say: the forms of attributes, product types, and rules that hold under a condition."""

from __future__ import annotations

from enum import StrEnum

import msgspec

Scalar = str | int | float | bool


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    PRICE = "price"
    WHOLE = "whole"
    FLAG = "flag"
    MOMENT = "moment"
    URL = "url"
    CURRENCY = "currency"
    LANGUAGE = "language"
    MARKETPLACE = "marketplace"
    OBJECT = "object"
    LIST = "list"


class Form(StrEnum):
    """The forms that most attributes have; `custom` ones spell out their fields."""

    TEXT = "text"
    VALUE = "value"
    FLAG = "flag"
    MEASURE = "measure"
    DIMENSIONS = "dimensions"
    IMAGE = "image"
    CUSTOM = "custom"


class Scope(StrEnum):
    """Whether an attribute tells of the product, of the terms on which it is sold, or is needed for either."""

    PRODUCT = "product"
    OFFER = "offer"
    BOTH = "both"


class Requirements(StrEnum):
    """What a submission is about."""

    LISTING = "LISTING"
    PRODUCT_ONLY = "LISTING_PRODUCT_ONLY"
    OFFER_ONLY = "LISTING_OFFER_ONLY"

    def covers(self, scope: Scope) -> bool:
        """Whether attributes of a scope belong to it."""
        if self is Requirements.LISTING or scope is Scope.BOTH:
            return True
        return (scope is Scope.OFFER) == (self is Requirements.OFFER_ONLY)


class Parentage(StrEnum):
    """Where in a family of variations a listing stands."""

    NONE = "NONE"
    CHILD = "CHILD"
    PARENT = "PARENT"


class _Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a data file says; a word that is not known is a mistake in the file."""


class Limits(_Said, frozen=True, kw_only=True):
    """What a value may be; `values` names a list of `values.toml`."""

    kind: Kind = Kind.TEXT
    values: str | None = None
    open: bool = False
    """Whether other values than those listed may be given."""
    min_length: int | None = None
    max_length: int | None = None
    max_bytes: int | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    step: int | float | None = None
    example: Scalar | None = None
    editable: bool = True
    hidden: bool = False


class Field(Limits, frozen=True, kw_only=True):
    """A field of an attribute's entries."""

    fields: dict[str, Field] = {}
    required: tuple[str, ...] = ()
    max_items: int | None = None
    many: int = 0
    """How many such values are given as a list; 0 for a single one."""
    of_region: bool = False
    """Whether a marketplace takes only those of the values that belong to its region."""
    default: Scalar | None = None


class EntryRule(_Said, frozen=True, kw_only=True, rename={"among": "in"}):
    """What an entry must and must not hold when a field of it is there, or is one of some values."""

    field: str
    among: tuple[Scalar, ...] = ()
    require: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    else_require: tuple[str, ...] = ()
    else_refuse: tuple[str, ...] = ()


class Described(_Said, frozen=True, kw_only=True):
    """An attribute as its file has it."""

    form: Form
    title: str | None = None
    description: str = ""
    scope: Scope | None = None
    only: tuple[str, ...] = ()
    """The countries or areas that have it; all if none is named."""
    selectors: tuple[str, ...] | None = None
    entries: int | None = None
    """How many entries one combination of selectors may have."""
    max_entries: int = 1
    local: bool = True
    """Whether its entries name a marketplace."""
    translated: bool = True
    count: int = 0
    """How many numbered attributes of this form there are."""
    fields: dict[str, Field] = {}
    required: tuple[str, ...] = ()
    rules: tuple[EntryRule, ...] = ()
    kind: Kind | None = None
    values: str | None = None
    open: bool = False
    min_length: int | None = None
    max_length: int | None = None
    max_bytes: int | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    unit: str | None = None
    example: Scalar | list[float] | None = None
    editable: bool = True
    hidden: bool = False


class Attribute(msgspec.Struct, frozen=True, kw_only=True):
    """An attribute as it is used: the fields of its entries, and what tells entries apart."""

    name: str
    stem: str
    """The name under which it is described; numbered attributes share one."""
    number: int = 0
    title: str
    description: str
    group: str
    scope: Scope
    only: tuple[str, ...]
    selectors: tuple[str, ...]
    entries: int
    fields: dict[str, Field]
    required: tuple[str, ...]
    rules: tuple[EntryRule, ...]
    editable: bool
    hidden: bool
    form: Form


class Classification(_Said, frozen=True, kw_only=True):
    """A place in the tree of categories."""

    classification_id: str
    path: tuple[str, ...]


class ProductType(_Said, frozen=True, kw_only=True):
    """A kind of product."""

    name: str
    families: tuple[str, ...]
    attributes: tuple[str, ...] = ()
    """Beyond those of its families; `*` stands for all there are."""
    required: tuple[str, ...]
    themes: tuple[str, ...]
    fee_category: str
    words: tuple[str, ...]
    """What else buyers call it, in English."""
    display: dict[str, str]
    classification: Classification
    values: dict[str, tuple[str, ...]]
    """The values that an attribute has for this kind of product."""
    examples: dict[str, str]
    countries: tuple[str, ...] = ()
    """The countries whose marketplaces have it; all if none is named."""
    needs_prescription: bool = False
    """Whether an order of it is looked at before it may ship."""


class Family(_Said, frozen=True, kw_only=True):
    """Attributes that several product types share."""

    attributes: tuple[str, ...]
    required: tuple[str, ...]


class Condition(_Said, frozen=True, kw_only=True, rename={"among": "in"}):
    """That an attribute is there, or that a field of one of its entries is one of some values."""

    at: str
    among: tuple[Scalar, ...] = ()

    @property
    def attribute(self) -> str:
        """The attribute that it speaks of."""
        return self.at.partition(".")[0]


class Rule(_Said, frozen=True, kw_only=True):
    """What is required, expected or refused when all of `when` and none of `unless` holds."""

    name: str
    requirements: tuple[Requirements, ...] = tuple(Requirements)
    parents: bool = False
    """Whether it holds for parents as well."""
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    require: tuple[str, ...] = ()
    expect: tuple[Condition, ...] = ()
    refuse: tuple[Condition, ...] = ()


class Group(_Said, frozen=True, kw_only=True):
    """A group of attributes, as a form would show them."""

    title: str
    description: str


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """For what a schema is asked. The locale is a real one, never DEFAULT."""

    product_type: str
    marketplace_id: str
    locale: str
    requirements: Requirements = Requirements.LISTING
    is_enforced: bool = True
    parentage: Parentage | None = None
    brands: tuple[str, ...] = ()
    """The brands that the seller sells already."""
