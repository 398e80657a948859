"""An NF-e, the XML document that a Brazilian invoice is: read from what a seller hands in, and written.

Only what is held against the order is read; what an invoice says of taxes is the authority's to check.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec

from sellingpartner.market.invoicing.access_key import AccessKey

NAMESPACE = "http://www.portalfiscal.inf.br/nfe"
_VERSION = "4.00"
_AUTHORIZED = "100"
_MOST_ITEMS = 990
_CENT = Decimal("0.01")


class Unreadable(ValueError):
    """It is no NF-e; the message says why."""


class NfeItem(msgspec.Struct, frozen=True, kw_only=True):
    """Units of one product."""

    sku: str
    title: str
    units: Decimal
    price: Decimal
    """For all of them."""


class Nfe(msgspec.Struct, frozen=True, kw_only=True):
    """What an NF-e says."""

    key: str
    """The access key, as its id has it."""
    series: str
    number: str
    issued_at: str
    issuer: str
    """The CNPJ of who sells."""
    issuer_name: str
    buyer_number: str
    """The CNPJ or CPF of who buys."""
    buyer_name: str
    items: tuple[NfeItem, ...]
    goods: Decimal
    freight: Decimal
    discount: Decimal
    other: Decimal
    total: Decimal
    protocol_key: str | None = None
    authorization: str | None = None
    """The authority's word on it: 100 where it authorized the invoice."""

    @property
    def is_authorized(self) -> bool:
        """Whether the authority has authorized this very invoice."""
        return self.authorization == _AUTHORIZED and self.protocol_key == self.key


def read(content: bytes) -> Nfe:
    """An NF-e, with the authority's protocol or without; raises `Unreadable`."""
    root = _root(content)
    info = root if _name(root) == "infNFe" else root.find(f".//{{{NAMESPACE}}}infNFe")
    if info is None:
        raise Unreadable("infNFe is missing.")
    items = [_item(one) for one in info.findall(f"{{{NAMESPACE}}}det")[: _MOST_ITEMS + 1]]
    if not 1 <= len(items) <= _MOST_ITEMS:
        raise Unreadable(f"An NF-e has 1 to {_MOST_ITEMS} items.")
    totals = _child(_child(info, "total"), "ICMSTot")
    protocol = root.find(f".//{{{NAMESPACE}}}infProt")
    ide, issuer, buyer = _child(info, "ide"), _child(info, "emit"), _child(info, "dest")
    return Nfe(
        key=(info.get("Id") or "").removeprefix("NFe"),
        series=_text(ide, "serie"),
        number=_text(ide, "nNF"),
        issued_at=_text(ide, "dhEmi"),
        issuer=_text(issuer, "CNPJ"),
        issuer_name=_text(issuer, "xNome"),
        buyer_number=_text(buyer, "CNPJ", "") or _text(buyer, "CPF", ""),
        buyer_name=_text(buyer, "xNome", ""),
        items=tuple(items),
        goods=_amount(totals, "vProd"),
        freight=_amount(totals, "vFrete", "0"),
        discount=_amount(totals, "vDesc", "0"),
        other=_amount(totals, "vOutro", "0"),
        total=_amount(totals, "vNF"),
        protocol_key=None if protocol is None else _text(protocol, "chNFe", ""),
        authorization=None if protocol is None else _text(protocol, "cStat", ""),
    )


def written(nfe: Nfe, key: AccessKey, *, purpose: str, address: Sequence[tuple[str, str]] = ()) -> bytes:
    """An NF-e with the authority's protocol, if it has one; `purpose` is the nature of the transaction."""
    root = Element("nfeProc", xmlns=NAMESPACE, versao=_VERSION)
    info = SubElement(SubElement(root, "NFe"), "infNFe", Id=f"NFe{nfe.key}", versao=_VERSION)
    _say(
        SubElement(info, "ide"),
        cUF=key.state,
        cNF=key.code,
        natOp=purpose,
        mod=key.model,
        serie=nfe.series,
        nNF=nfe.number,
        dhEmi=nfe.issued_at,
        tpEmis=key.emission,
        cDV=key.digit,
    )
    _say(SubElement(info, "emit"), CNPJ=nfe.issuer, xNome=nfe.issuer_name)
    buyer = SubElement(info, "dest")
    if nfe.buyer_number:
        _say(buyer, **{"CNPJ" if len(nfe.buyer_number) > len("00000000000") else "CPF": nfe.buyer_number})
    _say(buyer, xNome=nfe.buyer_name)
    if address:
        _say(SubElement(buyer, "enderDest"), **dict(address))
    for place, item in enumerate(nfe.items, start=1):
        product = SubElement(SubElement(info, "det", nItem=str(place)), "prod")
        each = (item.price / item.units).quantize(_CENT) if item.units else item.price
        _say(
            product,
            cProd=item.sku,
            xProd=item.title,
            qCom=f"{item.units:.4f}",
            vUnCom=f"{each:.2f}",
            vProd=f"{item.price:.2f}",
        )
    _say(
        SubElement(SubElement(info, "total"), "ICMSTot"),
        vProd=f"{nfe.goods:.2f}",
        vFrete=f"{nfe.freight:.2f}",
        vDesc=f"{nfe.discount:.2f}",
        vOutro=f"{nfe.other:.2f}",
        vNF=f"{nfe.total:.2f}",
    )
    if nfe.authorization is not None:
        proof = SubElement(SubElement(root, "protNFe", versao=_VERSION), "infProt")
        _say(proof, chNFe=nfe.protocol_key or "", cStat=nfe.authorization, nProt=f"1{nfe.key[:14]}")
    written_xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written_xml


def moment(at: datetime) -> str:
    """A moment as an NF-e writes it."""
    return at.isoformat(timespec="seconds")


def _say(element: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(element, name).text = "".join(letter for letter in text if letter.isprintable())


def _root(content: bytes) -> Any:  # noqa: ANN401 - an element of lxml
    from lxml import etree  # noqa: PLC0415 - a library of its own weight, for invoices alone

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as reason:
        raise Unreadable(f"It is no XML: {str(reason)[:200]}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("It has a DOCTYPE; an NF-e has none.")
    if etree.QName(root).namespace != NAMESPACE or _name(root) not in {"nfeProc", "NFe", "infNFe"}:
        raise Unreadable(f"Its root is no nfeProc or NFe of {NAMESPACE}.")
    return root


def _name(element: Any) -> str:  # noqa: ANN401 - as above
    return str(element.tag).rpartition("}")[2]


def _child(element: Any, name: str) -> Any:  # noqa: ANN401 - as above
    found = element.find(f"{{{NAMESPACE}}}{name}")
    if found is None:
        raise Unreadable(f"{name} is missing in {_name(element)}.")
    return found


def _text(element: Any, name: str, default: str | None = None) -> str:  # noqa: ANN401 - as above
    found = element.find(f"{{{NAMESPACE}}}{name}")
    text = None if found is None else (found.text or "").strip()
    if text or default is not None:
        return text or default or ""
    raise Unreadable(f"{name} is missing in {_name(element)}.")


def _amount(element: Any, name: str, default: str | None = None) -> Decimal:  # noqa: ANN401 - as above
    text = _text(element, name, default)
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Unreadable(f"{name} is no number.") from None
    if not value.is_finite() or not 0 <= value < 10**13:
        raise Unreadable(f"{name} is no amount.")
    return value


def _item(element: Any) -> NfeItem:  # noqa: ANN401 - as above
    product = _child(element, "prod")
    return NfeItem(
        sku=_text(product, "cProd"),
        title=_text(product, "xProd", ""),
        units=_amount(product, "qCom"),
        price=_amount(product, "vProd"),
    )
