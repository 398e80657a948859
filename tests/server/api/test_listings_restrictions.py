from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from shopkeeper import US, Shop, mug

from sellingpartner.contract import listings_restrictions_2021_08_01 as api
from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.market.listings import enforcing
from sellingpartner.market.listings.restrictions import NewRestriction, RestrictionKind, RestrictionReason
from sellingpartner.market.orders.refusals import NotBuyable
from sellingpartner.testing import TestMarket

BRAND = NewRestriction(kind=RestrictionKind.BRAND, subject="harbor")


@pytest.fixture
def shop(market: TestMarket) -> Shop:
    return Shop(market)


def restrict(shop: Shop, new: NewRestriction) -> int:
    with shop.market.market.write() as unit:
        return enforcing.add_restriction(unit, new).restriction_id


def asked(shop: Shop, asin: str, **more: Any) -> list[api.Restriction]:  # noqa: ANN401 - fields of the request
    said: dict[str, Any] = {"asin": asin, "seller_id": shop.seller.seller_id, "marketplace_ids": [US]}
    return shop.seller.send(api.GetListingsRestrictions(**(said | more))).restrictions


def asin_of(shop: Shop, sku: str) -> str:
    return str((shop.get(sku).summaries or [])[0].asin)


def test_what_nobody_restricts_may_be_listed(shop: Shop) -> None:
    assert asked(shop, asin_of(shop, "MUG-BLUE")) == []


def test_a_restricted_brand_is_refused_in_each_condition_until_the_seller_is_approved(shop: Shop) -> None:
    number = restrict(shop, BRAND)
    asin = asin_of(shop, "MUG-BLUE")

    found = asked(shop, asin)
    assert [one.condition_type for one in found] == list(api.ConditionType)
    (new,) = asked(shop, asin, condition_type="new_new")
    (reason,) = new.reasons or []
    assert reason.reason_code == "APPROVAL_REQUIRED"
    (link,) = reason.links or []
    assert (link.verb, link.type) == ("GET", "text/html")
    assert link.resource.endswith(f"/hz/approvalrequest/restrictions/approve?asin={asin}&marketplaceId={US}")
    (issue,) = shop.get("MUG-BLUE").issues or []
    assert (issue.code, issue.categories, shop.status("MUG-BLUE")) == (
        "6024",
        ["QUALIFICATION_REQUIRED"],
        ["DISCOVERABLE"],
    )
    with pytest.raises(NotBuyable):
        shop.market.buys("MUG-BLUE")

    with shop.market.market.write(shop.seller.seller_id) as unit:
        enforcing.approve(unit, number)

    assert (asked(shop, asin), shop.issues("MUG-BLUE"), shop.status("MUG-BLUE")) == (
        [],
        [],
        ["BUYABLE", "DISCOVERABLE"],
    )


def test_a_restricted_put_is_accepted_and_then_at_fault_as_at_amazon(shop: Shop) -> None:
    restrict(shop, BRAND)
    restrict(shop, NewRestriction(kind=RestrictionKind.BRAND, subject="Locked"))
    hint = [{"value": asin_of(shop, "MUG-BLUE")}]
    locked = mug(brand=[{"value": "Locked"}])

    trial = shop.put("MINE", mug(merchant_suggested_asin=hint), mode="VALIDATION_PREVIEW")
    assert (shop.put("MINE", mug(merchant_suggested_asin=hint)).status, shop.put("NEW", locked).status) == (
        "ACCEPTED",
    ) * 2
    shop.market.advance(seconds=31)

    assert (trial.status, [one.code for one in trial.issues or []]) == ("INVALID", ["6024"])
    assert (shop.issues("MINE"), shop.issues("NEW"), shop.get("NEW").summaries) == (["6024"], ["5461"], [])


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewRestriction(kind=RestrictionKind.PRODUCT_TYPE, subject="MUG"), "8026"),
        (NewRestriction(kind=RestrictionKind.ALL, conditions=("new_new",)), "8115"),
        (NewRestriction(kind=RestrictionKind.ALL, reason=RestrictionReason.NOT_ELIGIBLE), "18742"),
    ],
)
def test_each_kind_of_restriction_has_its_issue_and_goes_when_it_is_taken_back(
    shop: Shop, new: NewRestriction, code: str
) -> None:
    number = restrict(shop, new)
    assert shop.issues("MUG-RED") == [code]

    with shop.market.market.write() as unit:
        enforcing.remove_restriction(unit, number)

    assert (shop.issues("MUG-RED"), shop.status("MUG-RED")) == ([], ["BUYABLE", "DISCOVERABLE"])


def test_a_restriction_by_asin_condition_seller_and_marketplace_holds_there_alone(shop: Shop) -> None:
    blue = asin_of(shop, "MUG-BLUE")
    only = NewRestriction(
        kind=RestrictionKind.ASIN,
        subject=blue,
        conditions=("used_good",),
        seller_id=shop.seller.seller_id,
        marketplace_id=US,
        reason=RestrictionReason.NOT_ELIGIBLE,
    )
    restrict(shop, only)
    rival = Shop(shop.market, shop.market.caller(seller=shop.market.join("Rival Goods")))

    (found,) = asked(shop, blue)
    assert (found.condition_type, (found.reasons or [])[0].reason_code) == ("used_good", "NOT_ELIGIBLE")
    assert (found.reasons or [])[0].links is None
    assert asked(rival, blue) == asked(shop, asin_of(shop, "MUG-RED")) == []
    assert shop.issues("MUG-BLUE") == []


def test_a_product_type_says_by_which_type_the_product_would_be_put(shop: Shop) -> None:
    restrict(shop, NewRestriction(kind=RestrictionKind.PRODUCT_TYPE, subject="TEA"))
    blue = asin_of(shop, "MUG-BLUE")

    found = [asked(shop, blue, condition_type="new_new", product_type=name) for name in (None, "MUG", "TEA")]

    assert [len(one) for one in found] == [0, 0, 1]
    with pytest.raises(InvalidInput) as refusal:
        asked(shop, blue, product_type="UNICORN")
    assert (refusal.value.code, refusal.value.message) == ("BAD_REQUEST", "Invalid 'productType' provided.")


def test_an_asin_that_nobody_knows_and_one_that_is_none_are_told_apart(shop: Shop) -> None:
    (found,) = asked(shop, "B000000000")
    assert [reason.reason_code for reason in found.reasons or []] == ["ASIN_NOT_FOUND"]

    with pytest.raises(InvalidInput) as refusal:
        asked(shop, "mug")
    assert (refusal.value.code, refusal.value.message) == ("BAD_REQUEST", "Invalid 'asin' provided.")
    with pytest.raises(Unauthorized):
        asked(shop, "B000000000", seller_id="A2OTHER")


@pytest.mark.parametrize(
    "new",
    [
        NewRestriction(kind=RestrictionKind.BRAND),
        NewRestriction(kind=RestrictionKind.ALL, subject="X"),
        NewRestriction(kind=RestrictionKind.ALL, conditions=("rusty",)),
        NewRestriction(kind=RestrictionKind.ALL, marketplace_id="X"),
    ],
)
def test_a_restriction_that_makes_no_sense_is_refused(shop: Shop, new: NewRestriction) -> None:
    with pytest.raises(InvalidInput):
        restrict(shop, new)
    with pytest.raises(NotFound, match="no restriction 7"), shop.market.market.write() as unit:
        enforcing.remove_restriction(unit, 7)


def test_a_suppressed_listing_is_cured_by_another_picture_or_by_lifting(shop: Shop) -> None:
    shop.listed("MINE")
    shop.listed("YOURS")
    until = shop.market.now + timedelta(days=2)
    seller_id = shop.seller.seller_id

    with shop.market.market.write(seller_id) as unit:
        enforcing.suppress(unit, "MINE", US, "image_marked")
        enforcing.suppress(unit, "YOURS", US, "image_marked", exempt_until=until)
    (issue,) = shop.get("MINE").issues or []
    assert issue.enforcements is not None
    assert [one.action for one in issue.enforcements.actions] == ["SEARCH_SUPPRESSED"]
    assert (issue.enforcements.exemption.status, shop.status("MINE")) == ("NOT_EXEMPT", [])
    (later,) = shop.get("YOURS").issues or []
    assert later.enforcements is not None
    assert later.enforcements.exemption.expiry_date == until
    assert shop.status("YOURS") == ["BUYABLE", "DISCOVERABLE"]
    shop.put("MINE")
    assert shop.issues("MINE") == ["18027"]
    shop.market.advance(days=3)
    assert shop.status("YOURS") == []

    picture = [{"media_location": "https://images.example/clean.jpg"}]
    shop.patch("MINE", ("replace", "main_product_image_locator", picture))
    with shop.market.market.write(seller_id) as unit:
        enforcing.lift(unit, "YOURS", US)

    for sku in ("MINE", "YOURS"):
        assert (shop.issues(sku), shop.status(sku)) == ([], ["BUYABLE", "DISCOVERABLE"])


@pytest.mark.parametrize(
    ("kind", "why"), [("missing", "nothing that can be imposed"), ("image_unreachable", "takes a value")]
)
def test_what_cannot_be_imposed_is_refused(shop: Shop, kind: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why), shop.market.market.write(shop.seller.seller_id) as unit:
        enforcing.suppress(unit, "MUG-BLUE", US, kind)
