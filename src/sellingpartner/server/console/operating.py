"""The operator enters: by the control key, or by being at the market's machine."""

from __future__ import annotations

from sellingpartner.server.console import places
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.sign_in import form_again
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import HttpAnswer


def enter(visit: Visit) -> HttpAnswer:
    """Let the operator in, or say why not."""
    visit.check_form()
    return_to = places.local(visit.form.one("return_to")) or ""
    refusal = visit.door.refusal(visit.request, visit.form.one("control_key"))
    if refusal:
        visit.code, visit.reason = "OperatorRefused", refusal
        return form_again(visit, return_to, alert=refusal, status=403)
    visit.headers = [visit.door.let_in(visit.request)]
    return redirect(return_to or places.MARKET)
