"""The question that a seller is asked, as a form, and how its answer is read: for the consent page and the store."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

from sellingpartner.contract.scopes import DESCRIPTIONS
from sellingpartner.market.accounts.consent import Asked, ConsentRefused, Offer, offer
from sellingpartner.market.accounts.grants import LIFETIME
from sellingpartner.market.accounts.model import ApplicationStatus, Distribution, Seller, User
from sellingpartner.market.accounts.questions import developer_of
from sellingpartner.server.authorization.asking import host_of
from sellingpartner.server.console import places
from sellingpartner.server.console.troubles import OutOfDate, SignInFirst
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork

_CHANGED = "What is asked for has changed since this page was shown. Look again, and decide anew."
_UNDECIDED = "Choose whether to approve or to deny."
_NOTHING = "Nothing is ticked, so there is nothing to approve. Tick what it may do, or deny the request."
_MOST_OPEN = 3


class Answer(msgspec.Struct, frozen=True):
    """What the seller decided."""

    is_approved: bool
    scopes: tuple[str, ...] = ()
    """All that it gives: what the application cannot do without, and what is ticked."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """Where a question's form is sent, and what comes before and after it."""

    action: str
    return_to: str
    """Where the same can be asked again."""
    leads_to: str
    """The address outside that the browser goes to once it is answered."""
    carried: list[tuple[str, str]]
    """What the form carries of the request."""
    leads_on: tuple[str, ...] = ()
    """Addresses that the browser may be led on to from there, by way of this server."""
    denied_stays: bool = False
    """Whether who denies stays here."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """An application's request, put to the user who is signed in."""

    asked: Asked
    offer: Offer
    user: User
    developer_name: str
    way: Way

    @property
    def seller(self) -> Seller:
        """For whom it is asked."""
        return self.offer.seller

    def page(
        self, visit: Visit, *, alert: str = "", status: int = 200, ticked: tuple[str, ...] | None = None
    ) -> HttpAnswer:
        """The form; optional scopes are ticked, or as the seller had them."""
        application = self.asked.application
        ends = None if application.distribution is Distribution.PRIVATE else LIFETIME.days
        return visit.page(
            "consent.html",
            status=status,
            leads_to=places.origins_of((self.way.leads_to, *self.way.leads_on)),
            is_plain=True,
            question=self,
            application=application,
            seller=self.seller,
            alert=alert,
            descriptions=DESCRIPTIONS,
            is_ticked=lambda one: ticked is None or one.scope in ticked,
            is_open=len(self.offer.scopes) <= _MOST_OPEN,
            is_draft=application.status is ApplicationStatus.DRAFT,
            has_optional=any(one.is_optional for one in self.offer.scopes),
            takes_back=any(one.is_optional and one.is_given for one in self.offer.scopes),
            ends_after_days=ends,
            outside=urlsplit(self.way.leads_to).netloc,
        )

    def answered(self, visit: Visit) -> Answer | HttpAnswer:
        """What the form says; where it says nothing that counts, the question again."""
        ticked = tuple(visit.form.all("tick"))
        try:
            visit.check_form()
        except OutOfDate as stale:
            visit.code, visit.reason = stale.code, stale.reason
            return self.page(visit, alert=stale.message, status=stale.status)
        decision = visit.form.one("decision")
        if decision == "deny":
            visit.code, visit.reason = "access_denied", "The seller denied it."
            return Answer(is_approved=False)
        approved = tuple(one.scope for one in self.offer.scopes if one.scope in ticked or not one.is_optional)
        alert = ""
        if decision != "approve":
            alert = _UNDECIDED
        elif set(visit.form.all("shown")) != {one.scope for one in self.offer.scopes}:
            alert = _CHANGED
        elif not approved:
            alert = _NOTHING
        if alert:
            visit.code, visit.reason = "Undecided", alert
            return self.page(visit, alert=alert, status=400, ticked=ticked)
        return Answer(is_approved=True, scopes=approved)


def put(visit: Visit, unit: UnitOfWork, wanted: Asked, way: Way) -> Question:
    """Put a request to whoever is signed in; raises `ConsentRefused` where it is not theirs to answer."""
    visit.application_id = wanted.application.application_id
    visit.return_to = way.return_to
    user = visit.whoever(unit)
    if user is None:
        raise SignInFirst(way.return_to)
    if user.seller_id is not None:
        unit.seller_id = user.seller_id
    made = offer(unit, wanted, user)
    _check_place(visit.request.header("host") or "", made.seller)
    developer_name = developer_of(unit, wanted.application.developer_id).name
    return Question(asked=wanted, offer=made, user=user, developer_name=developer_name, way=way)


def _check_place(name: str, seller: Seller) -> None:
    """Hold the seller to the central that the browser came to, where it is one of Amazon's."""
    host = host_of(name)
    if host.is_vendors:
        # Assumed: SPSA0404 is the code for a seller who signs in at Vendor Central.
        raise ConsentRefused(
            "SPSA0404",
            f"{host.name} is for vendors, and {seller.name} is a seller.",
            "Use the address of Seller Central: sellercentral instead of vendorcentral, with the same path.",
        )
    if host.region is not None and host.region != seller.region:
        # Assumed: SPSA0404 is the code for a seller who signs in at Seller Central of another region.
        raise ConsentRefused(
            "SPSA0404",
            f"{host.name} is in region {host.region}, and {seller.name} sells in region {seller.region}.",
            "Use the address of a marketplace that the seller sells in, or sign in for a seller of this region.",
        )
