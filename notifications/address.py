"""Addresses: reading `Name <local@domain>`, and the ASCII form a server takes. Nothing here may start a
second header or command."""

import re
from functools import lru_cache
from typing import NamedTuple

_NAMED = re.compile(r"\s*(?P<name>.*?)\s*<(?P<address>[^<>]*)>\s*", re.DOTALL)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
                     r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*")  # fmt: skip


class Mailbox(NamedTuple):
    """A display name, maybe empty, and an address in ASCII."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """Return what stands behind the @."""
        return self.address.rpartition("@")[2]


@lru_cache(maxsize=64)
def mailbox(text: str) -> Mailbox:
    """Read `Đôn đốc <don-doc@dongthap.example>` or a bare address; ValueError when no server would take
    it."""
    found = _NAMED.fullmatch(text)
    name, address = (found["name"], found["address"]) if found else ("", text)
    ascii_form = wire_address(address)
    if ascii_form is None:
        raise ValueError(f"{text!r} is no mail address: write `name@domain` or `Words <name@domain>`")
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return Mailbox(name, ascii_form)


@lru_cache(maxsize=4096)
def wire_address(address: str) -> str | None:
    """Return the address with its domain in punycode, or None when it is malformed or its local part is not
    plain ASCII."""
    local, at, domain = address.strip().rpartition("@")
    if not at or len(local) > 64 or not _LOCAL.fullmatch(local):
        return None
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return f"{local}@{ascii_domain}" if _DOMAIN.fullmatch(ascii_domain) else None
