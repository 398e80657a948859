"""Values that have broken whoever took them for ordinary ones: at the end of what something can hold, or beyond."""

from __future__ import annotations

import json

TIMES = (
    "0001-01-01T00:00:00Z",  # what some libraries send for "no bound"
    "9999-12-31T23:59:59.9999999Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31T23:59:60Z",
    "10000-01-01T00:00:00Z",
    "0001-01-01",
    "9999-12-31",
    "8999-12-31T23:59:59Z",
    "1900-01-01T00:00:00Z",
)
NUMBERS = (
    "9" * 30,
    "9" * 5000,
    "-" + "9" * 5000,
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551616",
    "2147483648",
    "9007199254740993",
    "92233720368547758.08",
    "99999999999999.99",
    "1e999",
    "-1e999",
    "1e-999",
    "1e15",
    "1e4000000000000000000000",
    "-0",
    "0." + "1" * 5000,
    "1" + "0" * 4290,
)
TEXTS = (
    "\0",
    "a\0b",
    "\ufffd",
    "\ufdd0\uffff\U0010ffff",
    "x" * 21,
    "x" * 10_000,
    "\u202e\u0301\u200b",
    "NaN",
    "Infinity",
    "-inf",
    "1_000",
    "\u0663",
    "P99999999D",
    f"P{'9' * 5000}D",
    "PT1e999S",
    "P\u0663D",
    "%s%d{0}{}",
    "[" * 2000,
)
ODD_TEXTS = TIMES + NUMBERS + TEXTS
"""What may stand in a parameter, a form or a header."""

ODD_JSON = (
    *(number.encode() for number in NUMBERS),
    *(json.dumps(text).encode() for text in ODD_TEXTS),
    b'"\\ud800"',
    b'"\\udc00\\ud800"',
    b'{"\\u0000": 1}',
    b'{"a": 1, "a": "2", "a": [3]}',
    b"[" * 3000 + b"]" * 3000,
    b'{"a":' * 900 + b"1" + b"}" * 900,
    b"NaN",
    b"-Infinity",
    b'"\xff\xfe"',
    b'"\xed\xa0\x80"',
    b'"a\0b"',
)
"""What may stand where JSON has a value; some of it is no JSON."""
