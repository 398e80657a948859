"""POST_FLAT_FILE_FBA_CREATE_REMOVAL: a removal order, by the command that makes one by hand.

The file says first, a line each, a name and a value: the order's number, what becomes of the units, where they go.
Below stands a table of SKUs with how many units of each. It is one order: all of it is carried out, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.accounts.model import Address
from sellingpartner.market.feeds.kinds import FeedFile, Finding, Form, Message, Refused, Severity, feed
from sellingpartner.market.feeds.reading.table import lines_of
from sellingpartner.market.removals.commands import request_removal
from sellingpartner.market.removals.model import NewRemoval, RemovalKind, Wanted
from sellingpartner.storage.unit import UnitOfWork

_KINDS = (RemovalKind.RETURN, RemovalKind.DISPOSAL)
"""What a feed may ask for."""
_NUMBER, _DISPOSITION = "merchantremovalorderid", "removaldisposition"
_ADDRESS = {
    "addressname": "",
    "addressfieldone": "line1",
    "addressfieldtwo": "line2",
    "addressfieldthree": "",
    "addresscity": "city",
    "addressstateorregion": "state",
    "addresspostalcode": "postal_code",
    "addresscountrycode": "country_code",
    "contactphonenumber": "",
}
_NEEDED = ("addressname", "addressfieldone", "addresscity", "addresspostalcode", "addresscountrycode")
_NOTES = "shippingnotes"
_KNOWN = frozenset({_NUMBER, _DISPOSITION, _NOTES, *_ADDRESS})
_HEAD = ("merchantsku", "sellablequantity", "unsellablequantity")
_COUNTRY_LENGTH = 2
_MOST_DIGITS = 9
# Assumed: the codes of what is wrong with the file; that of a disposition which a marketplace does not have was seen.
_INELIGIBLE, _INCOMPLETE, _STOPPED = "1", "2", "3"
_FIRST_NUMBER = 100_001


def read(file: FeedFile) -> Iterator[Message]:
    """The one order of a file; raises `Refused` for one that is none."""
    said, rows = _parts(file)
    yield Message(_FIRST_NUMBER, _order(said, rows))


def _parts(file: FeedFile) -> tuple[dict[str, str], list[Wanted]]:
    """What stands above the table, by its names in lower case, and the rows of the table."""
    said: dict[str, str] = {}
    rows: list[Wanted] = []
    names: list[str] | None = None
    for line in lines_of(file):
        fields = [field.strip() for field in line.split("\t")]
        if not any(fields):
            continue
        if names is not None:
            rows.append(_row(dict(zip(names, fields, strict=False))))
        elif fields[0].lower() == _HEAD[0]:
            names = [field.lower() for field in fields]
        elif fields[0].lower() in _KNOWN:
            said[fields[0].lower()] = fields[1] if len(fields) > 1 else ""
        else:
            raise _refused(f"{fields[0][:60]!r} is no field of a removal order.")
    if names is None:
        raise _refused("The table of SKUs is missing; its first column is MerchantSKU.")
    return said, rows


def _row(record: Mapping[str, str]) -> Wanted:
    sku = record.get(_HEAD[0], "")
    if not sku:
        raise _refused("MerchantSKU is empty.")
    return Wanted(sku=sku, sellable=_count(record, _HEAD[1], sku), unsellable=_count(record, _HEAD[2], sku))


def _count(record: Mapping[str, str], name: str, sku: str) -> int:
    text = record.get(name, "")
    if text and not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise _refused(f"{name} of {sku!r} is {text[:20]!r}; it must be a whole number.")
    return int(text or 0)


def _order(said: Mapping[str, str], rows: list[Wanted]) -> NewRemoval:
    disposition = said.get(_DISPOSITION, "")
    kind = next((one for one in _KINDS if one.value.lower() == disposition.lower()), None)
    if kind is None:
        text = f"RemovalDisposition {disposition[:40]} is ineligible in your marketplace."
        raise Refused(_stopped(), Finding(code=_INELIGIBLE, text=text, message=_FIRST_NUMBER + 1))
    return NewRemoval(
        kind=kind,
        items=tuple(rows),
        removal_id=said.get(_NUMBER) or None,
        recipient=said.get("addressname", ""),
        address=_address(said) if kind is RemovalKind.RETURN else None,
        notes=said.get(_NOTES, ""),
    )


def _address(said: Mapping[str, str]) -> Address:
    missing = [name for name in _NEEDED if not said.get(name)]
    if missing:
        raise _refused(f"The address of a return is incomplete; give {', '.join(missing)} as well.")
    if len(said["addresscountrycode"]) != _COUNTRY_LENGTH:
        raise _refused("AddressCountryCode must have two letters.")
    fields = {field: said[name] for name, field in _ADDRESS.items() if field and said.get(name)}
    return Address(**fields)


def _refused(text: str) -> Refused:
    return Refused(_stopped(), Finding(code=_INCOMPLETE, text=text, message=_FIRST_NUMBER + 1))


def _stopped() -> Finding:
    text = "An error prevented this feed from being processed. No removal order was created."
    return Finding(code=_STOPPED, severity=Severity.INFO, text=text, message=_FIRST_NUMBER)


def _told(error: SellingPartnerError, _: NewRemoval) -> Finding:
    return Finding(code=_INCOMPLETE, text=error.message, about={"SKU": getattr(error, "sku", "")})


@feed("POST_FLAT_FILE_FBA_CREATE_REMOVAL", read=read, tell=_told, form=Form.FLAT)
def carry_out(unit: UnitOfWork, file: FeedFile, new: NewRemoval) -> None:  # noqa: ARG001 - as every type has it
    """Hand the removal order in."""
    request_removal(unit, new)
