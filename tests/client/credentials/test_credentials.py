from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sellingpartner.client import Credentials, Loaded, SellingPartner, load_credentials
from sellingpartner.client.credentials.endpoints import endpoint_of
from sellingpartner.contract.errors import NotConfigured

SECRET = "amzn1.oa2-cs.v1.0123456789abcdef"
PRIMARY = {
    "SP_API_CLIENT_ID": "id",
    "SP_API_CLIENT_SECRET": SECRET,
    "SP_API_REFRESH_TOKEN": "Atzr|0123456789abcdef",
    "SP_API_REGION": "EU",
}


Load = Callable[..., Loaded]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(environ: dict[str, str] | None = None, **given: Any) -> Loaded:  # noqa: ANN401
        return load_credentials(environ=environ or {}, folder=tmp_path / "here", home=tmp_path / "home", **given)

    return loaded


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text)


def test_the_environment_is_read_under_amazons_names(load: Load) -> None:
    found = load(PRIMARY)

    assert found.credentials == Credentials(
        client_id="id", client_secret=SECRET, refresh_token="Atzr|0123456789abcdef", region="EU"
    )
    assert found.sources["client_id"] == "environment SP_API_CLIENT_ID"


@pytest.mark.parametrize(
    ("names", "prefix"),
    [
        (("LWA_APP_ID", "LWA_CLIENT_SECRET", "SP_API_REFRESH_TOKEN"), ""),
        (("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN"), "AMZN_SELLING_PARTNER_"),
        (("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN"), "SELLING_PARTNER_APP_"),
        (("LWA_CLIENT_ID", "LWA_CLIENT_SECRET", "REFRESH_TOKEN"), "SPAPI_"),
    ],
)
def test_the_names_of_other_libraries_are_understood(load: Load, names: tuple[str, ...], prefix: str) -> None:
    found = load(dict(zip((prefix + name for name in names), ("a", "b", "c"), strict=True))).credentials

    assert (found.client_id, found.client_secret, found.refresh_token) == ("a", "b", "c")


def test_an_accounts_own_value_comes_before_the_plain_one(load: Load) -> None:
    environ = {**PRIMARY, "SP_API_REFRESH_TOKEN_acme": "Atzr|acme", "SP_API_REGION_ACME": "NA"}

    assert load(environ, account="acme").credentials.refresh_token == "Atzr|acme"
    assert load(environ, account="acme").credentials.region == "NA"
    assert load(environ).credentials.refresh_token == "Atzr|0123456789abcdef"


def test_code_comes_first(load: Load) -> None:
    found = load(PRIMARY, client_id="id", region="FE")

    assert found.credentials.region == "FE"
    assert found.sources["region"] == "code"


def test_the_secret_of_one_application_is_never_paired_with_the_id_of_another(load: Load) -> None:
    with pytest.raises(NotConfigured, match="No client_secret"):
        load(PRIMARY, client_id="another")


def test_a_region_in_code_is_not_contradicted_by_a_marketplace_elsewhere(load: Load) -> None:
    found = load({**PRIMARY, "SP_API_DEFAULT_MARKETPLACE": "DE"}, marketplace="US").credentials

    assert found.endpoint.api == "https://sellingpartnerapi-na.amazon.com"


def test_what_a_market_wrote_is_read(load: Load, tmp_path: Path) -> None:
    lines = ["# Made by a market", *(f"export {name}='{value}'" for name, value in PRIMARY.items())]
    write(tmp_path / "here/.spapi/credentials.env", "\n".join([*lines, "SP_API_BASE_URL=http://127.0.0.1:8000"]))

    found = load()

    assert found.credentials.client_secret == SECRET
    assert found.credentials.base_url == "http://127.0.0.1:8000"
    assert found.sources["base_url"] == f"{tmp_path}/here/.spapi/credentials.env SP_API_BASE_URL"


def test_python_amazon_sp_apis_file_is_read(load: Load, tmp_path: Path) -> None:
    text = """
    version: '1.0'
    default: {refresh_token: r1, lwa_app_id: i1, lwa_client_secret: s1}
    acme: {refresh_token: r2, lwa_app_id: i2, lwa_client_secret: s2}
    """
    write(tmp_path / "home/.config/python-sp-api/credentials.yml", text)

    assert load().credentials.refresh_token == "r1"
    assert load(account="acme").credentials.client_id == "i2"


def test_without_pyyaml_its_file_is_an_error_that_says_so(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "home/.config/python-sp-api/credentials.yml", "default: {}")
    monkeypatch.setitem(sys.modules, "yaml", None)

    with pytest.raises(NotConfigured, match="pip install pyyaml"):
        load()
    assert load(PRIMARY).credentials.client_id == "id"  # complete before that file's turn came


def test_npms_file_is_read(load: Load, tmp_path: Path) -> None:
    text = "SELLING_PARTNER_APP_CLIENT_ID=i\nSELLING_PARTNER_APP_CLIENT_SECRET=s\n"
    write(tmp_path / "home/.amzspapi/credentials", text)

    found = load(refresh_token="r").credentials

    assert (found.client_id, found.client_secret, found.refresh_token) == ("i", "s", "r")


def test_a_secret_of_aws_is_read(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    def client(service: str) -> Any:  # noqa: ANN401
        assert service == "secretsmanager"
        return SimpleNamespace(get_secret_value=lambda SecretId: {"SecretString": secrets[SecretId]})  # noqa: N803

    secrets = {"prod/sp": json.dumps({"LWA_APP_ID": "i", "LWA_CLIENT_SECRET": "s", "SP_API_REFRESH_TOKEN": "r"})}
    monkeypatch.setitem(sys.modules, "boto3", SimpleNamespace(client=client))

    assert load(secret_id="prod/sp").credentials.refresh_token == "r"
    found = load({"SP_API_AWS_SECRET_ID": "prod/sp"})
    assert found.sources["client_id"] == "AWS secret prod/sp LWA_APP_ID"


def test_a_secret_that_is_no_json_is_an_error_and_not_shown(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {"SecretString": "hunter2"}
    monkeypatch.setitem(
        sys.modules, "boto3", SimpleNamespace(client=lambda _: SimpleNamespace(get_secret_value=lambda **_: answer))
    )

    with pytest.raises(NotConfigured) as raised:
        load(secret_id="x")

    assert "hunter2" not in str(raised.value)


def test_nothing_found_says_where_it_looked(load: Load, tmp_path: Path) -> None:
    with pytest.raises(NotConfigured) as raised:
        load()

    assert str(raised.value) == (
        "No client_id and no client_secret: looked in the code, the environment,"
        f" {tmp_path}/here/.spapi/credentials.env, {tmp_path}/home/.config/python-sp-api/credentials.yml,"
        f" {tmp_path}/home/.amzspapi/credentials. Set SP_API_CLIENT_ID, SP_API_CLIENT_SECRET and"
        " SP_API_REFRESH_TOKEN, or give them in code."
    )


def test_no_text_shows_a_secret(load: Load) -> None:
    found = load(PRIMARY)

    for text in (repr(found.credentials), str(found), repr(found), str(found.credentials)):
        assert SECRET not in text
        assert PRIMARY["SP_API_REFRESH_TOKEN"] not in text
    assert str(found).splitlines()[1] == "client_secret = '****cdef'  (environment SP_API_CLIENT_SECRET)"
    with SellingPartner(found.credentials) as client:
        assert repr(client) == "SellingPartner(https://sellingpartnerapi-eu.amazon.com)"


def test_aws_env_means_the_sandbox(load: Load) -> None:
    found = load({**PRIMARY, "AWS_ENV": "SANDBOX"}).credentials

    assert found.endpoint.api == "https://sandbox.sellingpartnerapi-eu.amazon.com"
    assert found.endpoint.tokens == "https://sellingpartnerapi-eu.amazon.com"
    assert found.endpoint.login == "https://api.amazon.com/auth/o2/token"


@pytest.mark.parametrize(
    ("region", "marketplace", "host"),
    [
        ("NA", None, "sellingpartnerapi-na.amazon.com"),
        ("eu", None, "sellingpartnerapi-eu.amazon.com"),
        ("us-west-2", None, "sellingpartnerapi-fe.amazon.com"),
        (None, "ATVPDKIKX0DER", "sellingpartnerapi-na.amazon.com"),
        (None, "UK", "sellingpartnerapi-eu.amazon.com"),
        ("FE", "JP", "sellingpartnerapi-fe.amazon.com"),
    ],
)
def test_a_region_or_a_marketplace_says_where(region: str | None, marketplace: str | None, host: str) -> None:
    assert endpoint_of(region, marketplace).api == f"https://{host}"


def test_one_address_moves_everything() -> None:
    moved = endpoint_of("EU", base_url="http://127.0.0.1:8000/")

    assert moved.api == moved.tokens == "http://127.0.0.1:8000"
    assert moved.login == "http://127.0.0.1:8000/auth/o2/token"
    assert moved.authorize_url("app", state="x") == (
        "http://127.0.0.1:8000/apps/authorize/consent?application_id=app&state=x"
    )
    assert endpoint_of(base_url="http://a.test", oauth_url="http://b.test").login == "http://b.test/auth/o2/token"
    assert endpoint_of(base_url="http://a.test", oauth_url="http://b.test/t").login == "http://b.test/t"


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ({}, "Which region"),
        ({"region": "MARS"}, "write NA, EU or FE"),
        ({"marketplace": "XX"}, "is no marketplace"),
        ({"region": "NA", "marketplace": "DE"}, "Germany is served from EU, not from NA"),
        ({"base_url": "market.test"}, "is no address"),
    ],
)
def test_a_place_that_is_none_says_what_would_be_one(named: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotConfigured, match=reason):
        endpoint_of(**named)


def test_a_field_that_is_none_is_an_error() -> None:
    with pytest.raises(TypeError, match="no colour"):
        load_credentials(colour="red")
    with pytest.raises(TypeError, match="A client has no colour"):
        SellingPartner(Credentials(client_id="1", client_secret="2", region="EU"), colour="red")  # type: ignore[call-arg]


def test_a_file_that_is_named_comes_before_the_environment(load: Load, tmp_path: Path) -> None:
    named = tmp_path / "other.env"
    named.write_text(
        "export SP_API_CLIENT_ID='theirs'\nSP_API_CLIENT_SECRET=0123456789abcdef\nSP_API_REFRESH_TOKEN=t\n"
    )

    loaded = load(PRIMARY, file=named)

    assert (loaded.credentials.client_id, loaded.credentials.refresh_token) == ("theirs", "t")
    assert loaded.credentials.region is None
    assert loaded.sources["client_id"] == f"{named} SP_API_CLIENT_ID"


def test_a_file_that_is_named_must_be_there(load: Load, tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match=r"There is no file .*none\.env; name one of NAME=value lines"):
        load(PRIMARY, file=tmp_path / "none.env")


def test_a_base_url_in_code_moves_the_login_too(load: Load) -> None:
    environ = PRIMARY | {"SP_API_BASE_URL": "http://a.test", "SP_API_OAUTH_URL": "http://a.test/login"}

    assert load(environ).credentials.endpoint.login == "http://a.test/login"
    assert load(environ, base_url="http://b.test").credentials.endpoint.login == "http://b.test/auth/o2/token"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"foo": 1}, "^A client has no foo.$"),
        ({"refreshtoken": "r"}, "^A client has no refreshtoken; did you mean refresh_token[?]$"),
        ({"hook": ()}, "^A client has no hook; did you mean hooks[?]$"),
    ],
)
def test_what_no_client_has_is_named_before_credentials_are_looked_for(
    given: dict[str, Any], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(TypeError, match=said):
        SellingPartner(**given)
