"""The places where credentials are kept, each under the names that its users know."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from sellingpartner.contract.errors import NotConfigured
from sellingpartner.env_file import read_env

NAMES: dict[str, tuple[str, ...]] = {
    "client_id": (
        "SP_API_CLIENT_ID",
        "LWA_APP_ID",  # python-amazon-sp-api
        "AMZN_SELLING_PARTNER_CLIENT_ID",  # amzn-selling-partner, and the next one in its older releases
        "SELLING_PARTNER_APP_CLIENT_ID",  # also npm's amazon-sp-api
        "SPAPI_LWA_CLIENT_ID",
        "LWA_CLIENT_ID",
    ),
    "client_secret": (
        "SP_API_CLIENT_SECRET",
        "LWA_CLIENT_SECRET",
        "AMZN_SELLING_PARTNER_CLIENT_SECRET",
        "SELLING_PARTNER_APP_CLIENT_SECRET",
        "SPAPI_LWA_CLIENT_SECRET",
    ),
    "refresh_token": (
        "SP_API_REFRESH_TOKEN",
        "AMZN_SELLING_PARTNER_REFRESH_TOKEN",
        "SELLING_PARTNER_APP_REFRESH_TOKEN",
        "SPAPI_REFRESH_TOKEN",
    ),
    "region": ("SP_API_REGION",),
    "marketplace": ("SP_API_MARKETPLACE_ID", "SP_API_DEFAULT_MARKETPLACE"),
    "base_url": ("SP_API_BASE_URL", "SP_API_ENDPOINT"),
    "oauth_url": ("SP_API_OAUTH_URL",),
    "application_id": ("SP_API_APPLICATION_ID",),
    "seller_id": ("SP_API_SELLER_ID",),
}
"""Each value's names in the environment; the first that is set wins."""

_YAML_NAMES = {"lwa_app_id": "client_id", "lwa_client_secret": "client_secret", "refresh_token": "refresh_token"}


class Found(msgspec.Struct, frozen=True):
    """What one place knows: values, each with the name under which it stood."""

    place: str
    values: Mapping[str, tuple[object, str]]


def places(
    *,
    account: str | None,
    secret_id: str | None,
    file: Path | None,
    environ: Mapping[str, str] | None,
    folder: Path | None,
    home: Path | None,
) -> Iterator[Found]:
    """Every place in order; a file is read only when its turn comes."""
    variables = os.environ if environ is None else environ
    if file is not None:
        yield Found(str(file), _from_named_file(file, account))
    yield Found("the environment", _from_environment(variables, account))
    secret = secret_id or variables.get("SP_API_AWS_SECRET_ID")
    if secret:
        yield Found(f"the AWS secret {secret}", _from_aws(secret, account))
    home = home or Path.home()
    readers: tuple[tuple[Path, Callable[[Path], dict[str, tuple[object, str]]]], ...] = (
        ((folder or Path.cwd()) / ".spapi" / "credentials.env", partial(_from_lines, account=account)),
        (_peer_folder(variables, home) / "credentials.yml", partial(_from_yaml, account=account)),
        (home / ".amzspapi" / "credentials", partial(_from_lines, account=account)),
    )
    for path, read in readers:
        yield Found(str(path), read(path) if path.is_file() else {})


def _from_environment(variables: Mapping[str, str], account: str | None) -> dict[str, tuple[object, str]]:
    found = _named(variables, account, "environment ")
    mode = variables.get("AWS_ENV", "").upper()
    if mode in {"SANDBOX", "PRODUCTION"}:
        found["sandbox"] = (mode == "SANDBOX", "environment AWS_ENV")
    return found


def _named(values: Mapping[str, str], account: str | None, prefix: str) -> dict[str, tuple[object, str]]:
    """With an account, a name with its suffix comes before the plain ones."""
    found: dict[str, tuple[object, str]] = {}
    for field, names in NAMES.items():
        suffixed = [f"{name}_{form}" for name in names for form in (account, account.upper())] if account else []
        winner = next((name for name in (*suffixed, *names) if values.get(name)), None)
        if winner is not None:
            found[field] = (values[winner], f"{prefix}{winner}")
    return found


def _from_named_file(path: Path, account: str | None) -> dict[str, tuple[object, str]]:
    """Whoever names a file wants that one: it must be there."""
    if not path.is_file():
        message = f"There is no file {path}; name one of NAME=value lines, such as .spapi/credentials.env."
        raise NotConfigured(message)
    return _from_lines(path, account=account)


def _from_lines(path: Path, *, account: str | None) -> dict[str, tuple[object, str]]:
    return _named(read_env(path), account, f"{path} ")


def _from_yaml(path: Path, *, account: str | None) -> dict[str, tuple[object, str]]:
    """python-amazon-sp-api's file: one map of three values for each account."""
    yaml = _optional("yaml", f"{path} can be read once PyYAML is installed: pip install pyyaml")
    try:
        accounts = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as reason:
        message = f"{path} is no YAML that can be read: {reason}"
        raise NotConfigured(message) from None
    name = account or "default"
    values = accounts.get(name) if isinstance(accounts, dict) else None
    if not isinstance(values, dict):
        return {}
    return {field: (str(values[key]), f"{path} {name}.{key}") for key, field in _YAML_NAMES.items() if values.get(key)}


def _from_aws(secret_id: str, account: str | None) -> dict[str, tuple[object, str]]:
    """A secret whose text is a JSON object with the environment's names as keys."""
    boto3 = _optional("boto3", f"The AWS secret {secret_id} needs boto3: pip install 'sellingpartner[aws]'")
    try:
        text = boto3.client("secretsmanager").get_secret_value(SecretId=secret_id)["SecretString"]
        values = msgspec.json.decode(text, type=dict[str, object])
    except (msgspec.DecodeError, KeyError):
        message = f"The AWS secret {secret_id} is not a JSON object of texts."
        raise NotConfigured(message) from None
    return _named({name: str(value) for name, value in values.items()}, account, f"AWS secret {secret_id} ")


def _optional(module: str, advice: str) -> Any:  # noqa: ANN401 - a module without types
    try:
        return import_module(module)
    except ImportError:
        raise NotConfigured(advice) from None


def _peer_folder(variables: Mapping[str, str], home: Path) -> Path:
    """Where the `confuse` library keeps settings of python-sp-api."""
    if os.name == "nt" and variables.get("APPDATA"):
        return Path(variables["APPDATA"]) / "python-sp-api"
    return Path(variables.get("XDG_CONFIG_HOME") or home / ".config") / "python-sp-api"
