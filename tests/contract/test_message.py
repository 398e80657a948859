from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from sellingpartner.contract.message import ABSENT, Message, OnSuccess, OpenEnum, closed_enums, named


class Status(OpenEnum):
    SHIPPED = "Shipped"
    UNSHIPPED = "Unshipped"


class Parcel(Message, rename="camel"):
    weight_grams: Decimal | None = None
    parcel_id: str
    fn_sku: str | None = named("fnSKU", default=None)
    status: Status | None = None


class Found(Message):
    payload: OnSuccess[Parcel] = ABSENT
    errors: list[str] | None = None


def test_a_listed_value_is_its_member() -> None:
    parcel = msgspec.json.decode(b'{"parcelId":"P1","status":"Shipped"}', type=Parcel)

    assert parcel.status is Status.SHIPPED
    assert parcel.status.is_known


def test_a_value_that_the_contract_does_not_know_is_kept_as_text() -> None:
    parcel = msgspec.json.decode(b'{"parcelId":"P1","status":"Teleported"}', type=Parcel)

    assert parcel.status is not None
    assert parcel.status == "Teleported"
    assert not parcel.status.is_known
    assert msgspec.json.encode(parcel) == b'{"parcelId":"P1","status":"Teleported"}'


def test_a_value_that_was_kept_does_not_become_a_member() -> None:
    msgspec.json.decode(b'"Teleported"', type=Status)

    assert [member.value for member in Status] == ["Shipped", "Unshipped"]


def test_a_closed_enumeration_refuses_what_it_does_not_list() -> None:
    with closed_enums(), pytest.raises(msgspec.ValidationError, match="Invalid enum value 'Teleported'"):
        msgspec.json.decode(b'{"parcelId":"P1","status":"Teleported"}', type=Parcel)


def test_enumerations_are_open_again_after_a_refusal() -> None:
    with pytest.raises(msgspec.ValidationError), closed_enums():
        msgspec.json.decode(b'"Teleported"', type=Status)

    assert msgspec.json.decode(b'"Teleported"', type=Status) == "Teleported"


def test_what_is_none_is_left_out_on_the_wire() -> None:
    assert msgspec.json.encode(Parcel(parcel_id="P1")) == b'{"parcelId":"P1"}'


def test_a_field_may_have_a_wire_name_of_its_own() -> None:
    assert msgspec.json.encode(Parcel(parcel_id="P1", fn_sku="X1")) == b'{"parcelId":"P1","fnSKU":"X1"}'


def test_fields_are_given_by_name_alone() -> None:
    with pytest.raises(TypeError, match="positional"):
        Parcel("P1")  # type: ignore[call-arg, arg-type]


def test_an_unknown_field_does_not_disturb() -> None:
    assert msgspec.json.decode(b'{"parcelId":"P1","new":1}', type=Parcel) == Parcel(parcel_id="P1")


def test_money_is_exact_both_ways() -> None:
    parcel = msgspec.json.decode(b'{"parcelId":"P1","weightGrams":0.10}', type=Parcel)

    assert parcel.weight_grams == Decimal("0.10")
    assert msgspec.json.Encoder(decimal_format="number").encode(parcel) == b'{"weightGrams":0.10,"parcelId":"P1"}'


def test_what_a_success_holds_is_read_and_may_be_missing_all_the_same() -> None:
    assert msgspec.json.decode(b'{"payload":{"parcelId":"P1"}}', type=Found).payload.parcel_id == "P1"
    for refusal in (b'{"errors":["no"]}', b'{"payload":null,"errors":["no"]}'):
        assert msgspec.json.decode(refusal, type=Found) == Found(errors=["no"])
    assert msgspec.json.encode(Found(errors=["no"])) == b'{"errors":["no"]}'
