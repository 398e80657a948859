"""How packages leave, as it is said at the command line: with a carrier of one's own, or with bought labels."""

from __future__ import annotations

import re
import shlex
import subprocess
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from subprocess import PIPE
from typing import Annotated, Literal

import msgspec
from cyclopts import Parameter

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.contract.merchant_fulfillment_v0 import Address
from sellingpartner.workflows import BuyLabels, Handed, LabelFile, OwnShipping, ParcelSize, ToShip

_BOX = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)")
_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "application/zpl": "zpl"}


class TrackingFailed(Exception):
    """The program that is to say a tracking number failed."""


@Parameter(name="*", group="With a carrier of your own")
@dataclass(frozen=True)
class Carrying:
    """The carrier, and where its tracking numbers come from."""

    carrier: str | None = None
    "The carrier's code, as Amazon lists them: UPS, USPS, DHL, ... or Other."
    carrier_name: str | None = None
    "The carrier's name, where its code is Other."
    tracking: str | None = None
    "The tracking number, for one order (--order)."
    tracking_command: str | None = None
    "A program that is given each package as JSON on stdin and prints its tracking number; nothing printed: not now."

    @property
    def is_said(self) -> bool:
        """Whether anything of it was said."""
        return (self.carrier, self.tracking, self.tracking_command) != (None, None, None)

    def plan(self, *, is_one: bool) -> OwnShipping:
        """The way to ship; raises `CannotDo` for what does not suffice."""
        if self.carrier is None:
            message = "Which carrier has the tracking number? Say --carrier UPS."
            raise CannotDo(message)
        if (self.tracking is None) == (self.tracking_command is None):
            message = "Where does the tracking number come from? Say either --tracking or --tracking-command."
            raise CannotDo(message)
        if self.tracking is not None and not is_one:
            message = "--tracking is the number of one package: say --order, too; --tracking-command is for many."
            raise CannotDo(message)
        return OwnShipping(self._hand_over)

    def _hand_over(self, parcel: ToShip) -> Handed | None:
        number = self.tracking if self.tracking is not None else self._asked(parcel)
        return self._handed(number) if number else None

    def _handed(self, number: str) -> Handed:
        return Handed(carrier_code=self.carrier or "", carrier_name=self.carrier_name, tracking_number=number)

    def _asked(self, parcel: ToShip) -> str:
        told = {"orderId": parcel.order_id, "reference": parcel.reference, "units": parcel.units, "order": parcel.order}
        command = shlex.split(self.tracking_command or "")
        with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE) as program:  # noqa: S603 - the caller's own
            answer, complaint = program.communicate(msgspec.json.encode(told))
        if program.returncode:
            said = complaint.decode(errors="replace").strip() or f"exit code {program.returncode}"
            message = f"{command[0]}: {said}"
            raise TrackingFailed(message)
        return answer.decode(errors="replace").strip()


@Parameter(name="*", group="With bought labels (Merchant Fulfillment)")
@dataclass(frozen=True)
class Labels:
    """Where packages leave from, how large they are, and where their labels go."""

    ship_from: Path | None = None
    "A TOML file with the sender's address, by Amazon's names: Name, AddressLine1, City, PostalCode, CountryCode, ..."
    box: str | None = None
    "Length, width and height of a package: 10x8x4 (inches, or centimeters with --metric)."
    weight: float | None = None
    "Its weight in ounces, or grams with --metric."
    metric: Annotated[bool, FLAG] = False
    "Centimeters and grams."
    labels: Path = Path("labels")
    "The folder that labels are saved in."
    label_format: Literal["PDF", "PNG", "ZPL203", "ZPL300"] = "PDF"
    "Their format."
    confirm: Annotated[bool, FLAG] = False
    "Confirm each order: for sellers who have switched off that a bought label does it."

    @property
    def is_said(self) -> bool:
        """Whether anything of it was said."""
        return (self.ship_from, self.box, self.weight) != (None, None, None)

    def plan(self) -> BuyLabels:
        """The way to ship; raises `CannotDo` for what does not suffice."""
        if self.ship_from is None or self.box is None or self.weight is None:
            message = "A label needs --ship-from FILE, --box 10x8x4 and --weight 20."
            raise CannotDo(message)
        sides = _BOX.fullmatch(self.box)
        if sides is None or self.weight <= 0:
            message = f"--box is {self.box!r} and --weight {self.weight}; write --box 10x8x4 --weight 20."
            raise CannotDo(message)
        length, width, height = map(Decimal, sides.groups())
        size = ParcelSize(
            length=length, width=width, height=height, weight=Decimal(str(self.weight)), is_metric=self.metric
        )
        return BuyLabels(
            _address(self.ship_from), size, keep=self._keep, label_format=self.label_format, confirms=not self.confirm
        )

    def _keep(self, parcel: ToShip, label: LabelFile) -> None:
        self.labels.mkdir(parents=True, exist_ok=True)
        ending = _ENDINGS.get(label.media_type, "label")
        (self.labels / f"{parcel.order_id}.{parcel.reference}.{ending}").write_bytes(label.content)


def _address(path: Path) -> Address:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Address)
    except OSError as reason:
        message = f"{path} cannot be read: {reason.strerror}."
        raise CannotDo(message) from None
    except (msgspec.DecodeError, ValueError) as reason:
        message = f"{path} is no sender's address: {reason}."
        raise CannotDo(message) from None
