"""Verdicts: what a failure of SMTP means for the message. Pure: an exception and the stage at which it came,
nothing else."""

import re
import ssl

from aiosmtplib import SMTPException, SMTPResponseException

from notifications.envelope import Outcome, Stage, Verdict

_TOO_LARGE = 552
_NOT_SIGNED_IN = frozenset({530, 535, 538})
# A relay that will not carry our mail refuses every recipient alike: it is not the recipient who is at fault.
_NO_RELAY = re.compile(r"\brelay", re.IGNORECASE)


def verdict(fault: BaseException, stage: Stage) -> Verdict:
    """Return what `fault` means when it came at `stage`."""
    if isinstance(fault, SMTPResponseException):
        return Verdict(_refused(fault, stage), _text(fault.message), fault.code, stage)
    return Verdict(_broken(fault, stage), _text(str(fault) or type(fault).__name__), None, stage)


def is_gone(fault: BaseException) -> bool:
    """Say whether the server has closed the connection, or is about to."""
    if isinstance(fault, SMTPResponseException):
        return fault.code == 421
    return isinstance(fault, ConnectionError)


def _refused(fault: SMTPResponseException, stage: Stage) -> Outcome:
    """Judge a reply of the server. -1 stands for a reply that could not be read."""
    if 200 <= fault.code < 300 and stage == "content":
        return "sent"
    if fault.code < 500:
        return "unknown" if fault.code < 400 and stage == "content" else "transient"
    match stage:
        case "recipient":
            ours = fault.code in _NOT_SIGNED_IN or _NO_RELAY.search(fault.message)
            return "configuration" if ours else "permanent"
        case "content":
            return "permanent"
        case "sender":
            return "permanent" if fault.code == _TOO_LARGE else "configuration"
        case _:
            return "configuration"


def _broken(fault: BaseException, stage: Stage) -> Outcome:
    """Judge a failure that is no reply: a certificate, a silence, a broken connection, a server that lacks
    STARTTLS or AUTH."""
    if stage == "connect" and _is_distrust(_root(fault)):
        return "configuration"
    if isinstance(fault, (OSError, TimeoutError)):
        return "unknown" if stage == "content" else _unless_ours(fault)
    return "configuration" if isinstance(fault, (SMTPException, ValueError)) else "transient"


def _is_distrust(fault: BaseException) -> bool:
    """Say whether TLS itself failed (certificate, versions, no TLS at all), rather than the connection under
    it."""
    cut_off = (ssl.SSLEOFError, ssl.SSLSyscallError, ssl.SSLZeroReturnError)
    return isinstance(fault, ssl.SSLError) and not isinstance(fault, cut_off)


def _unless_ours(fault: BaseException) -> Outcome:
    """Judge a failure of the operating system: a missing file of certificates will not come by waiting; a
    network will."""
    return "configuration" if isinstance(fault, (FileNotFoundError, PermissionError)) else "transient"


def _root(fault: BaseException) -> BaseException:
    while fault.__cause__ is not None:
        fault = fault.__cause__
    return fault


def _text(message: str) -> str:
    """Return the server's words on one line, of bearable length."""
    return " ".join(message.encode("utf-8", "replace").decode().split())[:500]
