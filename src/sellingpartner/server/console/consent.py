"""The consent page: who asks, for whom, for what; and the seller's decision.

The form carries the request, and the decision reads it again from the start: what was registered, given or signed in
meanwhile counts. It also carries which scopes were shown: what a seller did not see cannot be approved.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from sellingpartner.market.accounts import consent as rules
from sellingpartner.server.authorization.asking import PARAMETERS, application_named, asked, is_amazons_form
from sellingpartner.server.authorization.returning import approved_url, denied_url
from sellingpartner.server.console import places
from sellingpartner.server.console.consent_form import Question, Way, put
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork


def show(visit: Visit) -> HttpAnswer:
    """Ask the seller."""
    with visit.market.write() as unit:
        return _question(visit, unit, visit.query.as_sent).page(visit)


def decide(visit: Visit) -> HttpAnswer:
    """Do as the seller decided, and send the browser back to the application."""
    sent = visit.form.as_sent
    with visit.market.write() as unit:
        question = _question(visit, unit, sent)
        answer = question.answered(visit)
        if isinstance(answer, HttpAnswer):
            return answer
        if not answer.is_approved:
            rules.deny(unit, question.asked, question.user, by=visit.actor)
            return redirect(denied_url(question.asked))
        code = rules.approve(unit, question.asked, question.user, ticked=answer.scopes, by=visit.actor)
    target = approved_url(question.asked, code, question.seller.seller_id, is_amazons_form=is_amazons_form(sent))
    return redirect(target)


def _question(visit: Visit, unit: UnitOfWork, sent: Mapping[str, list[str]]) -> Question:
    """Read the request, and put it to who is signed in; raises what is not to be asked."""
    visit.application_id = application_named(unit, sent)
    wanted = asked(unit, sent)
    carried = [(name, value) for name in PARAMETERS for value in sent.get(name, ())]
    way = Way(
        action=places.CONSENT,
        return_to=f"{places.CONSENT}?{urlencode(carried)}",
        leads_to=wanted.redirect_uri,
        carried=carried,
    )
    return put(visit, unit, wanted, way)
