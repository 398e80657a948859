"""In what forms a label and its papers are printed, and which of them somebody asks for.

Assumed: every service has a label of 4 x 6 inches as PDF, PNG and ZPL, and a PDF of a whole page with the label on its
left or right half; papers come in one file or each in its own, and a packing slip only where it is asked for. Of some
services Amazon was seen to join them always, and to want the slip.
"""

from __future__ import annotations

import msgspec

from sellingpartner.market.shipping.carriers.inputs import wants_inputs
from sellingpartner.market.shipping.carriers.services import Carrier, Offered
from sellingpartner.market.shipping.model import LabelWish
from sellingpartner.market.shipping.refusals import Unfit

LABEL, SLIP, RECEIPT, CUSTOMS = "LABEL", "PACKSLIP", "RECEIPT", "CUSTOM_FORM"
DEFAULT, LEFT, RIGHT = "DEFAULT", "LEFT", "RIGHT"
PDF, PNG, ZPL = "PDF", "PNG", "ZPL"

_SMALL = (4.0, 6.0, "INCH")
_PAGE = (8.5, 11.0, "INCH")
_DOTS = (203, 300)
_SAYS_NO_MORE = (
    "An invalid documentation specification was provided. Please provide a documentation specification based on the"
    " GetRates response."
)


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A form in which papers are printed."""

    format: str
    size: tuple[float, float, str]
    dpis: tuple[int, ...]
    layouts: tuple[str, ...]


class AskedPapers(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks to have printed."""

    format: str
    size: tuple[float, float, str]
    papers: tuple[str, ...]
    dpi: int | None = None
    layout: str | None = None
    is_joined: bool = True
    shows_reference: bool = False
    shows_seller: bool = False
    shows_amount: bool = False


USUAL = AskedPapers(format=PNG, size=_SMALL, papers=(LABEL,), dpi=203)
"""What is printed where nobody says what."""


def forms_of(carrier: Carrier) -> tuple[Form, ...]:
    """The forms in which a carrier's labels come."""
    dots = tuple(one for one in _DOTS if f"ZPL{one}" in carrier.formats)
    forms = []
    if PDF in carrier.formats:
        forms.append(Form(format=PDF, size=_PAGE, dpis=_DOTS, layouts=(LEFT, RIGHT)))
        forms.append(Form(format=PDF, size=_SMALL, dpis=_DOTS, layouts=(DEFAULT, LEFT)))
    if PNG in carrier.formats:
        forms.append(Form(format=PNG, size=_SMALL, dpis=_DOTS, layouts=(DEFAULT, LEFT)))
    if dots:
        forms.append(Form(format=ZPL, size=_SMALL, dpis=dots, layouts=(DEFAULT, LEFT)))
    return tuple(forms)


def papers_of(offered: Offered) -> tuple[tuple[str, bool], ...]:
    """Which papers a service has, and whether they must be asked for."""
    usual = ((LABEL, True), (SLIP, False), (RECEIPT, False))
    return (*usual, (CUSTOMS, True)) if wants_inputs(offered) else usual


def printed(offered: Offered, asked: AskedPapers) -> LabelWish:
    """What is to be printed; raises `Unfit` where it is none of what is offered."""
    forms = [one for one in forms_of(offered.carrier) if (one.format, one.size) == (asked.format, asked.size)]
    if not forms:
        wide, long, unit = asked.size
        raise _unfit(f"{offered.carrier.name} has no {asked.format} of {wide:g} x {long:g} {unit}.")
    form = forms[0]
    if asked.dpi is not None and asked.dpi not in form.dpis:
        raise _unfit(f"{asked.format} comes with {' or '.join(map(str, form.dpis))} dots an inch, not {asked.dpi}.")
    if asked.layout is not None and asked.layout not in form.layouts:
        raise _unfit(f"The layouts of {asked.format} are {', '.join(form.layouts)}; {asked.layout!r} is none of them.")
    known = dict(papers_of(offered))
    for paper in asked.papers:
        if paper not in known:
            raise _unfit(f"{offered.service.name} has no {paper}; it has {', '.join(known)}.")
    for paper, is_needed in known.items():
        if is_needed and paper not in asked.papers:
            raise _unfit(f"{paper} must be asked for.")
    dpi = asked.dpi or form.dpis[0]
    return LabelWish(
        format=f"{ZPL}{dpi}" if asked.format == ZPL else asked.format,
        dpi=dpi,
        size=asked.size,
        layout=(asked.layout or form.layouts[0]) if asked.size == _PAGE else "",
        papers=tuple(paper for paper in known if paper in asked.papers),
        is_joined=asked.is_joined,
        shows_reference=asked.shows_reference,
        shows_seller=asked.shows_seller,
        shows_amount=asked.shows_amount,
    )


def in_another_form(offered: Offered | None, label: LabelWish, format_: str | None, dpi: int | None) -> LabelWish:
    """The same papers, printed in another format or finer; raises `Unfit` where there is no such form."""
    if format_ is None and dpi is None:
        return label
    format_ = format_ or label.format[:3]
    forms = [] if offered is None else [one for one in forms_of(offered.carrier) if one.format == format_]
    size = label.size if any(one.size == label.size for one in forms) else _SMALL
    form = next((one for one in forms if one.size == size), None)
    if form is None or (dpi is not None and dpi not in form.dpis):
        raise _unfit(f"The label does not come as {format_}{'' if dpi is None else f' with {dpi} dots an inch'}.")
    dpi = dpi or (label.dpi if label.dpi in form.dpis else form.dpis[0])
    return msgspec.structs.replace(
        label,
        format=f"{ZPL}{dpi}" if format_ == ZPL else format_,
        dpi=dpi,
        size=size,
        layout=label.layout if size == _PAGE else "",
    )


def _unfit(reason: str) -> Unfit:
    refused = Unfit(_SAYS_NO_MORE)
    refused.because(reason)
    return refused
