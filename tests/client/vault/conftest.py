"""Every kind of store for every story, each opened as often as a test likes over the same place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from sellingpartner.client.grants import GrantStore, MemoryGrants, SellerGrant
from sellingpartner.client.vault import Keyring, SecretsManagerGrants, SQLGrants, SQLiteGrants

Open = Callable[[], GrantStore]
Give = Callable[..., SellerGrant]


@pytest.fixture
def keyring() -> Keyring:
    return Keyring.generate()


@pytest.fixture
def give() -> Give:
    """Makes a grant; any of its facts can be said."""

    def given(seller_id: str = "A1HARBORGOODS", **more: Any) -> SellerGrant:  # noqa: ANN401 - fields of SellerGrant
        facts: dict[str, Any] = {
            "client_id": "amzn1.application-oa2-client.1",
            "refresh_token": f"Atzr|{seller_id}",
            "given_at": datetime(2026, 11, 2, 9, tzinfo=UTC),
            "scopes": ("sellingpartnerapi::orders",),
        }
        return SellerGrant(seller_id=seller_id, **(facts | more))

    return given


@pytest.fixture(scope="session")
def aws_url() -> Iterator[str]:
    """A real server that speaks Secrets Manager and KMS."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def aws(aws_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Makes clients of AWS's services."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    return lambda service: boto3.client(service, endpoint_url=aws_url, region_name="us-east-1")


@pytest.fixture(params=["memory", "sqlite", "sql", "postgresql", "aws"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path, keyring: Keyring) -> Iterator[Open]:
    """Opens a store, over the same place each time."""
    opened: list[SQLGrants] = []

    def over_sql() -> SQLGrants:
        opened.append(SQLGrants(database, keyring))
        return opened[-1]

    if request.param == "memory":
        kept = MemoryGrants()
        yield lambda: kept
    elif request.param == "aws":
        client, prefix = request.getfixturevalue("aws")("secretsmanager"), f"test-{uuid4().hex[:8]}"
        yield lambda: SecretsManagerGrants(prefix, client=client)
    elif request.param == "sqlite":
        yield lambda: SQLiteGrants(tmp_path / "grants.db", keyring)
    else:
        is_file = request.param == "sql"
        database = f"sqlite:///{tmp_path / 'sql.db'}" if is_file else request.getfixturevalue("blank_postgres_url")
        yield over_sql
        for store in opened:
            store.close()
