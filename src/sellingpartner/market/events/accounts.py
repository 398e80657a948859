"""What happens among sellers, developers and their applications."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class SellerJoined(Event):
    """A seller opened an account."""

    seller_id: str


class ApplicationRegistered(Event):
    """A developer registered an application."""

    application_id: str


class GrantGiven(Event):
    """A seller let an application act for it."""

    application_id: str
    grant_id: int
    scopes: tuple[str, ...]


class GrantRevoked(Event):
    """A seller took a grant back."""

    application_id: str
    grant_id: int
