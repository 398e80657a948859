"""Who looks, and at which shop: a seller's people at their own, the market's operator at any.

What is not the looker's answers as what is not there: every page asks in a unit of the shop that is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from urllib.parse import urlencode

import msgspec

from sellingpartner.contract.errors import NotFound, SellingPartnerError, ServiceUnavailable
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.model import Actor, ActorKind, Seller
from sellingpartner.market.accounts.questions import all_sellers, participations_of, seller_of
from sellingpartner.server.console import places
from sellingpartner.server.console.rendering import safeguards
from sellingpartner.server.console.troubles import Trouble
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window.tables import Act, Input, Page, refilled
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.running.clock import clock_of
from sellingpartner.server.control.whose import home_marketplace, seller_of_order
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork

SHOP = "seller"
"""The field that names the shop that the operator looks at."""

_MOST_SHOPS = 500
_SEEN = "seen"
_NOTHING = 204


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """A visit, and whose shop it looks at."""

    visit: Visit
    is_operator: bool
    shops: Sequence[Seller]
    """The shops that may be chosen."""
    shop: Seller | None
    """The one that is; None in a market without sellers."""
    marketplace_ids: Sequence[str] = ()
    """Where it sells."""

    @property
    def desk(self) -> Desk:
        """What the market is driven by, in the name of who looks."""
        visit = self.visit
        by = Actor(ActorKind.OPERATOR, address=visit.request.peer) if self.is_operator else visit.actor
        return msgspec.structs.replace(visit.desk, by=by)

    @property
    def seller_id(self) -> str:
        """The seller whose shop is looked at; raises `Trouble` where there is none."""
        if self.shop is None:
            raise Trouble(
                404, "There is no shop yet", "The market has no seller.", fix="Create one: spapi seller create."
            )
        return self.shop.seller_id

    @property
    def shop_said(self) -> str:
        """What a link must say so that it leads to the same shop; nothing to a seller's people."""
        return self.seller_id if self.is_operator else ""

    @property
    def home(self) -> str:
        """The marketplace that is meant where none is named."""
        return home_marketplace(self.marketplace_ids)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A unit that asks about the shop."""
        with self.visit.market.read(self.seller_id) as unit:
            yield unit

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """A unit that acts for the shop, or for its buyers."""
        with self.visit.market.write(self.seller_id) as unit:
            yield unit

    def shop_filter(self) -> list[Input]:
        """The field by which the operator chooses the shop."""
        if not self.is_operator or len(self.shops) < 2:  # noqa: PLR2004 - what there is a choice from
            return []
        choices = [(one.seller_id, one.name) for one in self.shops]
        return [Input(name=SHOP, label="Shop", kind="select", value=self.seller_id, choices=choices)]

    def marketplace_filter(self, value: str, *, has_any: bool = True) -> Input:
        """The field by which one of the shop's marketplaces is chosen."""
        known = [(one, named(one)) for one in self.marketplace_ids]
        choices = [("", "All"), *known] if has_any else known
        return Input(name="marketplace", label="Marketplace", kind="select", value=value, choices=choices)

    def page(self, template: str, **values: object) -> HttpAnswer:
        """A page of the market, for whoever looks; with what was typed, where a form of it was refused."""
        visit, refused = self.visit, self.visit.refused
        shown = values | {"look": self, "has_script": True, "clock": clock_of(visit.market), "alert": ""}
        if refused is None:
            return visit.window_page(template, shown)
        visit.code, visit.reason = refused.code, refused.reason
        shown |= {name: self._refilled(value) for name, value in values.items()} | {"alert": refused.told}
        return visit.window_page(template, shown, status=refused.status)

    def _refilled(self, value: object) -> object:
        """Forms, as one of them was sent; all else as it is."""
        if isinstance(value, Act):
            return refilled(value, self.visit.request.path, self.visit.form.as_sent)
        return [self._refilled(one) for one in value] if isinstance(value, list) else value

    def list(self, shown: Page, *, links: Sequence[tuple[str, str]] = (), notice: str = "") -> HttpAnswer:
        """A list. To an open page that asks again there is nothing to say as long as it shows the same."""
        tag = sha256(msgspec.json.encode(shown.table)).hexdigest()[:16]
        if self.visit.is_poll and self.visit.query.one(_SEEN) == tag:
            return HttpAnswer(_NOTHING, b"", safeguards())
        said = {name: values for name, values in self.visit.query.as_sent.items() if name not in {_SEEN, "done"}}
        again = f"{shown.here}?{urlencode(said, doseq=True)}"
        return self.page("list.html", page=shown, links=links, notice=notice, again=again, seen={_SEEN: tag})


def looking(visit: Visit, *, of_order: str = "") -> Look:
    """Who looks, and at which shop; raises `SignInFirst` for nobody, and `NotFound` for a shop that is none.

    The operator who names no shop looks at that of an order, if one is named, or at the first.
    """
    if visit.is_operator:
        visit.check_form()
        said = visit.form.one(SHOP) or visit.query.one(SHOP)
        if of_order and not said:
            said = seller_of_order(visit.market, of_order)
        with visit.market.read() as unit:
            visit.whoever_without_staying(unit)
            return _at(visit, unit, all_sellers(unit)[:_MOST_SHOPS], said)
    with visit.market.write() as unit:
        fix = "Sign in with the account of somebody who sells, or as the operator of the market."
        _, seller_id = visit.enter_for_seller(unit, fix, places.MARKET if visit.request.method == "POST" else "")
        return _at(visit, unit, [seller_of(unit, seller_id)], "")


def operating(visit: Visit) -> Look:
    """The operator who looks; raises `Trouble` for anybody else."""
    look = looking(visit)
    if not look.is_operator:
        raise Trouble(
            403,
            "Only the operator may do this",
            "What concerns the whole market, and what buyers do, is its operator's.",
            code="OperatorOnly",
            fix="Sign in as the operator of the market.",
        )
    return look


def or_again(do: Callable[[Visit], HttpAnswer], show: Callable[[Visit], HttpAnswer]) -> Callable[[Visit], HttpAnswer]:
    """What a form does or, if that is refused, its page once more: with why, and with what was typed.

    So, too, a page about one thing or, if that is not there, the list of those that are.
    """

    def page(visit: Visit) -> HttpAnswer:
        try:
            return do(visit)
        except ServiceUnavailable:
            raise
        except SellingPartnerError as refused:
            visit.refused = refused
            return show(visit)

    return page


def named(marketplace_id: str) -> str:
    """A marketplace as people call it: by its country's code."""
    known = MARKETPLACES.get(marketplace_id)
    return marketplace_id if known is None else known.country_code


def _at(visit: Visit, unit: UnitOfWork, shops: Sequence[Seller], wanted: str) -> Look:
    shop = next((one for one in shops if one.seller_id == wanted), None) if wanted else next(iter(shops), None)
    if wanted and shop is None:
        message = f"There is no seller {wanted[:40]}."
        raise NotFound(message)
    entered = [] if shop is None else [one.marketplace_id for one in participations_of(unit, shop.seller_id)]
    visit.seller_id = "" if shop is None else shop.seller_id
    return Look(visit=visit, is_operator=visit.is_operator, shops=shops, shop=shop, marketplace_ids=entered)
