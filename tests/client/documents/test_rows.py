from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import msgspec
import pytest
from shelf import DE, JP, US, Shelf, columns

from sellingpartner.client.documents import CharsetWrong, DocumentDamaged, Listing, OrderLine
from sellingpartner.contract.errors import InvalidInput, NotConfigured


def test_a_row_keeps_every_column_as_it_came(shelf: Shelf) -> None:
    (row,) = shelf(b"sku\tPrix TTC\nMUG\t 1,50 \n").rows()

    assert dict(row) == {"sku": "MUG", "Prix TTC": " 1,50 "}
    assert (row["sku"], row.get("color"), "sku" in row, len(row)) == ("MUG", None, True, 2)


def test_quotation_marks_mean_nothing_in_a_flat_file(shelf: Shelf) -> None:
    found = columns(shelf(b'sku\ttitle\nA\t"Large 12" ruler\nB\t"\r\n'))

    assert found == [{"sku": "A", "title": '"Large 12" ruler'}, {"sku": "B", "title": '"'}]


def test_a_flat_file_whose_header_is_quoted_is_quoted(shelf: Shelf) -> None:
    found = columns(shelf(b'"Date"\t"Title"\n"11/02/2026"\t"A ""blue""\nmug"\n'))

    assert found == [{"Date": "11/02/2026", "Title": 'A "blue"\nmug'}]


def test_commas_separate_where_there_is_no_tab(shelf: Shelf) -> None:
    assert columns(shelf(b'sku,title\r\nA,"Mug, blue"\r\n')) == [{"sku": "A", "title": "Mug, blue"}]


def test_one_column_needs_no_separator(shelf: Shelf) -> None:
    assert columns(shelf(b"sku\nA\nB\n")) == [{"sku": "A"}, {"sku": "B"}]


def test_uneven_rows_keep_what_they_have(shelf: Shelf) -> None:
    found = columns(shelf(b"a\tb\n1\n\n1\t2\t\n1\t2\t3\n"))

    assert found == [
        {"a": "1", "b": ""},
        {"a": "1", "b": "2"},
        {"a": "1", "b": "2", "column_3": "3"},
    ]


def test_a_column_that_comes_twice_is_kept_twice(shelf: Shelf) -> None:
    assert columns(shelf(b"sku\tprice\tprice\nA\t1\t2\n")) == [{"sku": "A", "price": "1", "price_2": "2"}]


def test_a_carriage_return_inside_a_line_ends_no_row(shelf: Shelf) -> None:
    assert columns(shelf(b"sku\ttitle\nA\tblue\rmug\n")) == [{"sku": "A", "title": "blue\rmug"}]


def test_a_huge_line_is_a_row(shelf: Shelf) -> None:
    title = "mug " * 500_000

    (row,) = shelf(f"sku\ttitle\nA\t{title}\n".encode()).rows()

    assert row["title"] == title


def test_a_huge_field_between_quotation_marks_says_what_helps(shelf: Shelf) -> None:
    body = b'sku,title\nA,"' + b"mug " * 50_000 + b'"\n'

    with pytest.raises(DocumentDamaged, match=r"csv.field_size_limit"):
        list(shelf(body).rows())


@pytest.mark.parametrize("body", [b"", b"\n", b"sku\ttitle\n", b"\xef\xbb\xbfsku\ttitle\r\n"])
def test_an_empty_report_has_no_rows(shelf: Shelf, body: bytes) -> None:
    assert columns(shelf(body)) == []


def test_rows_of_a_known_report_are_typed(shelf: Shelf) -> None:
    names = [name.replace("_", "-") for name in OrderLine.__struct_fields__ if name != "columns"]
    said = {
        "amazon-order-id": "902-1",
        "purchase-date": "2026-11-02T09:00:00+00:00",
        "quantity": "2",
        "item-price": "42.50",
        "is-business-order": "false",
    }
    body = "\t".join([*names, "cpf"]) + "\n" + "\t".join([said.get(name, "") for name in names] + ["123"]) + "\n"

    (line,) = shelf(body.encode(), OrderLine).rows()

    assert line.amazon_order_id == "902-1"
    assert line.purchase_date == datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert (line.quantity, line.item_price, line.is_business_order) == (2, Decimal("42.50"), False)
    assert (line.merchant_order_id, line.item_tax) == (None, None)
    assert line["cpf"] == "123"
    assert shelf.noted() == [("cpf", "unknown column")]


def test_a_value_that_does_not_convert_stays_out_and_is_noted(shelf: Shelf) -> None:
    body = b"seller-sku\tprice\tquantity\topen-date\nA\tfree\t1.5\t31/31/2026 10:00:00\n"

    (row,) = shelf(body, Listing).rows()

    assert (row.price, row.quantity, row.open_date) == (None, None, None)
    assert row["price"] == "free"
    noted = [one for one in shelf.noted() if one[1] != "missing column"]
    assert noted == [
        ("open-date", "text that is no moment"),
        ("price", "text that is no number"),
        ("quantity", "text that is no whole number"),
    ]


class Color(StrEnum):
    BLUE = "blue"


class Mug(msgspec.Struct, kw_only=True):
    sku: str
    price_each: Decimal | None = None
    weight: float | None = None
    color: Color | None = None
    sold_on: date | None = None
    id_: int | None = msgspec.field(default=None, name="Mug No.")
    left: int = 7


def test_rows_become_a_struct_of_ones_own(shelf: Shelf) -> None:
    body = b"SKU\tprice-each\tWeight\tcolor\tSold On\tMug No.\nA\t1.234,50\t0.25\tblue\t2.11.2026\t12\n"

    rows = list(shelf(body).rows(into=Mug))

    assert rows == [
        Mug(sku="A", price_each=Decimal("1234.50"), weight=0.25, color=Color.BLUE, sold_on=date(2026, 11, 2), id_=12)
    ]
    assert shelf.noted() == []


def test_what_a_struct_needs_and_the_report_lacks_is_noted(shelf: Shelf) -> None:
    rows = list(shelf(b"color\ngreen\n").rows(into=Mug))

    assert rows == [Mug(sku="")]
    assert shelf.noted() == [("color", "text that is none of the values"), ("sku", "missing column")]


def test_the_rows_of_a_list_in_json(shelf: Shelf) -> None:
    body = b'{"spec": {"ids": ["US"]}, "ids": ["x"], "sales": [{"sku": "A", "priceEach": 1.5}, {"sku": "B"}]}'

    document = shelf(body)

    assert document.form == "json"
    assert columns(document) == [{"sku": "A", "priceEach": Decimal("1.5")}, {"sku": "B"}]
    assert [(mug.sku, mug.price_each) for mug in document.rows(into=Mug)] == [("A", Decimal("1.5")), ("B", None)]
    assert document.json()["ids"] == ["x"]


def test_json_with_several_lists_asks_which(shelf: Shelf) -> None:
    document = shelf(b'{"byDate": [{"day": 1}], "byAsin": [{"asin": "B0"}]}')

    with pytest.raises(InvalidInput, match=r"rows\(of=\.\.\.\): byDate, byAsin"):
        list(document.rows())
    assert columns(document, of="byAsin") == [{"asin": "B0"}]


def test_a_table_holds_no_list_to_name(shelf: Shelf) -> None:
    with pytest.raises(InvalidInput, match=r"of='sales' names a list in JSON.*is table"):
        list(shelf(b"sku\nA\n").rows(of="sales"))


def test_json_without_a_list_is_read_as_it_is(shelf: Shelf) -> None:
    with pytest.raises(InvalidInput, match="holds no list; json"):
        list(shelf(b'{"day": 1}').rows())


def test_json_that_is_a_list(shelf: Shelf) -> None:
    assert columns(shelf(b'\xef\xbb\xbf[{"sku": "A"}, 5]')) == [{"sku": "A"}, {"value": 5}]


def test_json_that_breaks_off_is_damaged(shelf: Shelf) -> None:
    document = shelf(b'[{"sku": "A"}, {"sk')

    with pytest.raises(DocumentDamaged, match="not whole JSON"):
        list(document.rows())
    with pytest.raises(DocumentDamaged, match="not whole JSON"):
        document.json()


def test_without_ijson_the_extra_is_named(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ijson", None)

    with pytest.raises(NotConfigured, match=r"sellingpartner\[documents\]"):
        list(shelf(b'[{"sku": "A"}]').rows())


def test_json_lines(shelf: Shelf) -> None:
    document = shelf(b'{"sku": "A"}\n\n{"sku": "B"}\n')

    assert document.form == "json lines"
    assert columns(document) == [{"sku": "A"}, {"sku": "B"}]


def test_the_messages_of_an_envelope(shelf: Shelf) -> None:
    body = (
        b'<?xml version="1.0" encoding="iso-8859-1"?><AmazonEnvelope><Header><V>1</V></Header>'
        b'<Message><Order id="7"><Id>902-1</Id><Item><Sku>A</Sku></Item><Item><Sku>\xfc</Sku></Item>'
        b'<Price currency="EUR"> 5 </Price></Order></Message><Message><Order/></Message></AmazonEnvelope>'
    )
    order = {
        "@id": "7",
        "Id": "902-1",
        "Item": [{"Sku": "A"}, {"Sku": "ü"}],
        "Price": {"@currency": "EUR", "#text": "5"},
    }

    assert columns(shelf(body)) == [{"Order": order}, {"Order": ""}]
    assert columns(shelf(body), of="Item") == [{"Sku": "A"}, {"Sku": "ü"}]


def test_elements_of_a_root_without_an_envelope(shelf: Shelf) -> None:
    assert columns(shelf(b"<r:Rows xmlns:r='x'><r:Row><r:A>1</r:A></r:Row></r:Rows>")) == [{"A": "1"}]


def test_xml_that_breaks_off_is_damaged(shelf: Shelf) -> None:
    with pytest.raises(DocumentDamaged, match="not whole XML"):
        list(shelf(b"<Rows><Row>").rows())


def test_a_spreadsheet_is_left_to_those_who_read_them(shelf: Shelf) -> None:
    document = shelf(b"PK\x03\x04...")

    assert document.form == "binary"
    with pytest.raises(InvalidInput, match="read it from its path"):
        list(document.rows())


@pytest.mark.parametrize(
    ("content_type", "marketplace", "body", "charset"),
    [
        ("text/plain; charset=Cp1252", DE, "Tür €".encode("cp1252"), "cp1252"),
        ("text/plain;charset=ISO-8859-1", DE, "Tür €".encode("cp1252"), "cp1252"),
        ("text/plain; charset=utf8", US, "Tür".encode(), "utf-8"),
        ("text/plain; charset=Shift_JIS", JP, "①商品".encode("cp932"), "cp932"),
        ("text/plain; charset=windows-31j", JP, "①商品".encode("cp932"), "cp932"),
        ("", JP, "出品者SKU".encode("cp932"), "cp932"),
        ("", JP, "出品者SKU".encode(), "utf-8"),
        ("text/plain", DE, "Tür".encode("cp1252"), "cp1252"),
        ("application/octet-stream", US, b"plain", "utf-8"),
        ("text/plain; charset=Cp1252", DE, b"\xef\xbb\xbf" + "Tür".encode(), "utf-8-sig"),
        ("", US, "Tür".encode("utf-16"), "utf-16"),
        (
            "text/xml; charset=UTF-8",
            DE,
            "<?xml version='1.0' encoding='iso-8859-1'?><Tür/>".encode("latin-1"),
            "cp1252",
        ),
        ("text/xml; charset=Cp1252", DE, "<Tür/>".encode(), "utf-8"),
        ("application/json; charset=Cp1252", DE, '["Tür"]'.encode(), "utf-8"),
    ],
)
def test_the_charset_is_found(shelf: Shelf, content_type: str, marketplace: str, body: bytes, charset: str) -> None:
    document = shelf(body, content_type=content_type, marketplace=marketplace)

    assert document.charset == charset
    assert document.text() == body.decode(charset)


def test_japans_header_is_read(shelf: Shelf) -> None:
    body = "出品者SKU\t価格\nMUG\t1200\n".encode("cp932")

    assert columns(shelf(body, content_type="text/plain", marketplace=JP)) == [{"出品者SKU": "MUG", "価格": "1200"}]


def test_a_wrong_charset_is_an_error_that_names_the_byte(shelf: Shelf) -> None:
    body = b"sku\ttitle\n" * 20_000 + "A\tTür\n".encode("cp1252")
    document = shelf(body, marketplace=DE)

    with pytest.raises(CharsetWrong, match=r"Byte 200003 \(0xfc\) is no text in utf-8; .*charset=") as raised:
        document.text()

    assert raised.value.byte_offset == 200_003
    with pytest.raises(CharsetWrong):
        list(document.rows())
    assert shelf(body, charset="cp1252").text().endswith("Tür\n")


def test_half_a_letter_at_the_end_is_an_error(shelf: Shelf) -> None:
    with pytest.raises(CharsetWrong, match="Byte 1 "):
        shelf(b"T\xc3").text()


def test_a_charset_that_nobody_knows_is_said(shelf: Shelf) -> None:
    with pytest.raises(CharsetWrong, match="Nobody knows the charset 'klingon'"):
        shelf(b"\xe8", content_type="text/plain; charset=klingon").text()


def test_moments_name_their_zones(shelf: Shelf) -> None:
    said = {
        "2026-11-02T09:00:00+01:00": datetime(2026, 11, 2, 9, tzinfo=timezone(timedelta(hours=1))),
        "2025-06-09 05:23:19 UTC": datetime(2025, 6, 9, 5, 23, 19, tzinfo=UTC),
        "2022-03-15 02:26:37 PDT": datetime(2022, 3, 15, 9, 26, 37, tzinfo=UTC),
        "29/09/2025 16:19:39 BST": datetime(2025, 9, 29, 15, 19, 39, tzinfo=UTC),
        "09.06.2025 05:23:19 MESZ": datetime(2025, 6, 9, 3, 23, 19, tzinfo=UTC),
        "2025-06-09": datetime(2025, 6, 9, tzinfo=UTC),
        "31/12/2025": datetime(2025, 12, 31, tzinfo=UTC),
        "31/31/2025": None,
    }
    body = "open-date\n" + "".join(f"{text}\n" for text in said)

    found = [row.open_date for row in shelf(body.encode(), Listing).rows()]

    assert found == list(said.values())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.50", "1234.50"),
        ("-1.234,5", "-1234.5"),
        ("1,234.50", "1234.50"),
        ("14,99", "14.99"),
        ("1,234,567", "1234567"),
        ("1e999999999", None),
        ("NaN", None),
        ("12 apples", None),
    ],
)
def test_numbers_are_read_in_both_notations(shelf: Shelf, text: str, number: str | None) -> None:
    (row,) = shelf(f"price\n{text}\n".encode(), Listing).rows()

    assert row.price == (None if number is None else Decimal(number))
