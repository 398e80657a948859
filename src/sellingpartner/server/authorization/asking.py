"""Reading an authorization request: what an application asks of a seller, in the address that it sends the seller to.

Three things may come of it (RFC 6749, 4.1.1 and 4.1.2.1). It can be asked: then it is shown to the seller. It cannot,
and it is not certain who asks or where to answer: that is a page with Amazon's error code, and no redirect, ever. Or
the application and its redirect URI are certain and something else is wrong: then the application is told.

    application_id         whose client id is no application id, and whose draft needs version=beta
    redirect_uri           exactly a registered one; the first registered one if it is left out
    state                  comes back as it was sent
    scope                  separated by spaces; without it (Amazon's form) everything that is registered
    code_challenge         PKCE (RFC 7636), by S256 alone
    version                beta, for drafts

What else is sent (`response_type`, `client_id`) is of no interest (RFC 6749, 3.1). An empty value is none at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

import msgspec

from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES, Region
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.counted import counted
from sellingpartner.market.accounts.consent import Asked, ConsentRefused
from sellingpartner.market.accounts.model import Application, ApplicationStatus
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.server.authorization.returning import refused_url
from sellingpartner.storage.unit import UnitOfWork

PARAMETERS = (
    "application_id",
    "redirect_uri",
    "state",
    "scope",
    "code_challenge",
    "code_challenge_method",
    "version",
)
"""What is read of a request, and all of it."""

BETA = "beta"

_LONGEST = {"application_id": 80, "redirect_uri": 2048, "state": 2048, "scope": 1024}
_LONGEST_ELSE = 200
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # what S256 makes of any verifier


class ConsentRedirect(Exception):
    """The request is the application's fault and the application can be told: `url` is where the browser is sent."""

    def __init__(self, url: str, error: str, reason: str, asked_by: Application) -> None:
        super().__init__(reason)
        self.url = url
        self.error = error
        self.reason = reason
        self.application = asked_by


class Host(msgspec.Struct, frozen=True):
    """What the name that the browser came by says: whose central it is, and of which region."""

    name: str
    region: Region | None = None
    is_vendors: bool = False


def host_of(name: str) -> Host:
    """Read a Host header. It decides who may sign in here and what is said to others, never where a link leads."""
    plain = name.partition(":")[0].strip().lower().rstrip(".")
    for marketplace in MARKETPLACES.values():
        if plain == marketplace.seller_central:
            return Host(plain, marketplace.region)
        if plain == marketplace.vendor_central:
            return Host(plain, marketplace.region, is_vendors=True)
    # Any other name, localhost among them, is the market's own: all sellers are at home there.
    return Host(plain)


def asked(unit: UnitOfWork, parameters: Mapping[str, list[str]]) -> Asked:
    """What an application asks; raises `ConsentRefused` for a page, `ConsentRedirect` for what it may be told."""
    said = _read(parameters)
    application = _application(unit, said)
    redirect_uri = _redirect_uri(application, said)
    state = said.get("state", "")
    if not state:
        # Assumed: a consent request needs a state, as Amazon's current pages say; an older guide lets it be left out.
        # Without one, anybody could tie a seller to their own session of the application.
        raise ConsentRefused(
            "invalid_request",
            "The request has no state.",
            "Send a state: a fresh random value that you keep with the browser's session and compare when it returns.",
            begin_at=application.login_uri,
        )

    def refuse(error: str, reason: str) -> ConsentRedirect:
        return ConsentRedirect(refused_url(redirect_uri, state, error, reason), error, reason, application)

    challenge = said.get("code_challenge")
    fault = _fault_of_challenge(challenge, said.get("code_challenge_method"))
    if fault:
        raise refuse("invalid_request", fault)
    scopes = tuple(dict.fromkeys(said["scope"].split(" "))) if "scope" in said else application.scopes
    fault = _fault_of_scopes(application, tuple(scope for scope in scopes if scope))
    if fault:
        raise refuse("invalid_scope", fault)
    return Asked(
        application=application,
        redirect_uri=redirect_uri,
        state=state,
        scopes=tuple(scope for scope in SCOPES if scope in scopes),
        optional=tuple(scope for scope in application.optional_scopes if scope in scopes),
        challenge=challenge,
        is_beta=said.get("version") == BETA,
    )


def asked_in_store(unit: UnitOfWork, application_id: str, *, is_beta: bool) -> tuple[Asked, str]:
    """What an application asks a seller who finds it in the store, and its login URI, where the seller is sent then."""
    said = _read({"application_id": [application_id], "version": [BETA] if is_beta else []})
    application = _application(unit, said)
    redirect_uri = _redirect_uri(application, said)
    if application.login_uri is None:
        raise ConsentRefused(
            "MD9100",
            f"{application.name} has no login URI, so the store could not send a seller to it.",
            "Register a login URI for the application on the developer's page.",
        )
    wanted = Asked(
        application=application,
        redirect_uri=redirect_uri,
        state="",
        scopes=application.scopes,
        optional=application.optional_scopes,
        challenge=None,
        is_beta=is_beta,
    )
    return wanted, application.login_uri


def application_named(unit: UnitOfWork, parameters: Mapping[str, list[str]]) -> str:
    """The id of the application that a request is about, if it names one at all, by whichever id: for the log."""
    for name in parameters.get("application_id", ())[:1]:
        if len(name) > _LONGEST["application_id"] or not name.isprintable():
            continue
        for ids in ({"application_id": name}, {"client_id": name}):
            with suppress(NotFound):
                return application_by(unit, **ids).application_id
    return ""


def is_amazons_form(parameters: Mapping[str, list[str]]) -> bool:
    """Whether a request is as Amazon's documents have it: without `scope`, and so without `code` in its answer."""
    return not any(parameters.get("scope", ()))


def _read(parameters: Mapping[str, list[str]]) -> dict[str, str]:
    """The parameters that count, each once, of bounded length and printable."""
    said: dict[str, str] = {}
    for name in PARAMETERS:
        values = [value for value in parameters.get(name, ()) if value]
        if not values:
            continue
        fault = _fault_of(name, values)
        if fault:
            # Assumed: a parameter of a consent request that cannot be read is `invalid_request`, as RFC 6749 calls it:
            # Amazon has no code for it.
            raise ConsentRefused("invalid_request", fault, f"Send {name} once, as plain text, encoded for a URL.")
        said[name] = values[0]
    return said


def _fault_of(name: str, values: list[str]) -> str:
    longest = _LONGEST.get(name, _LONGEST_ELSE)
    if len(values) > 1:
        return f"The request has {counted(len(values), 'value')} for {name}; there can be one."
    if len(values[0]) > longest:
        return f"The {name} is {counted(len(values[0]), 'character')} long; the longest that is read is {longest}."
    if not values[0].isprintable() or "\ufffd" in values[0]:
        return f"The {name} holds characters that cannot be printed, or is not encoded as UTF-8."
    return ""


def _application(unit: UnitOfWork, said: dict[str, str]) -> Application:
    name = said.get("application_id", "")
    if not name:
        raise ConsentRefused(
            "MD1000",
            "The request does not say which application asks.",
            "Add application_id, which looks like amzn1.sp.solution.<uuid>; the developer's page shows it.",
        )
    try:
        application = application_by(unit, application_id=name)
    except NotFound:
        raise _unknown(unit, name) from None
    if application.status is ApplicationStatus.DRAFT and said.get("version") != BETA:
        raise ConsentRefused(
            "MD1000",
            f"{application.name} is a draft, and drafts are only open to those who test them.",
            "Add version=beta to the address while the application is a draft, or publish it.",
        )
    return application


def _unknown(unit: UnitOfWork, name: str) -> ConsentRefused:
    try:
        application_by(unit, client_id=name)
    except NotFound:
        return ConsentRefused(
            "MD1000",
            "No application of this market has the application_id that was sent.",
            "Compare application_id with the one on the developer's page; it looks like amzn1.sp.solution.<uuid>.",
        )
    return ConsentRefused(
        "MD1000",
        "The application_id that was sent is a client id.",
        "Send the application's id (amzn1.sp.solution.<uuid>); the client id belongs to the token endpoint.",
    )


def _redirect_uri(application: Application, said: dict[str, str]) -> str:
    registered = application.redirect_uris
    if not registered:
        # Assumed: an application that registered no redirect URI is refused with MD5100, and with MD9100 if it has no
        # login URI either.
        code = "MD5100" if application.login_uri else "MD9100"
        raise ConsentRefused(
            code,
            f"{application.name} has no redirect URI, so a seller could not be sent back to it.",
            "Register a redirect URI for the application on the developer's page.",
        )
    uri = said.get("redirect_uri", registered[0])
    if "#" in uri:
        raise ConsentRefused(
            "MD5110",
            "The redirect_uri holds a fragment.",
            "Leave out the # and what follows it, in the request and in the registration.",
        )
    if uri not in registered:
        raise ConsentRefused(
            "MD5101",
            f"The redirect_uri is not registered for {application.name}.",
            "Send one that is registered, to the letter (scheme, port, path and the slash at its end), or register it.",
        )
    return uri


def _fault_of_challenge(challenge: str | None, method: str | None) -> str:
    if challenge is None:
        return "code_challenge_method was sent without a code_challenge." if method else ""
    if method != "S256":
        return "The code_challenge_method must be S256."
    if not _CHALLENGE.fullmatch(challenge):
        return "The code_challenge must be the 43 characters that S256 makes: base64url without padding."
    return ""


def _fault_of_scopes(application: Application, scopes: tuple[str, ...]) -> str:
    """Why scopes cannot be asked for. It is said in an address: the scopes themselves, which may hold anything, not."""
    if not scopes:
        return f"{application.name} asks for no scope."
    if any(scope not in SCOPES for scope in scopes):
        return "The scope names what is no scope of a seller's."
    beyond = [scope for scope in scopes if scope not in application.scopes]
    if beyond:
        return f"The application is not registered for {', '.join(beyond)}."
    return ""
