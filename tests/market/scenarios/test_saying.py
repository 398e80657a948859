"""What a scenario file may say, and what is told of one that cannot be."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest

from sellingpartner.contract.errors import NotFound, SellingPartnerError
from sellingpartner.market.accounts.questions import application_by, caller_of
from sellingpartner.market.accounts.users import user_by_email
from sellingpartner.market.market import Market
from sellingpartner.market.scenarios.building import build
from sellingpartner.market.scenarios.checking import BadScenario
from sellingpartner.market.scenarios.lines import line_of
from sellingpartner.market.scenarios.model import Scenario, SellerPart
from sellingpartner.market.scenarios.reading import names, read, ready, text_of
from sellingpartner.market.scenarios.schema import schema, text
from sellingpartner.market.time.clock import Mode
from sellingpartner.server.process.preparing import prepare
from sellingpartner.server.process.scenario import limits_of
from sellingpartner.server.process.settings import CannotServe, Settings

DOCS = Path(__file__).parents[3] / "docs"
EVERYTHING = """
about = "All that can be said."
at = 2026-11-27T09:00:00Z
limits = "x10"
chaos = "throttled"
faults = ["delay 1 operation=getOrder"]

[clock]
mode = "live"
speed = 60

[application]
client_id = "amzn1.application-oa2-client.first"
client_secret = "amzn1.oa2-cs.v1.first"
refresh_token = "Atzr|the-first-of-them"

[[applications]]
name = "Second Application"
client_id = "amzn1.application-oa2-client.second"
client_secret = "amzn1.oa2-cs.v1.second"
scopes = ["sellingpartnerapi::orders", "sellingpartnerapi::products"]

[[sellers]]
name = "Pays d'Or"
marketplaces = ["FR", "DE"]
skus = [{ sku = "TASSE", title = "Tasse", price = 12.5, business_price = 9.99 }]
returns = [{ sku = "TASSE", state = "asked" }]
users = [{ email = "owner@pays.example", password = "correct horse battery" }]
accounts = [{ marketplace = "FR", status = "AT_RISK" }]

[[sellers.orders]]
sku = "TASSE"
count = 4
days_ago = 20
until_days_ago = 15
state = "shipped"
marketplace = "DE"
is_business = true

[[sellers.grants]]
application = "Second Application"
scopes = ["sellingpartnerapi::orders"]
refresh_token = "Atzr|the-second-of-them"
"""


def said(tmp_path: Path, content: str) -> Scenario:
    (tmp_path / "mine.toml").write_text(content)
    return read(tmp_path / "mine.toml")


def test_all_that_a_file_says_is_so(tmp_path: Path) -> None:
    market = Market.open(seed=3)

    built = build(market, said(tmp_path, EVERYTHING))

    assert (built.client_id, built.refresh_token) == ("amzn1.application-oa2-client.first", "Atzr|the-first-of-them")
    assert (market.clock.mode, market.clock.speed) == (Mode.LIVE, 60)
    assert market.clock.now() - datetime(2026, 11, 27, 9, tzinfo=UTC) < timedelta(hours=2)
    assert len(market.faults.rules) == 3
    with market.read() as unit:
        second = application_by(unit, client_id="amzn1.application-oa2-client.second")
        caller = caller_of(unit, "Atzr|the-second-of-them")
        assert (caller.application_id, caller.scopes) == (
            second.application_id,
            frozenset({"sellingpartnerapi::orders"}),
        )
        assert user_by_email(unit, "owner@pays.example") is not None
    market.close()


def test_a_served_market_begins_at_the_moment_and_with_the_limits_that_its_scenario_says(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(EVERYTHING.replace("speed = 60", "").replace('"live"', '"frozen"'))
    market = Market.open()

    prepare(market, Settings(scenario=str(tmp_path / "mine.toml"), credentials=tmp_path / "credentials.env"))

    assert (market.clock.mode, market.clock.now()) == (Mode.FROZEN, datetime(2026, 11, 27, 9, tzinfo=UTC))
    assert (limits_of(str(tmp_path / "mine.toml")), limits_of("busy-seller"), limits_of(None)) == ("x10", None, None)
    with pytest.raises(CannotServe, match="no scenario 'none'"):
        limits_of("none")
    market.close()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"FR", "DE"', '"FR", "US"', r"in one region; these are in EU, NA - at `\$.sellers\[0\].marketplaces`"),
        ('marketplace = "DE"', 'marketplace = "IT"', r"no 'IT'; there are FR, DE - at `\$.sellers\[0\].orders"),
        ('sku = "TASSE"\ncount', 'sku = "TASSES"\ncount', r"no 'TASSES'; there are TASSE"),
        ('application = "Second', 'application = "Third', r"no 'Third Application'; there are Second Application"),
        ('faults = ["delay 1', 'faults = ["delays 1', r"Did you mean delay\? - at `\$.faults\[0\]`"),
        ("2026-11-27T09:00:00Z", "2026-11-27T09:00:00", "at needs a time zone"),
        ('"throttled"', '"thrilled"', "thrilled"),
        ("speed = 60", "speed = 0", "speed"),
        ('amzn1.application-oa2-client.second"', 'amzn1.application-oa2-client.first"', "stands twice"),
        ("sellingpartnerapi::products", "sellingpartnerapi::product", r"no 'sellingpartnerapi::product'"),
        ('"AT_RISK"', '"RISKY"', r"sellers\[0\].accounts\[0\].status`, line 29\."),
        ("days_ago = 20", 'days_ago = "x"', r"at `\$.sellers\[0\].orders\[0\].days_ago`, line 34\."),
        ('marketplace = "DE"', 'marketplace = "IT"', r"orders\[0\].marketplace`, line 37\."),
        ('scopes = ["sellingpartnerapi::orders"]', "scopes = 3", r"grants\[0\].scopes`, line 42\."),
        ("speed = 60", "sped = 60", r"unknown field `sped` - at `\$.clock`, line 8\."),
        ("[clock]", "[clock", "at line 8"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, why: str) -> None:
    assert old in EVERYTHING

    with pytest.raises(BadScenario, match=why):
        said(tmp_path, EVERYTHING.replace(old, new))


def test_a_place_in_one_of_several_tables_is_on_its_own_line() -> None:
    text = "[[a]]\nx = 1\n[[a.b]]\ny = 1\n[[a.b]]\ny = 2\n[[a]]\n[[a.b]]\n# y\n  y = 3\n[a.c.d]\nz = 1\n"

    found = [
        "$.a[0].x",
        "$.a[0].b[1].y",
        "$.a[1]",
        "$.a[1].b[0].y",
        "$.a[1].c.d.z",
        "$.a[1].b[0].none[3].q",
        "$",
        "$.e",
    ]

    assert [line_of(text, place) for place in found] == [2, 6, 7, 10, 12, 8, None, None]


def test_two_sellers_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadScenario, match=r"\"Pays d'Or\" stands twice - at `\$.sellers`"):
        said(tmp_path, EVERYTHING + '\n[[sellers]]\nname = "Pays d\'Or"\n')


def test_returns_of_what_has_not_come_are_refused(tmp_path: Path) -> None:
    market = Market.open()

    with pytest.raises(SellingPartnerError, match="too few have arrived"):
        build(
            market,
            said(tmp_path, EVERYTHING.replace("days_ago = 20", "days_ago = 2").replace("until_days_ago = 15", "")),
        )
    market.close()


def test_the_schema_is_what_the_docs_keep_and_knows_every_field() -> None:
    assert (DOCS / "scenario.schema.json").read_text() == text(), (
        "spapi scenario schema --file docs/scenario.schema.json"
    )

    parts = schema()["$defs"]
    assert set(parts["SellerPart"]["properties"]) == set(SellerPart.__struct_fields__)
    assert parts["OrderPart"]["properties"]["days_ago"]["description"].startswith("When the first was placed")
    assert parts["FirstApplicationPart"]["properties"]["scopes"]["description"].startswith("What it is registered for")
    assert parts["SkuPart"]["additionalProperties"] is False


@pytest.mark.parametrize("name", names())
def test_ready_scenarios_are_as_the_schema_says(name: str) -> None:
    told = msgspec.to_builtins(tomllib.loads(text_of(name)))

    jsonschema_rs.validator_for(schema()).validate(told)

    assert ready(name).about == told["about"]


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(NotFound, match="Did you mean returns-wave"):
        ready("return-wave")
