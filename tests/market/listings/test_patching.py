from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.attributes import Attributes, Entry
from sellingpartner.market.listings.patching import InvalidPatch, Op, Patch, Selectors, patch_of, patched

US, CA = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"
BY_LANGUAGE = Selectors(("marketplace_id", "language_tag"), {"marketplace_id": US, "language_tag": "en_US"})
BY_CHANNEL = Selectors(("fulfillment_channel_code",))

entries = st.fixed_dictionaries(
    {"value": st.sampled_from(["a", "b", "c"])},
    optional={"marketplace_id": st.sampled_from([US, CA]), "language_tag": st.sampled_from(["en_US", "es_US"])},
)
lists = st.lists(entries, min_size=1, max_size=4)
ops = st.sampled_from([Op.ADD, Op.REPLACE])


def carried_out(entries: list[Entry], op: Op, value: list[Entry], selectors: Selectors = BY_LANGUAGE) -> list[Entry]:
    attributes: Attributes = {"bullet_point": list(entries)} if entries else {}
    return patched(attributes, [Patch(op, "bullet_point", tuple(value))], lambda _: selectors).get("bullet_point", [])


def having(entries: list[Entry], value: list[Entry]) -> list[Entry]:
    keys = {BY_LANGUAGE.key_of(entry) for entry in value}
    return [entry for entry in entries if BY_LANGUAGE.key_of(entry) in keys]


@given(before=lists, value=lists, op=ops)
def test_what_is_replaced_is_what_was_given_and_all_else_stays(before: list[Entry], value: list[Entry], op: Op) -> None:
    after = carried_out(before, op, value)

    by_key = BY_LANGUAGE.key_of
    assert sorted(having(after, value), key=by_key) == sorted(value, key=by_key)
    assert [one for one in after if one not in having(after, value)] == [
        one for one in before if one not in having(before, value)
    ]


@given(before=lists, value=lists, op=ops)
def test_to_replace_twice_is_to_replace_once(before: list[Entry], value: list[Entry], op: Op) -> None:
    once = carried_out(before, op, value)

    assert carried_out(once, op, value) == once


@given(before=lists, value=lists)
def test_what_is_deleted_is_gone_and_all_else_stays_in_its_order(before: list[Entry], value: list[Entry]) -> None:
    after = carried_out(before, Op.DELETE, value)

    assert having(after, value) == []
    assert after == [one for one in before if one not in having(before, value)]


@given(before=lists, value=lists)
def test_patches_leave_what_they_were_given_alone(before: list[Entry], value: list[Entry]) -> None:
    kept: Attributes = {"bullet_point": [dict(one) for one in before], "brand": [{"value": "Harbor"}]}
    again: Attributes = {"bullet_point": [dict(one) for one in before], "brand": [{"value": "Harbor"}]}

    patched(kept, [Patch(Op.DELETE, "bullet_point", tuple(value))], lambda _: BY_LANGUAGE)

    assert kept == again


STOCK: list[Entry] = [{"fulfillment_channel_code": "DEFAULT", "quantity": 5, "lead_time_to_ship_max_days": 3}]
TWICE: list[Entry] = [{"value": "one"}, {"value": "two", "marketplace_id": US}]


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (
            {"quantity": 9},
            [{"fulfillment_channel_code": "DEFAULT", "quantity": 9, "lead_time_to_ship_max_days": 3}],
        ),
        (
            {"lead_time_to_ship_max_days": None},
            [{"fulfillment_channel_code": "DEFAULT", "quantity": 5}],
        ),
    ],
)
def test_a_merge_changes_the_fields_that_it_names(change: Entry, after: list[Entry]) -> None:
    assert carried_out(STOCK, Op.MERGE, [{"fulfillment_channel_code": "DEFAULT", **change}], BY_CHANNEL) == after


def test_a_merge_with_what_is_not_there_adds_it() -> None:
    added: Entry = {"fulfillment_channel_code": "AMAZON_NA"}

    assert carried_out(STOCK, Op.MERGE, [added], BY_CHANNEL) == [*STOCK, added]


@pytest.mark.parametrize(
    ("op", "before", "value", "selectors", "reason"),
    [
        (Op.MERGE, STOCK, {"quantity": 9}, BY_CHANNEL, "takes the selectors fulfillment_channel_code"),
        (Op.DELETE, STOCK, {"quantity": 9}, BY_CHANNEL, "takes the selectors fulfillment_channel_code"),
        (Op.MERGE, STOCK, {"fulfillment_channel_code": None}, BY_CHANNEL, "cannot be taken away"),
        (Op.MERGE, TWICE, {"value": "three"}, BY_LANGUAGE, "2 entries have these selectors"),
    ],
)
def test_a_selector_that_names_no_entry_or_two_is_refused(
    op: Op, before: list[Entry], value: Entry, selectors: Selectors, reason: str
) -> None:
    with pytest.raises(InvalidPatch) as refusal:
        carried_out(before, op, [value], selectors)

    assert refusal.value.message == "Invalid value provided in patch at index of 0."
    assert reason in str(refusal.value.details)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("/attributes/item_name/0", [{"value": "x"}], "Invalid path provided in patch at index of 3."),
        ("/attributes/", [{"value": "x"}], "Invalid path provided in patch at index of 3."),
        ("item_name", [{"value": "x"}], "Invalid path provided in patch at index of 3."),
        ("/attributes/item_name", None, "Invalid empty value provided in patch at index of 3."),
        ("/attributes/item_name", [], "Invalid empty value provided in patch at index of 3."),
    ],
)
@pytest.mark.parametrize("op", ["add", "replace", "merge", "delete"])
def test_a_path_that_is_none_and_a_value_of_nothing_are_refused_in_amazons_words(
    op: str, path: str, value: list[Entry] | None, message: str
) -> None:
    with pytest.raises(InvalidPatch) as refusal:
        patch_of(op, path, value, 3)

    assert refusal.value.message == message


SALE: list[Any] = [{"schedule": [{"value_with_tax": 9}]}]
OFFERS = Selectors(("currency",))


@pytest.mark.parametrize(
    ("value", "sale"),
    [
        ({"our_price": 1}, SALE),
        ({"our_price": 1, "discounted_price": []}, SALE),
        ({"our_price": 1, "discounted_price": [{}]}, [{}]),
    ],
)
def test_a_sale_price_stays_with_an_offer_that_is_replaced_without_one(value: Entry, sale: list[Any]) -> None:
    before: Attributes = {"purchasable_offer": [{"currency": "USD", "our_price": 2, "discounted_price": SALE}]}
    patch = Patch(Op.REPLACE, "purchasable_offer", ({"currency": "USD", **value},))

    (offer,) = patched(before, [patch], lambda _: OFFERS)["purchasable_offer"]

    assert offer == {"currency": "USD", "our_price": 1, "discounted_price": sale}


def test_a_merge_with_null_ends_a_sale() -> None:
    before: Attributes = {"purchasable_offer": [{"currency": "USD", "our_price": 2, "discounted_price": SALE}]}
    patch = Patch(Op.MERGE, "purchasable_offer", ({"currency": "USD", "discounted_price": None},))

    assert patched(before, [patch], lambda _: OFFERS) == {"purchasable_offer": [{"currency": "USD", "our_price": 2}]}
