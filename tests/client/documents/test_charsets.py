"""Letters come out right whatever was said of them, and what is none raises an error of the client's own."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf import DE, JP, US, Shelf, columns

from sellingpartner.client.documents import CharsetWrong, Document, DocumentDamaged
from sellingpartner.contract.errors import SellingPartnerError

XML = '<?xml version="1.0" encoding="{}"?><Rows><Row><名前>商品</名前></Row></Rows>'
FORMS = {
    "xml": "<Rows><Row><Name>商品 é</Name></Row></Rows>",
    "json": '[{"Name": "商品 é"}]',
    "json lines": '{"Name": "商品 é"}\n{"Name": "x"}\n',
    "table": "Name\tPrice\n商品 é\t5\n",
}


@pytest.mark.parametrize("charset", ["Shift_JIS", "GBK", "GB18030", "EUC-JP", "UTF-8", "windows-31j", "Big5"])
def test_xml_is_read_in_the_charset_that_it_declares(shelf: Shelf, charset: str) -> None:
    text = XML.format(charset)
    raw = text.encode("cp932" if charset == "windows-31j" else charset)

    assert columns(shelf(raw, content_type="text/xml")) == [{"名前": "商品"}]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("said", ["", "text/plain; charset=UTF-16", "text/plain; charset=Cp1252"])
@pytest.mark.parametrize("form", FORMS)
def test_unicode_is_known_by_itself(shelf: Shelf, form: str, charset: str, said: str) -> None:
    document = shelf(FORMS[form].encode(charset), content_type=said, marketplace=JP)

    assert document.form == form
    assert columns(document)[0]["Name"] == "商品 é"
    assert document.text() == FORMS[form]


@pytest.mark.parametrize("form", FORMS)
def test_whoever_knows_better_than_a_document_is_believed(shelf: Shelf, form: str) -> None:
    document = shelf(
        FORMS[form].replace(" é", "").encode("cp932"), content_type="text/plain; charset=UTF-8", charset="cp932"
    )

    assert columns(document)[0]["Name"] == "商品"


@pytest.mark.parametrize("said", ["Cp1252", "ISO-8859-1", "Shift_JIS", "GBK", "US-ASCII", "klingon"])
def test_utf8_is_known_whatever_is_said(shelf: Shelf, said: str) -> None:
    document = shelf("Piña 商品".encode(), content_type=f"text/plain; charset={said}")

    assert document.text() == "Piña 商品"


@pytest.mark.parametrize(("said", "text"), [("Cp1252", "Â©"), ("Shift_JIS", "ﾂｱ"), ("ISO-8859-1", "Tür")])
def test_what_is_no_utf8_stays_what_was_said(shelf: Shelf, said: str, text: str) -> None:
    raw = (text + " ü" if said == "Cp1252" else text).encode(said)

    assert shelf(raw, content_type=f"text/plain; charset={said}").text().startswith(text)


def test_the_bytes_that_cp1252_leaves_open_are_read(shelf: Shelf) -> None:
    text = shelf(b"T\xfcr \x81\x8d\x8f\x90\x9d \x80", content_type="text/plain; charset=Cp1252", marketplace=DE).text()

    assert text == "Tür \x81\x8d\x8f\x90\x9d €"


def test_two_zero_bytes_make_no_utf16(shelf: Shelf) -> None:
    assert shelf(b"sku\ttitle\n" + b"A\tblue mug\n" * 20 + b"A\t\0\0\n").charset == "utf-8"


@pytest.mark.parametrize(
    "name",
    ["klingon", "hex", "rot13", "idna", "punycode", "undefined", "unicode_escape", "a\0b", "é", "\ud800", "x" * 5000],
)
def test_a_charset_in_which_nobody_writes_is_refused(shelf: Shelf, name: str) -> None:
    document = shelf(b"\xe8\n", charset=name)

    with pytest.raises(CharsetWrong, match="Nobody knows the charset"):
        document.text()
    with pytest.raises(CharsetWrong):
        list(document.rows())


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b"[" + b'{"a":' * 200_000,
        b"<a>" * 200_000,
        b'[{"a": ' + b"9" * 5000 + b"}]",
        b'[{"a": 1e99999999999}]',
        b'[{"a": "\\ud800"}]\n',
        b'{"a": "\\ud800"}\n{"a": ' + b"[" * 100_000 + b"\n",
        b'<?xml version="1.0" encoding="klingon"?><a>\xe8</a>',
        b"<a>\x00</a>",
        b"sku,title\nA,\x00\rB\n",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_what_nobody_can_read_raises_an_error_of_the_clients_own(shelf: Shelf, body: bytes) -> None:
    exhaust(shelf(body))


@pytest.mark.parametrize("body", [b"<a>" * 200_000, b"[" * 200_000])
def test_nesting_without_end_is_damage(shelf: Shelf, body: bytes) -> None:
    with pytest.raises(DocumentDamaged):
        list(shelf(body).rows())


def exhaust(document: Document[Any]) -> None:
    """Read it in every way; whatever is wrong with it has to be said by an error of the client's own."""
    for read in (document.text, document.json, lambda: document.form, lambda: list(document.rows())):
        with suppress(SellingPartnerError):
            read()


BODIES = st.binary(max_size=200) | st.tuples(
    st.sampled_from(
        [form.encode() for form in FORMS.values()] + [b"\xff\xfe", b"<?xml version='1.0' encoding='gbk'?>"]
    ),
    st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-16", "replace")),
).map(b"".join)
CHARSETS = st.text(max_size=20) | st.sampled_from(
    [
        "UTF-8",
        "utf-16",
        "utf_7",
        "utf-32-be",
        "cp1252",
        "shift_jis",
        "gb18030",
        "hz",
        "iso2022_jp",
        "base64",
        "idna",
        "mbcs",
    ]
)


@given(body=BODIES, said=CHARSETS, charset=st.none() | CHARSETS, wild=st.booleans())
def test_nothing_but_the_clients_own_errors_is_raised(
    tmp_path_factory: pytest.TempPathFactory,
    body: bytes,
    said: str,
    charset: str | None,
    wild: bool,  # noqa: FBT001
) -> None:
    shelf = Shelf(tmp_path_factory.getbasetemp())

    exhaust(shelf(body, content_type=said if wild else f"text/plain; charset={said}", charset=charset, marketplace=US))
