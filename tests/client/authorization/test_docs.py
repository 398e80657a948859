from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from seller_at_the_page import approve, revoke

from sellingpartner.contract.scopes import ORDERS
from sellingpartner.testing import TestMarket

TOUR = Path(__file__).parents[3] / "docs" / "authorization.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", TOUR.read_text(), re.MULTILINE | re.DOTALL)


@pytest.fixture
def seller_in(
    market: TestMarket, registered: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    """What the tour leaves to the seller, at a market where `spapi serve` would have put it."""
    here = httpx2.WSGITransport(market.server)
    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", lambda _, request: here.handle_request(request))
    for name, value in (registered | {"base_url": "http://market.test"}).items():
        monkeypatch.setenv(f"SP_API_{name.upper()}", value)
    monkeypatch.chdir(tmp_path)
    return {"consented": lambda url: approve(market, url, (ORDERS,)), "seller_revokes": lambda: revoke(market)}


def test_every_example_of_the_tour_runs(
    seller_in: dict[str, Any], market: TestMarket, capsys: pytest.CaptureFixture[str]
) -> None:
    for example in EXAMPLES:
        exec(compile(example, str(TOUR), "exec"), seller_in)

    seller_id = market.seller_account.seller_id
    said = capsys.readouterr().out.splitlines()
    url = "http://market.test/apps/authorize/consent?application_id=amzn1.sp.solution."
    assert len(EXAMPLES) == 11
    assert said[0] == "('sellingpartnerapi::orders',)"
    assert said[1] == f"{seller_id} ('sellingpartnerapi::orders',)"
    assert said[2] == "() ('sellingpartnerapi::finance',)"
    assert said[3].startswith("The state was made for another browser")
    assert said[4].startswith("Keyring(k")
    assert said[5] == f"{seller_id} 1"
    assert said[6].startswith(f"sellingpartnerapi::finance {url}")
    assert said[7].startswith(url)
    assert re.fullmatch(
        rf"SellerGrant\({seller_id} -, scopes: {ORDERS}, ended \d{{4}}-\d\d-\d\d: .*revoked.*\)", said[8]
    )
    assert said[9:] == [f"{seller_id} []", f"1 ['{seller_id}']", "2 rows"]
