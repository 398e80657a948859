"""The variables by which programs are led to the market, and told to trust it: what Python, Node, Java and so on read.

What is there already is kept wherever the two can stand beside each other: other authorities, other hosts past the
proxy, other options.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sellingpartner.contract.hosts import HOSTS
from sellingpartner.intercept import no_proxy
from sellingpartner.intercept.bundles import NAMED_BY, NODE, P12_PASSWORD, Bundles

SHIM = "SPAPI_INTERCEPT"
"""What the shims read: where to lead whom."""

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, not bound to


@dataclass(frozen=True)
class Way:
    """How a program is led: to a proxy and a port for TLS, past which hosts, and whether anywhere else."""

    host: str
    proxy: int
    tls: int
    market: str
    is_offline: bool = False

    @property
    def reached_at(self) -> str:
        """The host by which it is called from where it listens."""
        return _EVERYWHERE.get(self.host, self.host)

    @property
    def proxy_url(self) -> str:
        """The proxy, as programs are told of it."""
        host = f"[{self.reached_at}]" if ":" in self.reached_at else self.reached_at
        return f"http://{host}:{self.proxy}"


def variables(way: Way, bundles: Bundles, environ: Mapping[str, str]) -> dict[str, str]:
    """The variables that lead a program which has this environment, merged with what it has."""
    past = _past_the_proxy(way, environ)
    proxies = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
    proxies += ["HTTP_PROXY", "http_proxy"] if way.is_offline else []
    found = dict.fromkeys(proxies, way.proxy_url)
    found |= dict.fromkeys(("NO_PROXY", "no_proxy"), ",".join(past))
    found |= dict.fromkeys(NAMED_BY, str(bundles.everyone))
    found |= {
        NODE: str(bundles.node),
        "NODE_OPTIONS": _joined(f'--require "{_escaped(bundles.node_shim)}"', environ.get("NODE_OPTIONS")),
        "NODE_USE_ENV_PROXY": "1",
        "PYTHONPATH": _joined(str(bundles.python_shim), environ.get("PYTHONPATH"), by=os.pathsep),
        "PHP_INI_SCAN_DIR": f"{environ.get('PHP_INI_SCAN_DIR', '')}{os.pathsep}{bundles.php}",
        # Of two that say the same the last one counts for Java.
        "JAVA_TOOL_OPTIONS": _joined(environ.get("JAVA_TOOL_OPTIONS"), _for_java(way, bundles, past)),
        SHIM: _for_shims(way, bundles),
    }
    if " " not in str(bundles.ruby_shim):  # Ruby knows no quotes there
        found["RUBYOPT"] = _joined(f"-r{bundles.ruby_shim}", environ.get("RUBYOPT"))
    return found


def as_shell(values: Mapping[str, str]) -> str:
    """Lines for `eval $(spapi env)`."""
    return "".join(f"export {name}={shlex.quote(value)};\n" for name, value in values.items())


def as_docker(values: Mapping[str, str]) -> str:
    """Lines for `docker run --env-file`, which knows no quotes."""
    return "".join(f"{name}={value}\n" for name, value in values.items())


def _past_the_proxy(way: Way, environ: Mapping[str, str]) -> list[str]:
    """The hosts past the proxy: those that were, unless Amazon's are among them, and this machine's own."""
    before = [] if way.is_offline else no_proxy.entries(environ.get("NO_PROXY") or environ.get("no_proxy") or "")
    kept = [entry for entry in before if not any(no_proxy.covers(entry, host) for host in HOSTS)]
    market = urlsplit(way.market).hostname or ""
    return list(dict.fromkeys([*kept, *_THIS_MACHINE, *([market] if market else [])]))


def _for_java(way: Way, bundles: Bundles, past: list[str]) -> str:
    host = way.reached_at
    names = [f"*{entry}" if entry.startswith(".") else f"[{entry}]" if ":" in entry else entry for entry in past]
    options = [f"-Dhttps.proxyHost={host}", f"-Dhttps.proxyPort={way.proxy}"]
    if way.is_offline:
        options += [f"-Dhttp.proxyHost={host}", f"-Dhttp.proxyPort={way.proxy}"]
    options.append(f'"-Dhttp.nonProxyHosts={"|".join(names)}"')
    options.append(f'"-Djavax.net.ssl.trustStore={bundles.p12}"')
    options += ["-Djavax.net.ssl.trustStoreType=PKCS12", f"-Djavax.net.ssl.trustStorePassword={P12_PASSWORD}"]
    return " ".join(options)


def _for_shims(way: Way, bundles: Bundles) -> str:
    said = {"hosts": sorted(HOSTS), "host": way.reached_at, "port": way.tls, "ca": str(bundles.authority)}
    return json.dumps(said | {"offline": way.is_offline}, separators=(",", ":"))


def _joined(*parts: str | None, by: str = " ") -> str:
    return by.join(part for part in parts if part)


def _escaped(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace('"', '\\"')
