"""Signing in and out. The password is checked outside of any unit of work: that takes long, on purpose."""

from __future__ import annotations

from contextlib import suppress
from math import ceil
from urllib.parse import unquote, urlsplit

from sellingpartner.contract.errors import NotFound
from sellingpartner.counted import counted
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.accounts.signing_in import SignedIn, SignInRefused, enter, leave, password_check, why_ended
from sellingpartner.server.console import cookies, places
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.troubles import SignInFirst
from sellingpartner.server.console.visit import Visit, home_of
from sellingpartner.server.gateway.http import HttpAnswer

_LONGEST = {"email": 254, "password": 1024}
_WRONG = "The email address or the password is not right."


def home(visit: Visit) -> HttpAnswer:
    """`/console`: on to where the user belongs."""
    with visit.market.write() as unit:
        user = visit.whoever(unit)
    if visit.is_operator:
        return redirect(places.MARKET)
    if user is None:
        raise SignInFirst(places.CONSOLE)
    return redirect(home_of(user))


def show(visit: Visit) -> HttpAnswer:
    """The form; who is signed in already goes on."""
    return_to = places.local(visit.query.one("return_to")) or ""
    with visit.market.write() as unit:
        user = visit.whoever(unit)
        over = why_ended(unit, visit.key) if user is None and visit.key else ""
        now = unit.now
    if user is not None:
        return redirect(return_to or home_of(user))
    notice = f"Your session has ended. {over} It is {now:%H:%M on %B} {now.day}, {now.year} (UTC) in the market."
    return _form(visit, return_to, notice=notice if over else "")


def sign_in(visit: Visit) -> HttpAnswer:
    """Let somebody in, under a key that did not exist before, or say why not."""
    visit.check_form()
    return_to = places.local(visit.form.one("return_to")) or ""
    email = visit.form.one("email").strip()
    faults = _faults_of(email, visit.form.one("password"))
    if faults:
        visit.code, visit.reason = "SignInRefused", "The form was not filled in as it must be."
        return _form(visit, return_to, email=email, faults=faults, status=400)
    try:
        signed_in = _try(visit, email, visit.form.one("password"))
    except SignInRefused as refused:
        return _locked_out(visit, refused, return_to, email)
    if signed_in is None:
        visit.code, visit.reason = "SignInRefused", _WRONG
        return _form(visit, return_to, email=email, alert=_WRONG, status=401)
    visit.seller_id = signed_in.user.seller_id or ""
    answer = redirect(return_to or home_of(signed_in.user))
    visit.headers = [cookies.keep(visit.request, signed_in.token)]
    return answer


def sign_out(visit: Visit) -> HttpAnswer:
    """End the session. Whoever wants to go on as somebody else is led to where they were."""
    return_to = places.local(visit.form.one("return_to"))
    with visit.market.write() as unit:
        if visit.whoever(unit) is not None:
            visit.check_form()
            leave(unit, visit.key)
            visit.headers = [cookies.forget(visit.request)]
        if visit.is_operator:
            visit.check_form()
            visit.headers = [*visit.headers, cookies.forget_entry(visit.request)]
    return redirect(places.SIGN_IN if return_to is None else places.sign_in_to(return_to))


def _try(visit: Visit, email: str, password: str) -> SignedIn | None:
    address = visit.request.peer
    with visit.market.read() as unit:
        check = password_check(unit, email, address)
    is_right = check.verify(password)
    with visit.market.write() as unit:
        return enter(unit, check, is_right, address=address, agent=visit.agent)


def _locked_out(visit: Visit, refused: SignInRefused, return_to: str, email: str) -> HttpAnswer:
    """Say how long to wait; in the same words whether or not the account exists."""
    visit.code, visit.reason = "SignInRefused", refused.message
    wait = max(1, ceil((refused.retry_at - visit.market.clock.now()).total_seconds()))
    alert = f"Too many attempts with this email address or from this place. Try again in {_in_words(wait)}."
    answer = _form(visit, return_to, email=email, alert=alert, status=429)
    answer.headers.append(("Retry-After", str(wait)))
    return answer


def _form(
    visit: Visit,
    return_to: str,
    *,
    email: str = "",
    alert: str = "",
    notice: str = "",
    faults: dict[str, str] | None = None,
    status: int = 200,
) -> HttpAnswer:
    is_for_application = return_to.startswith("/apps/")
    return visit.page(
        "sign_in.html",
        status=status,
        return_to=return_to,
        email=email,
        alert=alert,
        notice=notice,
        faults=faults or {},
        leads_to=_beyond(visit, return_to),
        is_for_application=is_for_application,
        asks_for_key=visit.door.asks_for_key,
        # Somebody whom an application sent here is no operator, even on the operator's machine.
        operator_may_enter=not is_for_application and not visit.door.shut_because(visit.request),
    )


def form_again(visit: Visit, return_to: str, *, alert: str, status: int) -> HttpAnswer:
    """The form once more, with what was wrong."""
    return _form(visit, return_to, alert=alert, status=status)


def _beyond(visit: Visit, return_to: str) -> str:
    """The origins that signing in may end at: an application back from its login page is redirected at once.

    Browsers hold a form's `form-action` against every redirect that follows it.
    """
    if not return_to.startswith(places.CONFIRM):
        return ""
    application_id = unquote(urlsplit(return_to).path.removeprefix(places.CONFIRM))
    with visit.market.read() as unit, suppress(NotFound):
        return places.origins_of(application_by(unit, application_id=application_id).redirect_uris)
    return ""


def _faults_of(email: str, password: str) -> dict[str, str]:
    faults = {}
    for name, value, missing in (
        ("email", email, "Enter your email address."),
        ("password", password, "Enter your password."),
    ):
        if not value:
            faults[name] = missing
        elif len(value) > _LONGEST[name]:
            faults[name] = f"This is longer than {_LONGEST[name]} characters."
    if email and not email.isprintable():
        faults["email"] = "This holds characters that no email address has."
    return faults


def _in_words(seconds: int) -> str:
    if seconds < 60:  # noqa: PLR2004 - seconds of a minute
        return counted(seconds, "second")
    return counted(ceil(seconds / 60), "minute")
