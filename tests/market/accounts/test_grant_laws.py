"""The law of grants: whatever a seller, an application and time do, an application holds nothing that the seller did
not approve, or has withdrawn since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, SCOPES
from sellingpartner.market.accounts.applications import (
    change_application,
    register_application,
    register_developer,
)
from sellingpartner.market.accounts.codes import CodeRefused, code_of, redeem_code
from sellingpartner.market.accounts.consent import Asked, approve
from sellingpartner.market.accounts.grants import (
    narrow_application,
    narrow_grant,
    revoke_application,
    revoke_grant,
)
from sellingpartner.market.accounts.model import (
    OPERATOR,
    Application,
    ApplicationStatus,
    Distribution,
    Grant,
    User,
)
from sellingpartner.market.accounts.passwords import COST_NAME
from sellingpartner.market.accounts.questions import application_by, grants_of
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.accounts.users import create_user
from sellingpartner.market.market import Market
from sellingpartner.market.money.ledger.periods import PeriodEnds
from sellingpartner.market.money.ledger.services.charges import SubscriptionIsCharged
from sellingpartner.market.time.schedule import schedule
from sellingpartner.testing.founding import CHEAP
from sellingpartner.testing.world import PASSWORD
from soak import examples

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
CALLBACK = "https://desk.example/callback"

PAID = [PeriodEnds.__name__, SubscriptionIsCharged.__name__]
"""What happens to an account again and again, and not to its grants."""

ALL = {ORDERS, INVENTORY, FINANCE}

some = st.sets(st.sampled_from(sorted(ALL)), min_size=1)
approvals = st.tuples(st.just("approve"), some, some)
exchanges = st.tuples(st.just("exchange"), st.integers(0, 5))
steps = st.one_of(
    # More often than the rest: without them there is nothing to narrow.
    *(approvals, approvals, exchanges, exchanges, exchanges),
    st.tuples(st.just("narrow"), st.integers(0, 5), some),
    st.tuples(st.just("revoke"), st.integers(0, 5)),
    st.tuples(st.just("narrow all"), some),
    st.tuples(st.just("revoke all")),
    st.tuples(st.just("register"), some),
    st.tuples(st.just("pass"), st.sampled_from([timedelta(minutes=3), timedelta(days=200), timedelta(days=366)])),
)


class Walk:
    """One application's life with one seller, and beside it what the seller wants: the last word on each scope."""

    def __init__(self, market: Market, user: User, application: Application) -> None:
        self.market, self.user, self.application_id = market, user, application.application_id
        self.seller_id = user.seller_id or ""
        self.wanted: set[str] = set()
        self.withdrawn: dict[int, set[str]] = {}
        """What was taken out of each grant by itself."""
        self.codes: list[str] = []

    def grants(self) -> list[Grant]:
        with self.market.read() as unit:
            return grants_of(unit, seller_id=self.seller_id, application_id=self.application_id)

    def take(self, step: tuple[object, ...]) -> None:
        kind, *of = step
        getattr(self, str(kind).replace(" ", "_"))(*of)

    def approve(self, scopes: set[str], ticked: set[str]) -> None:
        with self.market.write(self.seller_id) as unit:
            application = application_by(unit, application_id=self.application_id)
            asked = tuple(scope for scope in application.scopes if scope in scopes)
            if not (yes := ticked.intersection(asked)):
                return
            what = Asked(application=application, redirect_uri=CALLBACK, state="", scopes=asked, optional=asked)
            self.codes.append(approve(unit, what, self.user, ticked=yes, by=OPERATOR))
        self.wanted = self.wanted.difference(asked) | yes

    def exchange(self, index: int) -> None:
        if not self.codes:
            return
        with self.market.write(self.seller_id) as unit:
            try:
                redeem_code(unit, code_of(unit, self.application_id, self.codes[index % len(self.codes)]))
            except CodeRefused:
                return

    def narrow(self, index: int, scopes: set[str]) -> None:
        if grants := self.grants():
            grant_id = grants[index % len(grants)].grant_id
            with self.market.write(self.seller_id) as unit:
                narrow_grant(unit, self.seller_id, grant_id, withdraw=scopes)
            self.withdrawn.setdefault(grant_id, set()).update(scopes)

    def revoke(self, index: int) -> None:
        if grants := self.grants():
            grant_id = grants[index % len(grants)].grant_id
            with self.market.write(self.seller_id) as unit:
                revoke_grant(unit, self.seller_id, grant_id)
            self.withdrawn[grant_id] = set(SCOPES)

    def narrow_all(self, scopes: set[str]) -> None:
        with self.market.write(self.seller_id) as unit:
            narrow_application(unit, self.seller_id, self.application_id, withdraw=scopes)
        self.wanted -= scopes

    def revoke_all(self) -> None:
        with self.market.write(self.seller_id) as unit:
            revoke_application(unit, self.seller_id, self.application_id)
        self.wanted = set()

    def register(self, scopes: set[str]) -> None:
        with self.market.write() as unit:
            change_application(unit, self.application_id, scopes=scopes)

    def pass_(self, span: timedelta) -> None:
        with self.market.write() as unit:  # a year of settlements would take longer than all the rest
            unit.execute(schedule.delete().where(schedule.c.kind.in_(PAID)))
        self.market.advance(span)


@pytest.fixture(scope="module")
def market() -> Iterator[Market]:
    opened = Market.open(at=NOON)
    opened.remember(COST_NAME, CHEAP.told())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def user(market: Market) -> User:
    with market.write() as unit:
        seller_id = join_seller(unit, "Ada", ["ATVPDKIKX0DER"]).seller_id
        return create_user(unit, "ada@ada.example", "Ada", PASSWORD, seller_id=seller_id)


@given(walk=st.lists(steps, min_size=8, max_size=24))
@settings(max_examples=examples(15))
def test_an_application_never_holds_more_than_was_approved_and_not_withdrawn(
    market: Market, user: User, walk: list[tuple[object, ...]]
) -> None:
    with market.write() as unit:
        application, _ = register_application(
            unit,
            "Desk",
            register_developer(unit, "Quayside"),
            status=ApplicationStatus.PUBLISHED,
            distribution=Distribution.LISTED,
            scopes=sorted(ALL),
            redirect_uris=[CALLBACK],
        )
    life = Walk(market, user, application)

    before: dict[int, Grant] = {}
    for step in (("approve", ALL, ALL), ("exchange", 0), *walk):
        life.take(("pass_", step[1]) if step[0] == "pass" else step)

        now = market.clock.now()
        after = {grant.grant_id: grant for grant in life.grants()}
        held = {scope for grant in after.values() if grant.stands(now) for scope in grant.scopes}
        assert held <= life.wanted
        for grant_id, grant in after.items():
            assert not grant.stands(now) or life.withdrawn.get(grant_id, set()).isdisjoint(grant.scopes)
            assert not grant.stands(now) or now - grant.given_at < timedelta(days=365)
            earlier = before.get(grant_id, grant)
            assert set(grant.scopes) <= set(earlier.scopes)
            assert earlier.revoked_at in {None, grant.revoked_at}
            kept = {"scopes": grant.scopes, "revoked_at": grant.revoked_at}
            assert msgspec.structs.replace(earlier, **kept) == grant
        before = after
