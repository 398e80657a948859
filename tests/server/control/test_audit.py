from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.market_v1.audit import COLUMNS, as_csv
from sellingpartner.contract.scopes import ORDERS
from sellingpartner.testing import Caller, TestMarket


def test_the_audit_says_what_the_operator_did_and_from_where(market: TestMarket, operator: Caller) -> None:
    begin = operator.send(v1.ListAudit(limit=1000)).entries[-1].number
    seller_id, application_id = market.seller_account.seller_id, market.application.application_id

    grant = operator.send(v1.CreateGrant(seller_id=seller_id, application_id=application_id, scopes=[ORDERS]))
    operator.send(v1.RevokeGrant(grant_id=grant.grant_id))

    told = operator.send(v1.ListAudit(after=begin, seller_id=seller_id, application_id=application_id))
    assert [(one.what, one.actor, one.address) for one in told.entries] == [
        ("grant.given", "operator", "127.0.0.1"),
        ("grant.revoked", "operator", "127.0.0.1"),
    ]
    assert (told.entries[0].at, told.next) == (market.now, None)
    with pytest.raises(NotFound, match="There is no seller x"):
        operator.send(v1.ListAudit(after=begin, seller_id="x"))


def test_it_is_read_stretch_by_stretch(operator: Caller) -> None:
    whole = operator.send(v1.ListAudit(limit=1000)).entries
    assert len(whole) == 3
    read: list[v1.AuditEntry] = []
    after: int | None = 0
    while after is not None:
        told = operator.send(v1.ListAudit(after=after, limit=2))
        assert len(told.entries) <= 2
        read += told.entries
        after = told.next

    assert read == whole


def test_a_stretch_that_cannot_be_is_refused(operator: Caller) -> None:
    for query in ("limit=0", "limit=1001", "after=-1", "after=first", f"after={10**30}"):
        assert operator.call("GET", f"/market/v1/audit?{query}").status == 400


def test_as_csv_every_cell_is_text_and_none_a_formula() -> None:
    entry = v1.AuditEntry(
        number=7,
        at=datetime(2026, 11, 2, 9, tzinfo=UTC),
        what="sign_in.refused",
        actor="user",
        actor_id="=HYPERLINK(1)",
        details={"agent": 'a "quoted", agent', "x": "1"},
    )

    rows = list(csv.reader(io.StringIO("".join(as_csv([entry])))))

    assert rows == [
        list(COLUMNS),
        [
            "7", "2026-11-02T09:00:00Z", "sign_in.refused", "user", "'=HYPERLINK(1)", "", "", "",
            'agent=a "quoted", agent; x=1',
        ],
    ]  # fmt: skip
