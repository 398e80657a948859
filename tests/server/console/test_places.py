from __future__ import annotations

import pytest

from sellingpartner.server.console.places import local, origin_of, sign_in_to


@pytest.mark.parametrize(
    "target",
    [
        "/console",
        "/console?done=saved",
        "/console/applications/amzn1.sp.solution.1",
        "/apps/authorize/consent?application_id=a&state=%2F%2Felsewhere.example&redirect_uri=https://desk.example/back",
    ],
)
def test_a_page_of_ours_is_gone_to(target: str) -> None:
    assert local(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "https://elsewhere.example/console",
        "//elsewhere.example/console",
        "/\\elsewhere.example/console",
        "\\\\elsewhere.example/console",
        "/console//elsewhere.example",
        "/console/../../elsewhere",
        "/console/./x",
        "/consolation",
        "/orders/v0/orders",
        "/apps",
        "javascript:alert(1)//console/",
        "/console/\r\nSet-Cookie: a=b",
        "/console/\t/elsewhere",
        " /console",
        "/console/applications /x",
        "/console/\u2215x",
        "console",
        "/console/" + "x" * 9000,
    ],
)
def test_whatever_might_lead_elsewhere_is_not(target: str) -> None:
    assert local(target) is None


def test_the_way_over_the_sign_in_page_keeps_the_whole_address() -> None:
    assert sign_in_to("/apps/x?a=b&c=d") == "/console/sign-in?return_to=%2Fapps%2Fx%3Fa%3Db%26c%3Dd"


@pytest.mark.parametrize(
    ("uri", "origin"),
    [
        ("https://desk.example/callback?a=b", "https://desk.example"),
        ("https://desk.example:8443/", "https://desk.example:8443"),
        ("http://localhost:5000/callback", "http://localhost:5000"),
        ("http://[::1]:5000/callback", "http:"),
        ("https://desk.example;script-src/x", "https:"),
        ("https://desk.example'unsafe-inline'/x", "https:"),
    ],
)
def test_an_origin_is_named_as_a_policy_can_hold_it(uri: str, origin: str) -> None:
    assert origin_of(uri) == origin
