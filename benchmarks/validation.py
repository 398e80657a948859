"""What it takes to hold a listing's attributes against its product type, and to make what they are held against."""

from __future__ import annotations

from time import perf_counter

from benchmarks.report import Figure
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.attributes import Attributes
from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.examples import Example
from sellingpartner.market.product_types.questions import Ask, attributes_of, document, example_of, faults_of

_US = BY_COUNTRY["US"].marketplace_id
_TYPE = "LUGGAGE"
_TIMES = 500


def measure() -> list[Figure]:
    """The figures, in milliseconds; the first validation of a product type makes its validator."""
    started = perf_counter()
    document(Ask(product_type=_TYPE, marketplace_id=_US, locale="en_US"))
    first_schema = perf_counter() - started
    usual, whole = example_of(_TYPE, _US), _whole()
    return [
        Figure(name="first schema of a product type, its data read", value=first_schema * 1000, unit="ms"),
        Figure(name="first validation of a listing", value=_time(usual, 1), unit="ms"),
        Figure(name=f"validation of a listing of {len(usual)} attributes", value=_best(usual), unit="ms", most=1),
        Figure(name=f"validation of a listing of {len(whole)} attributes", value=_best(whole), unit="ms", most=1),
    ]


def _whole() -> Attributes:
    """Every attribute that the product type has."""
    kind = library.product_type(_TYPE)
    if kind is None:
        raise KeyError(_TYPE)
    example = Example(kind, _US)
    return {name: [example.entry(attribute)] for name, attribute in attributes_of(kind, _US).items()}


def _best(attributes: Attributes) -> float:
    return min(_time(attributes, _TIMES) for _ in range(3))


def _time(attributes: Attributes, times: int) -> float:
    """Milliseconds for one validation, of so many in a row."""
    started = perf_counter()
    for _ in range(times):
        faults_of(attributes, product_type=_TYPE, marketplace_id=_US)
    return (perf_counter() - started) / times * 1000
