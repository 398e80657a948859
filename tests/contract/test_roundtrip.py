from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.contract.message import OpenEnum
from sellingpartner.contract.registry import find, load
from soak import examples

DEPTH = 3
ENCODER = msgspec.json.Encoder(decimal_format="number")

SAMPLE = (
    "AddAppointmentForServiceJobByServiceJobId",
    "ConfirmShipment",
    "CreateFeed",
    "CreateFulfillmentOrder",
    "CreateInboundPlan",
    "CreateReport",
    "CreateRestrictedDataToken",
    "GetFeaturedOfferExpectedPriceBatch",
    "GetMyFeesEstimateForSKU",
    "GetOrders",
    "GetRates",
    "ListFinancialEvents",
    "ListTransactions",
    "PutListingsItem",
    "SearchCatalogItems",
    "SearchOrders",
    "SubmitInvoices",
    "SubmitShipmentConfirmations",
)
TYPES = [
    pytest.param(kind, id=f"{entry.module} {kind.__name__}")
    for name in SAMPLE
    for entry in find(name)
    for request in [load(entry)]
    for kind in (request, msgspec.inspect.type_info(request.__orig_bases__[0].__args__[0]).cls)  # type: ignore[attr-defined]
]


@pytest.mark.parametrize("kind", TYPES)
@settings(max_examples=examples(10))
@given(data=st.data())
def test_what_is_encoded_is_decoded_the_same(kind: type[msgspec.Struct], data: st.DataObject) -> None:
    value = data.draw(of(kind, DEPTH))

    assert msgspec.json.decode(ENCODER.encode(value), type=kind) == value


@cache  # to make one of a large type takes longer than ten values of it
def of(kind: type[msgspec.Struct], depth: int) -> st.SearchStrategy[Any]:
    """Records of a type; below a depth, without what may be left out."""
    info = msgspec.inspect.type_info(kind)
    assert isinstance(info, msgspec.inspect.StructType)
    fields = [field for field in info.fields if field.required or depth > 0]
    return st.builds(kind, **{field.name: values(field.type, depth - 1) for field in fields})


def values(info: msgspec.inspect.Type, depth: int) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - a case a kind of type
    """Values of a type within its limits; below a depth, what may be left out is."""
    match info:
        case msgspec.inspect.Metadata(type=inner):
            return values(inner, depth)
        case msgspec.inspect.StructType(cls=cls):
            return of(cls, depth)
        case msgspec.inspect.UnionType(types=types):
            some = next(kind for kind in types if not isinstance(kind, msgspec.inspect.NoneType))
            return st.none() | values(some, depth)
        case msgspec.inspect.ListType(item_type=items, min_length=least, max_length=most):
            fewest = least or 0
            return st.lists(values(items, depth - 1), min_size=fewest, max_size=max(fewest, min(most or 2, 2)))
        case msgspec.inspect.DictType(value_type=inner):
            return st.dictionaries(st.text(max_size=5), values(inner, depth - 1), max_size=2)
        case msgspec.inspect.EnumType(cls=cls):
            return (
                st.sampled_from(list(cls)) | st.just(cls("not listed")) if issubclass(cls, OpenEnum) else st.nothing()
            )
        case _:
            return scalars(info)


def scalars(info: msgspec.inspect.Type) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - a case a kind of type
    """Values without parts."""
    match info:
        case msgspec.inspect.StrType(pattern=str() as pattern, min_length=least, max_length=most):
            if re.search(pattern, "A1" * (least or 1)):
                return st.text("AB12", min_size=least or 1, max_size=most or 20)
            return st.from_regex(pattern, fullmatch=True)
        case msgspec.inspect.StrType(min_length=least, max_length=most):
            return st.text(min_size=least or 0, max_size=min(most or 20, max(least or 0, 20)))
        case msgspec.inspect.IntType(ge=least, le=most):
            return st.integers(-(2**53) if least is None else least, 2**53 if most is None else most)
        case msgspec.inspect.FloatType(ge=least, le=most):
            return st.floats(least, most, allow_nan=False, allow_infinity=False)
        case msgspec.inspect.DecimalType():
            return st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.DateTimeType():
            return st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
        case msgspec.inspect.DateType():
            return st.dates(date(2000, 1, 1), date(2100, 1, 1))
        case _:
            return st.none() | st.booleans() | st.integers(-100, 100) | st.text(max_size=5)
