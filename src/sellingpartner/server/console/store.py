"""The appstore's way (it begins at the seller, not at the application), in Amazon's four steps.

a  /apps/store/{application}         the seller consents in the store
b  -> the application's login URI     amazon_callback_uri, amazon_state, selling_partner_id
c  /apps/authorize/confirm/{app..}   the application sends the browser back: amazon_state, its own state
d  -> the redirect URI                as after consent in Amazon's form
"""

from __future__ import annotations

from urllib.parse import urlencode

from msgspec import structs

from sellingpartner.market.accounts import consent as rules
from sellingpartner.market.accounts.consent import ConsentRefused
from sellingpartner.market.accounts.model import ApplicationStatus
from sellingpartner.market.accounts.referrals import ReferralRefused, refer, take_up
from sellingpartner.server.authorization.asking import BETA, application_named, asked, asked_in_store
from sellingpartner.server.authorization.returning import approved_url, login_url
from sellingpartner.server.console import places
from sellingpartner.server.console.consent_form import Question, Way, put
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.troubles import SignInFirst
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork


def show(visit: Visit) -> HttpAnswer:
    """Ask the seller, in the store."""
    with visit.market.write() as unit:
        return _question(visit, unit).page(visit)


def decide(visit: Visit) -> HttpAnswer:
    """Do as the seller decided: on to the application's login page, or nowhere."""
    with visit.market.write() as unit:
        question = _question(visit, unit)
        answer = question.answered(visit)
        if isinstance(answer, HttpAnswer):
            return answer
        application = question.asked.application
        if not answer.is_approved:
            rules.deny(unit, question.asked, question.user, by=visit.actor)
            return redirect(places.APPLICATIONS)
        shown = [one.scope for one in question.offer.scopes]
        state = refer(unit, application.application_id, question.user, scopes=shown, approved=answer.scopes)
    told = {
        "amazon_callback_uri": f"{visit.request.origin}{places.CONFIRM}{application.application_id}",
        "amazon_state": state,
        "selling_partner_id": question.seller.seller_id,
    }
    if application.status is ApplicationStatus.DRAFT:
        told["version"] = BETA
    return redirect(login_url(question.way.leads_to, told))


def confirm(visit: Visit) -> HttpAnswer:
    """The application is back for what the seller consented to."""
    # The state that came from the store stands for what the seller chose there, drafts included.
    sent = {**visit.query.as_sent, "application_id": [visit.values[0]], "scope": [], "version": [BETA]}
    with visit.market.write() as unit:
        visit.application_id = application_named(unit, sent)
        wanted = asked(unit, sent)
        user = visit.whoever(unit)
        if user is None:
            raise SignInFirst(visit.here)
        try:
            referral = take_up(unit, wanted.application.application_id, user, visit.query.one("amazon_state"))
        except ReferralRefused as refused:
            raise ConsentRefused(
                "invalid_request",
                refused.message,
                "Send the browser back with the amazon_state that came to your login URI, unchanged, once, and within "
                "ten minutes. The seller can begin again in the store.",
            ) from None
        unit.seller_id = user.seller_id or unit.seller_id
        wanted = structs.replace(wanted, scopes=tuple(one for one in wanted.scopes if one in referral.scopes))
        made = rules.offer(unit, wanted, user)
        approved = [one for one in referral.approved if one in wanted.scopes]
        code = rules.approve(unit, wanted, user, ticked=approved, by=visit.actor)
    return redirect(approved_url(wanted, code, made.seller.seller_id, is_amazons_form=True))


def _question(visit: Visit, unit: UnitOfWork) -> Question:
    sent = visit.form if visit.request.method == "POST" else visit.query
    carried = [("version", BETA)] if sent.one("version") == BETA else []
    visit.application_id = application_named(unit, {"application_id": [visit.values[0]]})
    wanted, login_uri = asked_in_store(unit, visit.values[0], is_beta=bool(carried))
    here = f"{places.STORE}{visit.values[0]}"
    return_to = f"{here}?{urlencode(carried)}" if carried else here
    way = Way(
        action=here,
        return_to=return_to,
        leads_to=login_uri,
        carried=carried,
        leads_on=wanted.application.redirect_uris,
        denied_stays=True,
    )
    return put(visit, unit, wanted, way)
