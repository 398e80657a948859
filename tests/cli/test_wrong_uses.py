"""What is said to whoever names what is not there, or writes it otherwise: what was wrong, and what would be right."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Spapi

from sellingpartner.testing import TestMarket

NO_ORDER = "902-0000000-0000000"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "order show NOPE",
            "There is no order NOPE. An order id is written as 902-3159896-1390916. `spapi orders list`",
        ),
        (f"order pay {NO_ORDER}", f"There is no order {NO_ORDER}. `spapi orders list` lists a seller's."),
        (f"money order {NO_ORDER}", "`spapi orders list` lists a seller's."),
        ("outbound show NOPE", "There is no fulfillment order 'NOPE'. `spapi outbound list` lists a seller's."),
        ("report show NOPE", "There is no report 'NOPE'. `spapi report list` lists them."),
        ("report make NOPE", "Invalid Report Type NOPE: There is no report type NOPE."),
        ("feed show NOPE", "There is no feed 'NOPE'. `spapi feed list` lists them."),
        ("query show NOPE", "There is no query 'NOPE'. `spapi query list` lists them."),
        ("product show B000000000", "has no item B000000000. `spapi product list WORD` finds items."),
        ("offer withdraw NOPE MUG-BLUE", "There is no competitor NOPE. `spapi offer list SKU`"),
        ("grant list --seller NOPE", "There is no seller NOPE. `spapi seller list` lists them."),
        ("grant list --application NOPE", "There is no application NOPE. `spapi application list` lists them."),
        ("grant revoke NOPE", "`spapi grant list` lists them."),
        ("audit --seller NOPE", "There is no seller NOPE. `spapi seller list` lists them."),
        ("awd lose NOPE", "Order 'NOPE' does not exist. `spapi awd list` lists them."),
        ("awd add NOPE 5", "The seller lists no such SKU. `spapi listing list`"),
        ("inbound lose NOPE", "see `spapi inbound list`."),
    ],
)
def test_what_is_not_there_is_told_with_where_to_look(spapi: Spapi, words: str, said: str) -> None:
    refused = spapi(*words.split())

    assert (refused.code, refused.out) == (1, "")
    assert said in refused.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("service order --goods NOPE", "spapi: SKU is missing.\nUsage: spapi service order [OPTIONS] SKU\n"),
        ("service book JOB tomorrow", "AT: 'tomorrow' is no time, which is written as 2026-11-02T09:00:00Z."),
        ("service store BOSTON --opens 9", "--opens is '9'; write a time of the day as 09:00."),
        ("service store BOSTON --opens 09:00 --day funday", "--day is 'funday'; it takes monday, tuesday"),
        ("service list --marketplace XX", "XX is not a marketplace; write one of AE, AU"),
        ("fault remove NOPE", "FAULT-ID: 'NOPE' is no whole number."),
        ("money charge coupon much", "is no"),
        ("sandbox reset nope", "'nope' is more than the command takes."),
        ("clock advance soon", "'soon' is not a duration; write P3D"),
        ("clock advance P9999D", "The clock advances by at most"),
        ("clock advance --until Nothing", "Nothing that happens is called 'Nothing'."),
        ("shipment delay X soon", "'soon' is not a duration; write P3D"),
        ("shipment settings --pause NOPE", "paused cannot be 'NOPE'; it can be AMAZON_HORIZON"),
        ("requests --limit 0", "Parameter limit is invalid: '0'. It must be at least 1.\n"),
        ("notifications disturb --duplicates 200", "duplicatePercent is invalid: 200. It must be at most 100.\n"),
        ("order place --sku MUG-BLUE --quantity -1", "quantity is invalid: -1. It must be at least 1.\n"),
        ("stock set MUG-BLUE 10 --condition nope", "condition is 'nope'; it must be one of SELLABLE"),
        ("store shipments --status nope", "status cannot be 'nope'; it can be CREATED"),
        ("listing suppress MUG-BLUE nope", "it must be one of image_marked"),
        ("application create X --scope nope", "nope is not a scope"),
        ("user create x", "'x' is not an email address"),
        ("service store B --zone Nowhere", "is no time zone of the IANA's list"),
        ("fault add nope", "There is no fault of the kind 'nope'."),
        ("listen --subscribe --type NOPE", "Nobody can be told of 'NOPE'"),
        ("product create X --product-type NOPE", "There is no product type NOPE"),
        ("explain .", "request_id cannot be sent"),
        (
            "world save Mine!",
            "made of small letters, digits and hyphens only, 64 at most, and not begin or end with a hyphen.\n",
        ),
        ("fees MUG-BLUE --price 0", "The price is 0; it must be more."),
        ("fees MUG-BLUE --price 10 --shipping -1", "The amount -1.00 is impossible"),
        ("stock add MUG-BLUE 0", "0 is not a quantity of units; it must be from 1"),
        ("stock add MUG-BLUE 5 --fba --center NOPE", "'NOPE' is not the code of one of Amazon's centers."),
        ("product create X --gtin 4006381333932", "is not a valid EAN: its last digit would have to be 1."),
        ("fault profile nope", "There is no profile 'nope'."),
        ("order place --sku MUG-BLUE --gift-wrap -1", "giftWrap is -1; it must be at least 0.00."),
        ("offer compete B0AWS3WYL5 0", "price is 0; it must be at least 0.01."),
        ("offer compete B0AWS3WYL5 5.123", "price is 5.123; in USD it has 2 decimal places at most"),
        ("listing put MUG-BLUE --price 0", "price is 0; it must be at least 0.01."),
        ("listing put MUG-BLUE --price 1.999", "price is 1.999; in USD it has 2 decimal places at most"),
        ("listing example NOPE", "There is no product type NOPE in this marketplace"),
        ("subscription add MUG-BLUE --every 31", "A subscription is of 1 to 10 units, every 14, 30, 60"),
        ("subscription enroll MUG-BLUE --percent 7", "A seller takes 0, 5, 10 percent off; 7 was said."),
        ("money policy set --minimum -1", "minimum is -1; it must be at least 0.00."),
        ("money periods --currency XXX", "'XXX' is no currency of a marketplace"),
        ("money payouts --currency XXX", "'XXX' is no currency of a marketplace"),
        ("awd add MUG-BLUE 5 --region XX", "There is no region 'XX'; there are us-west"),
        ("awd policy MUG-BLUE --minimum 5 --maximum 1", "The minimum of 5 is more than the maximum of 1."),
        ("removal create MUG-BLUE --quantity 0", "ask for one unit or more."),
        ("user create a@b.example --password x", "The password has 1 character; it must have 12 to 256."),
        ("seller create X --country XX", "'XX' is no country in which the market invents businesses"),
        ("seller create X --marketplace US --marketplace DE", "A seller's account is in one region"),
        ("backup", "There is no command 'backup'. `spapi world save NAME` saves the market"),
        ("logs --follow", "There is no command 'logs'. `spapi requests` lists the calls"),
        ("reset", "`spapi world load fresh` puts it in this one's place."),
    ],
)
def test_what_is_written_otherwise_is_told_with_how_it_is_written(spapi: Spapi, words: str, said: str) -> None:
    refused = spapi(*words.split())

    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err


def test_an_amount_that_no_refund_can_be_of_is_wrong_use(market: TestMarket, spapi: Spapi) -> None:
    order_id = market.buys("MUG-BLUE")

    refused = spapi("order", "refund", order_id, "--amount", "0")

    assert (refused.code, refused.out) == (2, "")
    assert "amount is 0; it must be at least 0.01." in refused.err


def test_an_order_of_goods_that_is_none_is_named(market: TestMarket, spapi: Spapi) -> None:
    market.lists("MOUNTING", 9900, stock=0)
    spapi("service", "store", "BOSTON")
    spapi("service", "offer", "MOUNTING", "--store", "BOSTON")

    refused = spapi("service", "order", "MOUNTING", "--goods", "NOPE")

    assert refused.code == 1
    assert "'NOPE' is not an order id. An order id has 3, 7 and 7 digits: 902-3159896-1390916." in refused.err


def test_a_marketplace_is_named_by_its_country(market: TestMarket, spapi: Spapi) -> None:
    for words in ("service list", "service resources", "service offers", "subscription list"):
        assert spapi(*words.split(), "--marketplace", "us").code == 0
    market.lists("MOUNTING", 9900, stock=0)
    assert spapi("service", "store", "BOSTON", "--marketplace", "US").code == 0
