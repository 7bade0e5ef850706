"""Forms: that what is posted comes from a form of ours, opened by the same person."""

import hmac
from collections.abc import Mapping
from hashlib import sha256

Keys = tuple[bytes, ...]
"""The first signs, all of them verify."""


def form_token(keys: Keys, bound_to: str) -> str:
    """Return what a form carries: bound to a session or to a link, good as long as that is."""
    return _token(keys[0], bound_to)


def is_form_token(keys: Keys, token: str, bound_to: str) -> bool:
    """Say whether a form that carries this was ours."""
    given = token.encode(errors="replace")
    return any(hmac.compare_digest(given, _token(key, bound_to).encode()) for key in keys)


def condensed(keys: Keys, value: str) -> str:
    """Return what stands for an address where addresses are not kept; of the same address always the same."""
    return _digest(keys[-1], f"condensed\0{value}")[:32]


def is_from_here(headers: Mapping[str, str], origin: str) -> bool:
    """Say whether a browser sent the request from a page of ours. Every browser of these years says so by one of two
    headers; what says it by neither is refused."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin" or (site == "none" and headers.get("origin", origin).lower() == origin)
    return headers.get("origin", "").lower() == origin


def _token(key: bytes, bound_to: str) -> str:
    return _digest(key, f"form\0{bound_to}")


def _digest(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(errors="replace"), sha256).hexdigest()
