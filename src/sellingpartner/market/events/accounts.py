"""What happens among sellers, developers and their applications."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.storage.events import Event


class SellerJoined(Event):
    """A seller opened an account."""

    seller_id: str


class ApplicationRegistered(Event):
    """A developer registered an application."""

    application_id: str


class ApplicationChanged(Event):
    """A developer changed what an application is registered as; `changed` names the fields."""

    application_id: str
    changed: tuple[str, ...]


class GrantGiven(Event):
    """A seller let an application act for it."""

    application_id: str
    grant_id: int
    scopes: tuple[str, ...]


class GrantNarrowed(Event):
    """A seller took some scopes out of a grant; others are left in it."""

    application_id: str
    grant_id: int
    withdrawn: tuple[str, ...]
    scopes: tuple[str, ...]


class GrantRevoked(Event):
    """A seller took a grant back."""

    application_id: str
    grant_id: int


class GrantExpired(Event):
    """A grant ended by itself: its seller did not renew it in time."""

    application_id: str
    grant_id: int


class SecretMade(Event):
    """An application got a client secret, its first or another one."""

    application_id: str
    expires_at: datetime


class SecretRotated(Event):
    """An application got another client secret; the one before works on until its own end."""

    application_id: str
    expires_at: datetime
    old_expires_at: datetime


class SecretExpiryNears(Event):
    """An application's client secret ends before long, and there is no later one."""

    application_id: str
    expires_at: datetime


class AccountStatusChanged(Event):
    """A seller's account stands otherwise than before in a marketplace: NORMAL, AT_RISK or DEACTIVATED."""

    marketplace_id: str
    previous: str
    current: str
