"""The kinds of value a setting may have: each reads what the file or the environment says, or raises Mistake."""

import re
from collections.abc import Callable
from datetime import time
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from notifications.address import mailbox
from rules.load.mistake import Mistake, did_you_mean, listed, quoted, refused
from rules.wording import NOTHING, Wording, same


class Kind(NamedTuple):
    """`read` takes a value of TOML; `from_text` makes one from the text of an environment variable."""

    read: Callable[[Any], Any]
    from_text: Callable[[str], object] = str


def one_of(*words: str) -> Kind:
    """Return the kind of a setting that is one of `words`."""

    def read(value: object) -> str:
        if value not in words:
            raise Mistake(refused(value, same(listed(words)), did_you_mean(value, words)))
        return str(value)

    return Kind(read)


def whole(least: int, most: int) -> Kind:
    """Return the kind of a whole number between the two, both included."""

    def read(value: object) -> int:
        if type(value) is not int or not least <= value <= most:
            accepted = Wording(f"một số nguyên từ {least} đến {most}", f"a whole number from {least} to {most}")
            raise Mistake(refused(value, accepted))
        return value

    return Kind(read, lambda text: int(text) if text.isdecimal() else text)


def closing(*words: str, days: bool) -> Kind:
    """Return the kind of a setting that says on which day a period closes: one of `words`, or, with `days`, a day of
    the month."""
    accepted = same(listed(words))
    if days:
        vi, en = "hoặc một ngày trong tháng, từ 1 đến 31", "or a day of the month from 1 to 31"
        accepted = Wording(f"{accepted.vi}, {vi}", f"{accepted.en}, {en}")

    def read(value: object) -> str | int:
        if days and type(value) is int and 1 <= value <= 31:
            return value
        if value not in words:
            raise Mistake(refused(value, accepted, did_you_mean(value, words)))
        return str(value)

    return Kind(read, lambda text: int(text) if text.isdecimal() else text)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise Mistake(refused(value, Wording("true hoặc false", "true or false")))
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Mistake(refused(value, Wording("chữ trong dấu ngoặc kép", "a text in quotes")))
    return value


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_text(value),)
    if not isinstance(value, list) or not value:
        accepted = Wording('danh sách chữ, như ["programmes"]', 'a list of texts, as in ["programmes"]')
        raise Mistake(refused(value, accepted))
    return tuple(_text(item) for item in value)


_HOURS = Wording('giờ trong ngày, từ "00:00" đến "23:59"', 'a time of day from "00:00" to "23:59"')


def _hour(value: object) -> time:
    if isinstance(value, time):  # TOML has times of its own, without quotes
        return value.replace(microsecond=0)
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", value) if isinstance(value, str) else None
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Mistake(refused(value, _HOURS))
    return time(int(found[1]), int(found[2]))


def _hour_or_off(value: object) -> time | None:
    try:
        return None if value == "off" else _hour(value)
    except Mistake:
        accepted = Wording(f'{_HOURS.vi}, hoặc "off"', f'{_HOURS.en}, or "off"')
        raise Mistake(refused(value, accepted)) from None


def _zone(value: object) -> ZoneInfo:
    name = _text(value)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = did_you_mean(name, sorted(available_timezones()))
        said = Wording(
            f"không có múi giờ {quoted(name)}; được ghi: tên như Asia/Ho_Chi_Minh{near.vi}",
            f"unknown time zone {quoted(name)}; accepted: names like Asia/Ho_Chi_Minh{near.en}",
        )
        raise Mistake(said) from None


def _address(value: object) -> str:
    text = _text(value)
    try:
        mailbox(text)
    except ValueError as fault:
        said = Wording(
            f"{text!r} không phải địa chỉ thư: ghi `tên@miền` hoặc `Chữ <tên@miền>`",
            str(fault),
        )
        raise Mistake(said) from None
    return text


def _addresses(value: object) -> tuple[str, ...]:
    items = [] if value in ([], "") else _texts(value)
    return tuple(mailbox(_address(item)).address for item in items)


def _list_id(value: object) -> str:
    # Letters cost a twentieth of a second to import, which only who sets it should pay.
    from notifications.compose import LIST_ID

    text = _text(value)
    if not LIST_ID.fullmatch(text):
        accepted = Wording(
            "các từ nối bằng dấu chấm, như don-doc.dongthap.example",
            "words joined by dots, as in don-doc.dongthap.example",
        )
        raise Mistake(refused(text, accepted))
    return text


def _database(value: object) -> str:
    text = _text(value)
    if re.match(r"sqlite://(/.+)?$|postgres(ql)?://", text):
        return text.replace("postgres://", "postgresql://", 1)
    slashes = Wording(
        "; ba dấu gạch chéo trước đường dẫn tương đối, bốn dấu trước đường dẫn từ gốc",
        "; three slashes before a relative path, four before one from the root",
    )
    accepted = Wording(
        "sqlite:///var/dondoc.db hoặc postgresql://host/name", "sqlite:///var/dondoc.db or postgresql://host/name"
    )
    raise Mistake(refused(text, accepted, slashes if text.startswith("sqlite") else NOTHING))


def _listen(value: object) -> tuple[str, int]:
    found = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^\s:]+):(\d{1,5})", _text(value))
    if not found or not 0 < int(found[2]) < 65536:
        accepted = Wording("địa chỉ và cổng, như 127.0.0.1:8026", "an address and a port, as in 127.0.0.1:8026")
        raise Mistake(refused(value, accepted))
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
        accepted = Wording("địa chỉ như https://dondoc.example", "an address like https://dondoc.example")
        raise Mistake(refused(value, accepted))
    return text.rstrip("/")


_WIDEST = {4: 8, 6: 7}
"""The widest private nets there are: 10.0.0.0/8 and fc00::/7."""


def _networks(value: object) -> tuple[str, ...]:
    items = [] if value in ([], "") else _texts(value)
    for item in items:
        try:
            net = ip_network(item)
        except ValueError:
            accepted = Wording(
                "địa chỉ như 127.0.0.1, mạng như 10.1.0.0/24", "addresses like 127.0.0.1, nets like 10.1.0.0/24"
            )
            raise Mistake(refused(item, accepted)) from None
        if net.prefixlen < _WIDEST[net.version]:
            widest = f"/{_WIDEST[net.version]}"
            said = Wording(
                f"gặp {quoted(item)}, tức gần như mọi người; được ghi: địa chỉ, mạng {widest} hoặc hẹp hơn",
                f"found {quoted(item)}, which is nearly everybody; accepted: addresses, nets of {widest} or narrower",
            )
            raise Mistake(said)
    return tuple(items)


def _issuer(value: object) -> str:
    text = _web_address(value)
    if not text.startswith("https://") and not is_loopback(urlsplit(text).hostname or ""):
        accepted = Wording("địa chỉ bắt đầu bằng https://", "an address that begins with https://")
        raise Mistake(refused(value, accepted))
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
