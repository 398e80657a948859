from __future__ import annotations

from sellingpartner.server.console.cookies import forget, keep, key_in
from sellingpartner.server.gateway.wsgi import WsgiRequest


def request(scheme: str = "http", public_url: str | None = None, **headers: str) -> WsgiRequest:
    environ = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return WsgiRequest({"REQUEST_METHOD": "GET", "wsgi.url_scheme": scheme, **environ}, public_url)


def test_over_http_the_cookie_is_kept_from_scripts_and_from_other_sites_forms() -> None:
    assert keep(request(), "k3y") == ("Set-Cookie", "spapi-session=k3y; Path=/; HttpOnly; SameSite=Lax")


def test_over_https_no_other_host_can_set_it_and_it_never_travels_in_the_clear() -> None:
    told = ("Set-Cookie", "__Host-spapi-session=k3y; Path=/; HttpOnly; SameSite=Lax; Secure")

    assert keep(request("https"), "k3y") == told
    assert keep(request("http", x_forwarded_proto="https"), "k3y") == told
    assert keep(request("http", "https://market.example"), "k3y") == told


def test_it_is_found_among_others() -> None:
    assert key_in(request(cookie="a=b; spapi-session=k3y=; c")) == "k3y="
    assert key_in(request("https", cookie="__Host-spapi-session=k3y")) == "k3y"


def test_over_https_the_one_that_another_host_may_have_set_does_not_count() -> None:
    assert key_in(request("https", cookie="spapi-session=planted")) == ""


def test_what_is_no_key_is_none() -> None:
    assert key_in(request()) == ""
    assert key_in(request(cookie="spapi-session")) == ""
    assert key_in(request(cookie="spapi-session=" + "x" * 201)) == ""
    assert key_in(request(cookie="spapi-session=\xe9")) == ""


def test_it_is_taken_away_by_the_name_that_it_was_given() -> None:
    assert forget(request())[1].startswith("spapi-session=; ")
    assert forget(request("https"))[1].endswith("; Secure; Max-Age=0")
