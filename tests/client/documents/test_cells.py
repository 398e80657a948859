"""What cells mean: in their file, at their marketplace, in whichever language their header is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf import DE, JP, UK, US, Shelf

from sellingpartner.client.documents import HeaderUnknown, Listing, OrderLine, Row, SettlementLine
from sellingpartner.client.documents._cells.cells import Cells
from sellingpartner.client.documents._cells.dates import written
from sellingpartner.client.documents._cells.habits import Habits, habits_of, world
from sellingpartner.contract.marketplaces import BY_COUNTRY

IN, CA, SE = (BY_COUNTRY[code].marketplace_id for code in ("IN", "CA", "SE"))
LEDGER = "GET_LEDGER_DETAIL_VIEW_DATA"


class Day(msgspec.Struct):
    on: date | None = None


def at(hours: float, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone(timedelta(hours=hours)))  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "marketplace", "moment"),
    [
        ("23/09/2021 10:34:38 MEST", DE, at(2, 2021, 9, 23, 10, 34, 38)),
        ("03/09/2021 10:34:38 MEST", "", at(2, 2021, 9, 3, 10, 34, 38)),
        ("08/07/2016 10:12:40 BST", UK, at(1, 2016, 7, 8, 10, 12, 40)),
        ("08/07/2016 10:12:40", UK, datetime(2016, 7, 8, 10, 12, 40, tzinfo=UTC)),
        ("08/07/2016", US, datetime(2016, 8, 7, tzinfo=UTC)),
        ("08/07/2016", "", None),
        ("08/07/16", JP, datetime(2008, 7, 16, tzinfo=UTC)),
        ("2021/09/23 10:34:38 JST", JP, at(9, 2021, 9, 23, 10, 34, 38)),
        ("03/16/2024", US, datetime(2024, 3, 16, tzinfo=UTC)),
        ("03/16/2024", DE, datetime(2024, 3, 16, tzinfo=UTC)),
        ("16-Mar-2024", "", datetime(2024, 3, 16, tzinfo=UTC)),
        ("Mar 16, 2024 1:05:00 PM PDT", US, at(-7, 2024, 3, 16, 13, 5)),
        ("16. M\u00e4rz 2024", DE, datetime(2024, 3, 16, tzinfo=UTC)),
        ("16 ao\u00fbt 2024", "", datetime(2024, 8, 16, tzinfo=UTC)),
        ("13.1.17", "", datetime(2017, 1, 13, tzinfo=UTC)),
        ("09.06.2025 05:23:19 UTC", DE, datetime(2025, 6, 9, 5, 23, 19, tzinfo=UTC)),
        ("2013-01-07 07:35:42 PST", US, at(-8, 2013, 1, 7, 7, 35, 42)),
        ("2013-01-07 07:35:42 GMT+09:00", JP, at(9, 2013, 1, 7, 7, 35, 42)),
        ("2024-03-16 10:34:38 IST", IN, at(5.5, 2024, 3, 16, 10, 34, 38)),
        ("2024-03-16 10:34:38 IST", US, None),
        ("2024-03-16 10:34:38 XYZ", US, None),
        ("2024-02-30", US, None),
        ("13/13/2024", US, None),
        ("1/2/3", US, None),
        ("-", US, None),
    ],
)
def test_a_moment_is_read_as_its_marketplace_writes_it(
    shelf: Shelf, text: str, marketplace: str, moment: datetime | None
) -> None:
    is_unread = moment is None and text != "-"

    (row,) = shelf(f"open-date\n{text}\n".encode(), Listing, marketplace=marketplace).rows()

    assert row.open_date == moment
    assert row["open-date"] == text
    noted = {what for column, what in shelf.noted() if column == "open-date" and what != "no time zone"}
    assert bool(noted) is is_unread


def test_one_date_in_a_column_shows_the_order_of_all(shelf: Shelf) -> None:
    body = b"on\n01/02/2024\n12/12/2024\n23/02/2024\n04/05/2024\n"

    for marketplace in ("", US, CA):  # what the file shows counts more than what is usual
        days = [row.on for row in shelf(body, marketplace=marketplace).rows(into=Day)]
        assert days == [date(2024, 2, 1), date(2024, 12, 12), date(2024, 2, 23), date(2024, 5, 4)]
    assert shelf.noted() == []


def test_a_date_that_nothing_explains_is_said_to_be_two(shelf: Shelf) -> None:
    (row,) = shelf(b"on\n01/02/2024\n", marketplace="").rows(into=Day)

    assert row.on is None
    assert shelf.noted() == [("on", "text that could be two days")]


def test_the_ledger_has_the_month_first_everywhere(shelf: Shelf) -> None:
    (row,) = shelf(b"on\n02/03/2024\n", marketplace=UK, report_type=LEDGER).rows(into=Day)

    assert row.on == date(2024, 2, 3)


@pytest.mark.parametrize(
    ("text", "marketplace", "number"),
    [
        ("1,234", US, "1234"),
        ("1,234", UK, "1234"),
        ("1,234", JP, "1234"),
        ("1,234", DE, "1.234"),
        ("1,234", "", None),
        ("1.234", DE, "1.234"),
        ("0,125", "", "0.125"),
        ("1.234,5", US, "1234.5"),
        ("1,23,456.50", IN, "123456.50"),
        ("1 234,56", SE, "1234.56"),
        ("1\u202f234\u00a0567,8", DE, "1234567.8"),
        ("1'234.50", "", "1234.50"),
        ("$1,234.50", US, "1234.50"),
        ("-$5", US, "-5"),
        ("($5.25)", US, "-5.25"),
        ("5.25-", US, "-5.25"),
        ("\u22125", US, "-5"),
        ("12,00 \u20ac", DE, "12.00"),
        ("EUR 12", DE, "12"),
        ("\uffe51,200", JP, "1200"),
        ("R$ 12,50", "", "12.50"),
        ("12.5%", US, "12.5"),
        ("1E+3", US, "1000"),
        ("1,2,3", US, None),
        ("12 5", US, None),
        ("1.2.3", US, None),
        ("free", US, None),
        (".", US, None),
        ("5 apples", US, None),
    ],
)
def test_a_number_is_read_as_its_marketplace_writes_it(
    shelf: Shelf, text: str, marketplace: str, number: str | None
) -> None:
    (row,) = shelf(f"price\n{text}\n".encode(), Listing, marketplace=marketplace).rows()

    assert row.price == (None if number is None else Decimal(number))
    assert row["price"] == text


@pytest.mark.parametrize(
    ("text", "marketplace", "whole"),
    [("1,234", DE, 1234), ("1.234", DE, 1234), ("1,234", US, 1234), ("7", US, 7), ("7.0", US, 7), ("1.5", US, None)],
)
def test_a_quantity_is_whole(shelf: Shelf, text: str, marketplace: str, whole: int | None) -> None:
    (row,) = shelf(f"quantity\n{text}\n".encode(), Listing, marketplace=marketplace).rows()

    assert row.quantity == whole


def test_one_number_in_a_column_shows_what_its_comma_is(shelf: Shelf) -> None:
    rows = shelf(b"price\n1,234\n95,00\n1.234\n", Listing, marketplace=US).rows()

    assert [row.price for row in rows] == [Decimal("1.234"), Decimal("95.00"), Decimal(1234)]


def test_settlements_in_europe_part_thousands_by_points(shelf: Shelf) -> None:
    (row,) = shelf(
        b"amount\n1.234\n", SettlementLine, marketplace=DE, report_type=SettlementLine.report_types[0]
    ).rows()

    assert row.amount == Decimal(1234)


CHINESE = (
    "\u5546\u54c1\u540d\u79f0\t\u5546\u54c1\u63cf\u8ff0\t\u5546\u54c1\u7f16\u7801\t\u5356\u5bb6 SKU\t\u4ef7\u683c\t"
    "\u6570\u91cf\t\u5f00\u552e\u65e5\u671f\t\u4e0d\u9002\u7528\u9879\u76ee\tASIN1\t\u4e0d\u9002\u7528\u9879\u76ee\t"
    "\u5546\u54c1\u7f16\u7801\t\u914d\u9001\u6e20\u9053\t\u72b6\u6001"
)
GERMAN = (
    "Artikelbezeichnung\tArtikelbeschreibung\tAngebotsnummer\tH\u00e4ndler-SKU\tPreis\tMenge\tErstellungsdatum\tx\t"
    "ASIN 1\ty\tProdukt-ID\tVersender\tStatus"
)
JAPANESE = (
    "\u5546\u54c1\u540d\t\u5546\u54c1\u306e\u8aac\u660e\t\u51fa\u54c1ID\t\u51fa\u54c1\u8005SKU\t\u4fa1\u683c\t"
    "\u6570\u91cf\t\u51fa\u54c1\u65e5\tx\tASIN 1\ty\t\u5546\u54c1ID\t"
    "\u30d5\u30eb\u30d5\u30a3\u30eb\u30e1\u30f3\u30c8\u30fb\u30c1\u30e3\u30f3\u30cd\u30eb\t\u30b9\u30c6\u30fc\u30bf\u30b9"
)


@pytest.mark.parametrize("header", [CHINESE, GERMAN, JAPANESE], ids=["Chinese", "German", "Japanese"])
def test_translated_headers_of_listings_are_known(shelf: Shelf, header: str) -> None:
    cells = "Mug\tBlue\t0645\tMUG\t20.32\t10\t15/04/2020 15:15:46 BST\t\tB0ASIN\t\tB0ID\tDEFAULT\tActive"

    (row,) = shelf(f"{header}\n{cells}\n".encode(), Listing).rows()

    assert (row.item_name, row.item_description, row.listing_id, row.seller_sku) == ("Mug", "Blue", "0645", "MUG")
    assert (row.price, row.quantity, row.open_date) == (Decimal("20.32"), 10, at(1, 2020, 4, 15, 15, 15, 46))
    assert (row.asin1, row.product_id, row.fulfillment_channel, row.status) == ("B0ASIN", "B0ID", "DEFAULT", "Active")


def test_a_column_that_could_be_two_is_neither(shelf: Shelf) -> None:
    (row,) = shelf("\u5356\u5bb6 SKU\t\u5546\u54c1\u7f16\u7801\nMUG\t0645\n".encode(), Listing).rows()

    assert (row.seller_sku, row.listing_id, row.product_id) == ("MUG", None, None)


@pytest.mark.parametrize("kind", [Listing, OrderLine, Day])
def test_a_header_that_nobody_knows_raises_and_says_what_helps(shelf: Shelf, kind: type[msgspec.Struct]) -> None:
    document = shelf("\ud310\ub9e4\uc790 SKU\t\uac00\uaca9\nMUG\t5\n".encode())

    with pytest.raises(
        HeaderUnknown, match=r"The header is '\ud310\ub9e4\uc790 SKU'.*expected were .*rows\(into=Row\)"
    ):
        list(document.rows(into=kind))
    assert [dict(row) for row in document.rows(into=Row)] == [{"\ud310\ub9e4\uc790 SKU": "MUG", "\uac00\uaca9": "5"}]


def test_a_few_known_columns_among_many_are_no_header(shelf: Shelf) -> None:
    header = "\t".join(["merchant-shipping-group", *(f"\uac00{place}" for place in range(28))])

    with pytest.raises(HeaderUnknown):
        list(shelf(f"{header}\n{header}\n".encode(), Listing).rows())


def test_every_marketplace_has_its_habits() -> None:
    known = world()

    lists = (known.dates.day, known.dates.month, known.dates.year, known.numbers.comma, known.numbers.point)
    assert {code for codes in lists for code in codes} <= BY_COUNTRY.keys()
    assert habits_of((DE, UK), None) == Habits(order=habits_of((UK,), None).order, zones=known.zones)


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 12, 31)))  # noqa: DTZ001 - any
def test_what_a_file_writes_is_what_is_read(moment: datetime) -> None:
    cells = Cells(habits_of((UK,), None), lambda _: iter(()))
    moment = moment.replace(microsecond=0)

    for form in (
        "%d/%m/%Y %H:%M:%S",
        "%d-%b-%Y %H:%M:%S",
        "%d.%m.%y %H:%M:%S",
        "%b %d, %Y %I:%M:%S %p",
        "%Y/%m/%d %H:%M:%S",
    ):
        assert cells.moment(moment.strftime(form), "x") == moment


@given(
    st.text(max_size=80)
    | st.from_regex(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}( [0-9:]{1,9}( [A-Z+]{1,5})?)?", fullmatch=True)
)
def test_no_cell_raises(text: str) -> None:
    cells = Cells(habits_of((US,), None), lambda _: iter((text, "x", "1,5")))

    for read in (cells.number, cells.whole, cells.fraction, cells.truth, cells.moment, cells.day):
        read(text, "x")
    written(text)
