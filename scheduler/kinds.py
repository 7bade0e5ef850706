"""The kinds of value a setting may have: each reads what the file or the environment says, or raises Mistake."""

import re
from collections.abc import Callable
from datetime import time
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from notifications.address import mailbox
from rules.load.mistake import Mistake, did_you_mean, listed, quoted


class Kind(NamedTuple):
    """`read` takes a value of TOML; `from_text` makes one from the text of an environment variable."""

    read: Callable[[Any], Any]
    from_text: Callable[[str], object] = str


def one_of(*words: str) -> Kind:
    """Return the kind of a setting that is one of `words`."""

    def read(value: object) -> str:
        if value not in words:
            raise Mistake(f"found {quoted(value)}; accepted: {listed(words)}{did_you_mean(value, words)}")
        return str(value)

    return Kind(read)


def whole(least: int, most: int) -> Kind:
    """Return the kind of a whole number between the two, both included."""

    def read(value: object) -> int:
        if type(value) is not int or not least <= value <= most:
            raise Mistake(f"found {quoted(value)}; accepted: a whole number from {least} to {most}")
        return value

    return Kind(read, lambda text: int(text) if text.isdecimal() else text)


def closing(*words: str, days: bool) -> Kind:
    """Return the kind of a setting that says on which day a period closes: one of `words`, or, with `days`, a day of
    the month."""
    accepted = listed(words) + (", or a day of the month from 1 to 31" if days else "")

    def read(value: object) -> str | int:
        if days and type(value) is int and 1 <= value <= 31:
            return value
        if value not in words:
            raise Mistake(f"found {quoted(value)}; accepted: {accepted}{did_you_mean(value, words)}")
        return str(value)

    return Kind(read, lambda text: int(text) if text.isdecimal() else text)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise Mistake(f"found {quoted(value)}; accepted: true or false")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Mistake(f"found {quoted(value)}; accepted: a text in quotes")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_text(value),)
    if not isinstance(value, list) or not value:
        raise Mistake(f'found {quoted(value)}; accepted: a list of texts, as in ["programmes"]')
    return tuple(_text(item) for item in value)


def _hour(value: object) -> time:
    if isinstance(value, time):  # TOML has times of its own, without quotes
        return value.replace(microsecond=0)
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", value) if isinstance(value, str) else None
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Mistake(f'found {quoted(value)}; accepted: a time of day from "00:00" to "23:59"')
    return time(int(found[1]), int(found[2]))


def _hour_or_off(value: object) -> time | None:
    try:
        return None if value == "off" else _hour(value)
    except Mistake as fault:
        raise Mistake(f'{fault}, or "off"') from None


def _zone(value: object) -> ZoneInfo:
    name = _text(value)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = sorted(available_timezones())
        raise Mistake(
            f"unknown time zone {quoted(name)}; accepted: names like Asia/Ho_Chi_Minh{did_you_mean(name, known)}"
        ) from None


def _address(value: object) -> str:
    text = _text(value)
    try:
        mailbox(text)
    except ValueError as fault:
        raise Mistake(str(fault)) from None
    return text


def _addresses(value: object) -> tuple[str, ...]:
    items = [] if value in ([], "") else _texts(value)
    return tuple(mailbox(_address(item)).address for item in items)


def _list_id(value: object) -> str:
    # Letters cost a twentieth of a second to import, which only who sets it should pay.
    from notifications.compose import LIST_ID

    text = _text(value)
    if not LIST_ID.fullmatch(text):
        raise Mistake(f"found {quoted(text)}; accepted: words joined by dots, as in don-doc.dongthap.example")
    return text


def _database(value: object) -> str:
    text = _text(value)
    if re.match(r"sqlite://(/.+)?$|postgres(ql)?://", text):
        return text.replace("postgres://", "postgresql://", 1)
    near = text.startswith("sqlite")
    hint = "; three slashes before a relative path, four before one from the root" if near else ""
    raise Mistake(f"found {quoted(text)}; accepted: sqlite:///var/dondoc.db or postgresql://host/name{hint}")


def _listen(value: object) -> tuple[str, int]:
    found = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^\s:]+):(\d{1,5})", _text(value))
    if not found or not 0 < int(found[2]) < 65536:
        raise Mistake(f"found {quoted(value)}; accepted: an address and a port, as in 127.0.0.1:8026")
    return found[1].strip("[]"), int(found[2])


def is_loopback(host: str) -> bool:
    """Say whether a host can be reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _web_address(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", text):
        raise Mistake(f"found {quoted(value)}; accepted: an address like https://dondoc.example")
    return text.rstrip("/")


_WIDEST = {4: 8, 6: 7}
"""The widest private nets there are: 10.0.0.0/8 and fc00::/7."""


def _networks(value: object) -> tuple[str, ...]:
    items = [] if value in ([], "") else _texts(value)
    for item in items:
        try:
            net = ip_network(item)
        except ValueError:
            raise Mistake(f"found {quoted(item)}; accepted: addresses like 127.0.0.1, nets like 10.1.0.0/24") from None
        if net.prefixlen < _WIDEST[net.version]:
            widest = f"of /{_WIDEST[net.version]} or narrower"
            raise Mistake(f"found {quoted(item)}, which is nearly everybody; accepted: addresses, nets {widest}")
    return tuple(items)


def _issuer(value: object) -> str:
    text = _web_address(value)
    if not text.startswith("https://") and not is_loopback(urlsplit(text).hostname or ""):
        raise Mistake(f"found {quoted(value)}; accepted: an address that begins with https://")
    return text


def _listed(text: str) -> object:
    return [item.strip() for item in text.split(",") if item.strip()]


TEXT = Kind(_text)
YES_OR_NO = Kind(_yes_or_no, lambda text: {"true": True, "false": False}.get(text.lower(), text))
TEXTS = Kind(_texts, _listed)
HOUR = Kind(_hour)
HOUR_OR_OFF = Kind(_hour_or_off)
ZONE = Kind(_zone)
ADDRESS = Kind(_address)
LIST_ID = Kind(_list_id)
ADDRESSES = Kind(_addresses, _listed)
ISSUER = Kind(_issuer)
NETWORKS = Kind(_networks, _listed)
DATABASE = Kind(_database)
LISTEN = Kind(_listen)
WEB_ADDRESS = Kind(_web_address)
