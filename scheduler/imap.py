"""IMAP as configured: the mailbox that answers come to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from rules.wording import Wording
from scheduler.kinds import is_loopback
from scheduler.unreadable import secret_in

NO_PASSWORD = Wording(
    "không có mật khẩu: ghi tên tệp ở password_file", "has no password: name its file with password_file"
)


@dataclass(frozen=True, slots=True)
class Imap:
    """The mailbox that answers come to; the password stays where it is until it is opened. `authentication_server`: of
    its findings a sender must have passed (DMARC), None: none is asked for."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    username: str
    password: str | None = field(repr=False)
    password_file: Path | None
    folder: str
    processed: str
    interval: int
    timeout: int
    ca_file: Path | None
    authentication_server: str | None

    def secret(self) -> str:
        """Return the password; Unreadable when its file cannot be read."""
        if self.password or self.password_file is None:
            return self.password or ""
        return secret_in("imap.password_file", self.password_file)


def imap_of(values: Mapping[str, Any], folder: Path) -> Imap:
    """Return the mailbox that the settings name."""
    return Imap(
        host=values["imap.host"],
        port=values["imap.port"],
        security=values["imap.security"],
        username=values["imap.username"],
        password=values["imap.password"],
        password_file=_under(folder, values["imap.password_file"]),
        folder=values["imap.folder"],
        processed=values["imap.processed"],
        interval=values["imap.interval"],
        timeout=values["imap.timeout"],
        ca_file=_under(folder, values["imap.ca_file"]),
        authentication_server=values["imap.authentication_server"],
    )


def mailbox_faults(values: Mapping[str, Any]) -> Iterator[tuple[str, Wording]]:
    """Yield what keeps a mailbox from being read."""
    has_password = bool(values["imap.password"] or values["imap.password_file"])
    if not values["imap.host"]:
        if values["imap.username"] or has_password:
            said = Wording(
                "không đọc hộp thư nào khi thiếu host: ghi máy chủ", "no mailbox is read without host: name the server"
            )
            yield "imap.username", said
        return
    if not values["imap.username"]:
        said = Wording("không có tên đăng nhập: ghi hộp thư của ai", "has no username: name whose mailbox it is")
        yield "imap.host", said
    elif not has_password:
        yield "imap.username", NO_PASSWORD
    if values["imap.folder"] == values["imap.processed"]:
        said = Wording(
            "chính là thư mục được đọc: ghi thư mục khác cho thư đã xử lý",
            "is the folder that is read: name another one for what was seen to",
        )
        yield "imap.processed", said
    if values["imap.security"] == "none" and not is_loopback(values["imap.host"]):
        said = Wording(
            "gửi mật khẩu không mã hóa: ghi starttls hoặc tls, hoặc đọc trên chính máy này",
            "sends the password in the clear: say starttls or tls, or read on this machine",
        )
        yield "imap.security", said


def _under(folder: Path, text: str | None) -> Path | None:
    return folder / text if text else None
