from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.terminal import harmless

HARMFUL = {
    "\x1b[2J": "\\u001b[2J",
    "\x9b31m": "\\u009b31m",
    "\x7f": "\\u007f",
    "a\r\nb": "a\\u000d\\u000ab",
    "\u202eexe.txt": "\\u202eexe.txt",
    "\u2066\u2069": "\\u2066\\u2069",
    "a\u200bb": "a\\u200bb",
    "\ufeff": "\\ufeff",
    "\U000e0041": "\\udb40\\udc41",
    "\udc80": "\\udc80",
}


@pytest.mark.parametrize(("text", "shown"), HARMFUL.items(), ids=map(ascii, HARMFUL))
def test_what_a_terminal_would_obey_or_hide_is_shown(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize("text", ["Zoë, 日本語", "👩\u200d👧", "क\u200cष", "1\u00a0000 €", r"C:\new"])
def test_what_people_write_stays(text: str) -> None:
    assert harmless(text) == text


def test_lines_stay_lines_where_they_may() -> None:
    assert harmless("a\n\tb\r\x1b", lines=True) == "a\n\tb\\u000d\\u001b"


@given(st.text())
def test_nothing_of_a_control_is_left_and_json_reads_it_back(text: str) -> None:
    shown = harmless(json.dumps(text, ensure_ascii=False))

    assert json.loads(shown) == text
    assert not [letter for letter in shown if unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"}]
