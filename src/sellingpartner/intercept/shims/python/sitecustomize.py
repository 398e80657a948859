"""Lead Amazon's hosts to the market in any Python program: `spapi run` puts this folder on PYTHONPATH.

Some clients heed no proxy, and some trust no variable. All of them ask `socket.getaddrinfo` where a host is, connect a
`socket.socket`, and load whom they trust into an `ssl.SSLContext`; so these are what is changed here. Whatever goes
wrong in this file is kept to itself, and the program's own `sitecustomize` runs afterwards, as if this one were not
there.
"""

import json
import os
import socket
import ssl
import sys

_MARK = "127.83.80.65"  # where Amazon's hosts are said to be; connections there are led on, to another port as well


def _lead(said):
    hosts, place, is_offline = frozenset(said["hosts"]), (said["host"], said["port"]), said["offline"]
    original = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if isinstance(name, str) and str(port) in ("80", "443", "http", "https"):
            name = name.lower().rstrip(".")
            if name in hosts and str(port) in ("443", "https"):
                return original(_MARK, port, *args, **kwargs)
            if is_offline and name not in ("localhost", "::1", place[0]) and not name.startswith("127."):
                raise socket.gaierror(socket.EAI_NONAME, "spapi run --offline leads to Amazon's hosts alone")
        return original(host, port, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def led(address):
        return place if isinstance(address, tuple) and address[:1] == (_MARK,) else address

    socket.socket.connect = lambda self, address: connect(self, led(address))
    socket.socket.connect_ex = lambda self, address: connect_ex(self, led(address))


def _trust(ca):
    load = ssl.SSLContext.load_verify_locations
    load_default = ssl.SSLContext.load_default_certs
    set_default = ssl.SSLContext.set_default_verify_paths

    def trust(context):
        try:
            load(context, ca)
        except Exception:
            pass

    def load_verify_locations(self, *args, **kwargs):
        load(self, *args, **kwargs)
        trust(self)

    def load_default_certs(self, *args, **kwargs):
        load_default(self, *args, **kwargs)
        trust(self)

    def set_default_verify_paths(self, *args, **kwargs):
        set_default(self, *args, **kwargs)
        trust(self)

    ssl.SSLContext.load_verify_locations = load_verify_locations
    ssl.SSLContext.load_default_certs = load_default_certs
    ssl.SSLContext.set_default_verify_paths = set_default_verify_paths


def _go_on():
    """Run the program's own sitecustomize, the next one on the path, under the name that it has."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    here = os.path.dirname(os.path.abspath(__file__))
    others = [folder for folder in sys.path if os.path.abspath(folder or os.curdir) != here]
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec is None or spec.loader is None:
        return
    module = module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


try:
    _said = json.loads(os.environ["SPAPI_INTERCEPT"])
    _lead(_said)
    _trust(_said["ca"])
except Exception:
    pass
_go_on()
