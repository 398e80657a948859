"""getAccount and getRates: whether a seller has an account with Amazon Shipping, and what its services cost."""

from __future__ import annotations

from collections import defaultdict

from sellingpartner.contract import shipping_v1 as v1
from sellingpartner.contract.shipping_v1 import GetAccount, GetAccountResponse, GetRates, GetRatesResponse
from sellingpartner.market.amounts import Money
from sellingpartner.market.shipping.buying.announcing import typed_quotes
from sellingpartner.market.shipping.rating.quoting import Quote
from sellingpartner.market.shipping.refusals import Unfit
from sellingpartner.market.shipping.wishes import Wish
from sellingpartner.server.api.shipping_v1.reading import specified_wish
from sellingpartner.server.api.shipping_v1.views import account_of, currency, promise_of, weight
from sellingpartner.server.api.shipping_v2.refusing import in_shippings_words
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GetAccount)
def get_account(unit: UnitOfWork, request: GetAccount) -> GetAccountResponse:  # noqa: ARG001 - it says nothing
    """The account that every seller of the market has."""
    return GetAccountResponse(payload=v1.Account(account_id=account_of(unit.seller_id)))


@handles(GetRates, reads=True)
def get_rates(unit: UnitOfWork, request: GetRates) -> GetRatesResponse:
    """What services of some types cost for containers that go together; one that takes not all of them is left out."""
    if not request.container_specifications:
        raise Unfit("containerSpecifications is empty; name at least one container.")
    wishes = [
        specified_wish(request.ship_from, request.ship_to, one, place, request.ship_date)
        for place, one in enumerate(request.container_specifications)
    ]
    found: dict[str, list[Quote]] = defaultdict(list)
    for wish in wishes:
        with in_shippings_words():
            for quoted in typed_quotes(unit, wish):
                found[quoted.offered.service.called].append(quoted)
    asked = {one.value for one in request.service_types}
    shown = [
        _rate(quotes, wishes[0]) for called, quotes in found.items() if called in asked and len(quotes) == len(wishes)
    ]
    return GetRatesResponse(payload=v1.GetRatesResult(service_rates=shown))


def _rate(quotes: list[Quote], wish: Wish) -> v1.ServiceRate:
    first = quotes[0]
    total = Money(sum(one.total.minor for one in quotes), first.total.currency)
    return v1.ServiceRate(
        total_charge=currency(total),
        billable_weight=weight(sum(one.billed_grams for one in quotes), wish),
        service_type=v1.ServiceType(first.offered.service.called),
        promise=promise_of(first.leaves_at, first.arrives.earliest, first.arrives.latest),
    )
