"""Consent: what an application asks a seller for, and what the seller's primary user makes of it.

The refusals that a page shows carry Amazon's codes (MD1000, SPDC8143, ...). What is approved travels to the application
as a code; each approval makes one of its own, so that a form that was sent twice does no harm: whichever code the
application exchanges gives what was ticked with it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import distinct, func, select, union

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.counted import counted
from sellingpartner.market.accounts import audit, tables
from sellingpartner.market.accounts.applications import within_registration
from sellingpartner.market.accounts.codes import issue_code
from sellingpartner.market.accounts.grants import give_grant, narrow_application
from sellingpartner.market.accounts.model import (
    Actor,
    Application,
    ApplicationStatus,
    Distribution,
    Grant,
    Seller,
    User,
)
from sellingpartner.market.accounts.questions import application_by, grants_of, seller_of
from sellingpartner.storage.unit import UnitOfWork

# Assumed: how many sellers may let an application in that is not listed; the numbers are reported, not documented.
# Differs: at Amazon a private application is let in by the accounts
# of its own developer alone; here by any ten sellers.
CAPS = {Distribution.PRIVATE: 10, Distribution.UNLISTED: 25}
"""How many sellers may let an application in at a time; as many as want to, where it is listed."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What an application's link asks a seller for, read and checked."""

    application: Application
    redirect_uri: str
    state: str
    scopes: tuple[str, ...]
    optional: tuple[str, ...] = ()
    """Those of the scopes that the seller may leave out."""
    challenge: str | None = None
    is_beta: bool = False
    """Whether the link says `version=beta`, without which a draft is not shown."""


class OfferedScope(msgspec.Struct, frozen=True, kw_only=True):
    """One scope as the seller sees it."""

    scope: str
    is_optional: bool
    is_given: bool
    """Whether the application holds it already."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What the seller may say yes to."""

    scopes: tuple[OfferedScope, ...]
    seller: Seller


class ConsentRefused(InvalidInput):
    """There is nothing to consent to; the code is Amazon's, where it has one, and `fix` says what would be right."""

    def __init__(self, code: str, message: str, fix: str, *, begin_at: str | None = None) -> None:
        super().__init__(message, code=code)
        self.fix = fix
        self.begin_at = begin_at
        """Where a seller may begin anew: the login URI of an application whose link was not whole."""


def offer(unit: UnitOfWork, asked: Asked, user: User) -> Offer:
    """What a user may consent to for its seller; raises `ConsentRefused`."""
    seller = _check(unit, asked, user)
    grants = grants_of(unit, seller_id=seller.seller_id, application_id=asked.application.application_id)
    given = {scope for grant in grants if grant.stands(unit.now) for scope in grant.scopes}
    offered = (
        OfferedScope(scope=scope, is_optional=scope in asked.optional, is_given=scope in given)
        for scope in asked.scopes
    )
    return Offer(scopes=tuple(offered), seller=seller)


def approve(unit: UnitOfWork, asked: Asked, user: User, *, ticked: Iterable[str], by: Actor) -> str:
    """Consent to the scopes that are ticked; returns the code to send to the application.

    What was asked for and is not ticked is withdrawn from what the seller gave the application before. The unit is the
    seller's.
    """
    application_id = asked.application.application_id
    if asked.application.distribution in CAPS:
        _hold(unit, application_id)
    seller = _check(unit, asked, user)
    approved = _approved(asked, frozenset(ticked))
    withdrawn = tuple(scope for scope in asked.scopes if scope not in approved)
    if withdrawn:
        narrow_application(unit, seller.seller_id, application_id, withdraw=withdrawn, by=by)
    code = issue_code(
        unit,
        application_id,
        seller.seller_id,
        asked.redirect_uri,
        approved,
        user_id=user.user_id,
        challenge=asked.challenge,
    )
    audit.note(
        unit,
        "consent.approved",
        by,
        seller_id=seller.seller_id,
        application_id=application_id,
        details={"scopes": " ".join(approved), "left_out": " ".join(withdrawn), "redirect_uri": asked.redirect_uri},
    )
    return code


def authorize_oneself(unit: UnitOfWork, application_id: str, user: User, *, by: Actor) -> tuple[Grant, str]:
    """Let an application that a user develops into the user's own selling account; drafts too, without any redirect.

    Returns the grant with its refresh token. Each time makes another one; those before stay valid. The unit is the
    seller's.
    """
    _hold(unit, application_id)
    application = application_by(unit, application_id=application_id)
    seller = _seller_of(unit, user)
    if user.developer_id != application.developer_id:
        raise ConsentRefused(
            "SPDC8143",
            f"{user.email} does not act for the developer of {application.name}.",
            "Sign in as the developer, or use the application's authorization link.",
        )
    _check_cap(unit, application, seller)
    return give_grant(unit, seller.seller_id, application_id, by=by)


def deny(unit: UnitOfWork, asked: Asked, user: User, *, by: Actor) -> None:
    """Say no. What the seller gave the application before stays as it is."""
    audit.note(
        unit,
        "consent.denied",
        by,
        seller_id=user.seller_id or "",
        application_id=asked.application.application_id,
        details={"scopes": " ".join(asked.scopes)},
    )


def _check(unit: UnitOfWork, asked: Asked, user: User) -> Seller:
    """Whose consent is asked for; raises `ConsentRefused` if there is none to give."""
    # Read anew: between the page and the click the developer may have changed it.
    application = application_by(unit, application_id=asked.application.application_id)
    if application.status is ApplicationStatus.DRAFT and not asked.is_beta:
        raise ConsentRefused(
            "MD1000",
            f"{application.name} is a draft, and the link does not say so.",
            "Publish the application, or add version=beta to its link while you try it.",
        )
    if asked.redirect_uri not in application.redirect_uris:
        raise ConsentRefused(
            "MD5101",
            f"The redirect URI is not one that {application.name} is registered with.",
            "Register it, letter by letter, or leave redirect_uri out of the link.",
        )
    within_registration(application, asked.scopes)
    seller = _seller_of(unit, user)
    _check_cap(unit, application, seller)
    return seller


def _seller_of(unit: UnitOfWork, user: User) -> Seller:
    """For whom a user may let applications in."""
    if user.seller_id is None:
        raise ConsentRefused(
            "SPSA0404",
            f"{user.email} acts for no seller.",
            "Sign in as the primary user of the seller's account.",
        )
    if not user.is_primary:
        raise ConsentRefused(
            "SPDC8143",
            f"{user.email} is not the primary user of the seller's account.",
            "Ask the primary user to sign in and authorize the application.",
        )
    return seller_of(unit, user.seller_id)


def _hold(unit: UnitOfWork, application_id: str) -> None:
    """Have who would be let in by the cap's last place wait for each other.

    Not FOR UPDATE: whoever exchanges a code only refers to the application, and must not wait.
    """
    this = tables.applications.c.application_id == application_id
    unit.execute(select(tables.applications.c.application_id).where(this).with_for_update(key_share=True))


def _check_cap(unit: UnitOfWork, application: Application, seller: Seller) -> None:
    most = CAPS.get(application.distribution)
    if most is not None and _others(unit, application.application_id, seller.seller_id) >= most:
        raise ConsentRefused(
            "CONSENT_LIMIT_REACHED",
            f"{application.name} is let in by {counted(most, 'seller')}; as a {application.distribution.value}"
            " application it may have no more.",
            "Have the developer list the application, or a seller revoke it that needs it no longer.",
        )


def _approved(asked: Asked, ticked: frozenset[str]) -> tuple[str, ...]:
    strange = sorted(ticked.difference(asked.scopes))
    if strange:
        message = f"{', '.join(strange)} is not among what {asked.application.name} asks for."
        raise ConsentRefused("SCOPE_NOT_ASKED", message, "Open the application's link again, and choose from its page.")
    needed = [scope for scope in asked.scopes if scope not in ticked and scope not in asked.optional]
    if needed:
        message = f"{asked.application.name} cannot do without {', '.join(needed)}."
        raise ConsentRefused("SCOPE_REQUIRED", message, "Approve with it, or deny the request as a whole.")
    if asked.scopes and not ticked:
        message = f"Nothing is ticked, so there is nothing to let {asked.application.name} do."
        raise ConsentRefused("NOTHING_TICKED", message, "Tick what it may do, or deny the request.")
    return tuple(scope for scope in asked.scopes if scope in ticked)


def _others(unit: UnitOfWork, application_id: str, seller_id: str) -> int:
    """How many other sellers let an application in, or have said so with a code that may still be exchanged."""
    grants, codes = tables.grants.c, tables.codes.c
    endless = grants.expires_at.is_(None) | (grants.expires_at > unit.now)
    letting_in = union(
        select(grants.seller_id).where(grants.application_id == application_id, grants.revoked_at.is_(None), endless),
        select(codes.seller_id).where(
            codes.application_id == application_id, codes.used_at.is_(None), codes.expires_at > unit.now
        ),
    ).subquery()
    wanted = select(func.count(distinct(letting_in.c.seller_id))).where(letting_in.c.seller_id != seller_id)
    found: int = unit.execute(wanted).scalar_one()
    return found
