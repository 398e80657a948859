from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.accounts.model import OPERATOR
from sellingpartner.market.accounts.questions import application_by, secret_ends_at
from sellingpartner.market.accounts.secrets import new_secret, secrets_of
from sellingpartner.testing import TestMarket


def test_an_application_knows_when_the_last_of_its_secrets_ends(market: TestMarket) -> None:
    application_id = market.application.application_id
    begin = market.now
    market.advance(days=30)

    with market.market.write() as unit:
        later = new_secret(unit, application_id, by=OPERATOR)

    with market.market.read() as unit:
        assert application_by(unit, application_id=application_id).secret_ends_at == begin + timedelta(days=210)
        assert secret_ends_at(unit, application_id, market.client_secret) == begin + timedelta(days=180)
        assert secret_ends_at(unit, application_id, later) == begin + timedelta(days=210)
        assert [(one.created_at, one.expires_at) for one in secrets_of(unit, application_id)] == [
            (begin, begin + timedelta(days=180)),
            (begin + timedelta(days=30), begin + timedelta(days=210)),
        ]
        assert secrets_of(unit, "none") == []
