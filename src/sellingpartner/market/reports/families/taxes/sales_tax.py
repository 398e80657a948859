"""The report on sales tax of North America: a row for each part of each line that was sold or given back.

Amazon makes it when the seller asks for it in Seller Central, and not by an operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.taxes.tax_cells import home, money
from sellingpartner.market.reports.families.taxes.taxed_lines import Part, TaxedLine, taxed_in_time
from sellingpartner.market.reports.kinds import Charset, Empty, Rows, Window, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.market.reports.writing.values import moment, true_false
from sellingpartner.storage.unit import UnitOfWork


class _Taxed(NamedTuple):
    """A part of a line."""

    line: TaxedLine
    name: str
    part: Part

    @property
    def basis(self) -> int:
        """What is taxed, after promotions."""
        return self.part.net + self.part.promo_net


def _amount(of: Callable[[_Taxed], int]) -> Callable[[_Taxed], str]:
    return lambda one: money(one.line, of(one))


# Assumed: the market knows no exemptions, tax codes of products, codes of places, and rules of promotions.
_EMPTY = (
    "Product_Tax_Code", "Buyer_Exemption_Code", "Buyer_Exemption_Domain", "Buyer_Exemption_Certificate_Id",
    "Ship_From_Tax_Location_Code", "Ship_To_Location_Code", "Taxed_Location_Code", "Promo_ID_Domain",
    "Promo_Rule_Reason_Code", "Promo_Tax_Price_Type", "Tax_Category",
)  # fmt: skip

_CELLS: Final[Mapping[str, Callable[[_Taxed], str]]] = {
    **dict.fromkeys(_EMPTY, lambda _: ""),
    "Order_ID": lambda one: one.line.order.order_id,
    "Order_Date": lambda one: moment(one.line.order.purchased_at),
    "Shipment_ID": lambda one: one.line.shipment_id,
    "Shipment_Date": lambda one: moment(one.line.shipped_at),
    "Tax_Calculated_Date (UTC)": lambda one: moment(one.line.entry.posted_at),
    "Posted_Date": lambda one: moment(one.line.entry.posted_at),
    "Marketplace": lambda one: MARKETPLACES[one.line.order.marketplace_id].name,
    "Merchant_ID": lambda one: one.line.seller.seller_id,
    "Fulfillment": lambda one: one.line.order.channel.value,
    "ASIN": lambda one: one.line.item.asin,
    "SKU": lambda one: one.line.item.sku,
    "Transaction_Type": lambda one: "Refund" if one.line.is_back else "Sales",
    "Tax_Collection_Model": lambda one: "MarketplaceFacilitator" if one.part.withheld else "",
    "Tax_Collection_Responsible_Party": lambda one: "Amazon Services, Inc." if one.part.withheld else "Seller",
    "Quantity": lambda one: str(one.line.line.quantity),
    "Currency": lambda one: one.line.order.currency,
    "Display_Price": _amount(lambda one: one.part.net),
    "Display_Price_Tax_Inclusive": lambda _: "false",
    "TaxExclusive_Selling_Price": _amount(lambda one: one.part.net),
    "Total_Tax": _amount(lambda one: one.part.due),
    "Total_Tax_Collected_By_Amazon": _amount(lambda one: one.part.withheld),
    "Financial_Component": lambda one: one.name,
    "Ship_From_City": lambda one: one.line.origin.city,
    "Ship_From_State": lambda one: one.line.origin.state,
    "Ship_From_Country": lambda one: one.line.origin.country,
    "Ship_From_Postal_Code": lambda one: one.line.origin.postal_code,
    "Ship_To_City": lambda one: one.line.order.address.city,
    "Ship_To_State": lambda one: one.line.order.address.state_or_region or "",
    "Ship_To_Country": lambda one: one.line.order.address.country_code,
    "Ship_To_Postal_Code": lambda one: one.line.order.address.postal_code,
    "Tax_Address_Role": lambda _: "ShipTo",
    # Assumed: a row is about a whole state, as the market's rates know neither counties nor cities.
    "Jurisdiction_Level": lambda _: "State",
    "Jurisdiction_Name": lambda one: one.line.order.address.state_or_region or home(one.line),
    "Display_Promo_Amount": _amount(lambda one: one.part.promo_net),
    "Display_Promo_Tax_Inclusive": lambda _: "false",
    "isPromoApplied": lambda one: true_false(bool(one.part.promo_net)),
    "postPromoTaxableBasis": _amount(lambda one: one.basis if one.part.due else 0),
    "prePromoTaxableBasis": _amount(lambda one: one.part.net if one.part.tax else 0),
    "Promo_Amount_Basis": _amount(lambda one: one.part.promo_net),
    "promoAmountTax": _amount(lambda one: one.part.promo_tax),
    "Promotion_Identifier": lambda one: ",".join(one.line.line.promotion_ids) if one.part.promo_net else "",
    "Tax_Amount": _amount(lambda one: one.part.due),
    "Tax_Amount_Collected_By_Amazon": _amount(lambda one: one.part.withheld),
    "Taxed_Jurisdiction_Tax_Rate": lambda one: f"{one.line.rate:.5f}",
    "Tax_Type": lambda one: "SalesTax" if home(one.line) == "US" else "GST",
    "Tax_Calculation_Reason_Code": lambda one: "Taxable" if one.part.due else "NonTaxable",
    "NonTaxable_Amount": _amount(lambda one: 0 if one.part.due else one.basis),
    "Taxable_Amount": _amount(lambda one: one.basis if one.part.due else 0),
}


@report(
    "GET_FLAT_FILE_SALES_TAX_DATA",
    window=Window(default_days=30),
    empty=Empty.CANCELLED,
    charset=Charset.UTF8,
    is_of_console=True,
    countries=("CA", "US"),
)
def sales_tax(unit: UnitOfWork, asked: Asked) -> Rows:
    """What was taxed in some time."""
    return table(columns_of("taxes/taxes.toml", "sales_tax"), _parts(unit, asked), _CELLS)


def _parts(unit: UnitOfWork, asked: Asked) -> Iterator[_Taxed]:
    for line in taxed_in_time(unit, asked):
        for name, part in line.parts:
            if any(part) or name == "OUR_PRICE":
                yield _Taxed(line, name, part)
