"""The pages' part of the configuration: where they listen, who else may vouch for a person, what would be unsafe."""

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rules.wording import Wording
from scheduler.kinds import is_loopback


@dataclass(frozen=True, slots=True)
class Oidc:
    """An issuer of identities as configured; the secret stays where it is until the pages are opened."""

    issuer: str
    client_id: str
    secret_file: Path
    name: str
    vouches: bool


@dataclass(frozen=True, slots=True)
class Web:
    """Whether and where the pages listen, and the address under which people reach them. `proxies`: of these it is
    believed whom they ask for."""

    serve: bool
    host: str
    port: int
    public_url: str
    secret_file: Path
    behind_tls: bool
    tls_certificate: Path | None
    tls_key: Path | None
    proxies: tuple[str, ...]
    evidence: Path
    """The folder of the files that prove reports."""
    oidc: Oidc | None = None


def web_of(values: Mapping[str, Any], folder: Path) -> Web:
    """Return the settings of the pages; paths are relative to `folder`."""
    host, port = values["web.listen"]
    return Web(
        serve=values["web.serve"],
        host=host,
        port=port,
        public_url=values["web.public_url"],
        secret_file=folder / values["web.secret_file"],
        behind_tls=values["web.behind_tls"],
        tls_certificate=_path(values["web.tls_certificate"], folder),
        tls_key=_path(values["web.tls_key"], folder),
        proxies=values["web.trusted_proxies"],
        oidc=Oidc(
            issuer=values["web.oidc.issuer"],
            client_id=values["web.oidc.client_id"],
            secret_file=folder / values["web.oidc.secret_file"],
            name=values["web.oidc.name"],
            vouches=values["web.oidc.addresses_are_verified"],
        )
        if values["web.oidc.issuer"]
        else None,
        evidence=folder / values["web.evidence"],
    )


def tls_faults(web: Web) -> Iterator[tuple[str, Wording]]:
    """Yield what would keep the pages from encrypting: a file that cannot be read, or two that do not belong together.
    Reads files; nothing where the pages are not served or somebody else encrypts."""
    if not web.serve or web.tls_certificate is None or web.tls_key is None:
        return
    files = {"web.tls_certificate": web.tls_certificate, "web.tls_key": web.tls_key}
    unreadable = [(name, file, why) for name, file in files.items() if (why := _why_unreadable(file))]
    for name, file, why in unreadable:
        yield name, Wording(f"{file}: không đọc được: «{why}»", f"{file}: {why}")
    if unreadable:
        return
    try:
        # Without a password of its own, a key that is locked has OpenSSL ask the terminal for one.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(web.tls_certificate, web.tls_key, password="")
    except ssl.SSLError as fault:
        if fault.reason == "KEY_VALUES_MISMATCH":
            said = Wording(
                f"{web.tls_key}: không phải khóa của chứng thư {web.tls_certificate}",
                f"{web.tls_key}: is not the key of the certificate {web.tls_certificate}",
            )
            yield "web.tls_key", said
        else:
            said = Wording(
                f"{web.tls_certificate} và {web.tls_key} không phải chứng thư và khóa dạng PEM, "
                "hoặc khóa bị khóa bằng mật khẩu",
                f"{web.tls_certificate} and {web.tls_key} are no certificate and key in PEM, "
                "or the key is locked by a password",
            )
            yield "web.tls_certificate", said


def _why_unreadable(file: Path) -> str | None:
    try:
        with file.open("rb") as opened:
            opened.read(1)
    except OSError as fault:
        return fault.strerror
    return None


def open_doors(values: Mapping[str, Any]) -> Iterator[tuple[str, Wording]]:
    """Yield what would have pages read along by others on the way."""
    host, _ = values["web.listen"]
    has_tls = bool(values["web.tls_certificate"])
    if has_tls != bool(values["web.tls_key"]):
        both = Wording(
            "TLS cần cả hai tệp: tls_certificate và tls_key", "TLS needs both files: tls_certificate and tls_key"
        )
        yield "web.tls_certificate", both
    elif has_tls and values["web.behind_tls"]:
        either = Wording(
            "hoặc máy chủ trung gian mã hóa, hoặc trang tự mã hóa bằng tls_certificate và tls_key: chỉ ghi một cách",
            "a proxy encrypts, or the pages do with tls_certificate and tls_key: say one of both",
        )
        yield "web.behind_tls", either
    if values["web.serve"] and not (is_loopback(host) or values["web.behind_tls"] or has_tls):
        said = Wording(
            f"{host} mở ra bên ngoài mà không có gì cho biết đường truyền được mã hóa: ghi tls_certificate và tls_key, "
            "hoặc behind_tls = true nếu máy chủ trung gian mã hóa",
            f"{host} is reached from elsewhere, and nothing says that what passes is encrypted: give "
            "tls_certificate and tls_key, or say behind_tls = true where a proxy does it",
        )
        yield "web.listen", said
    oidc = {name: values[f"web.oidc.{name}"] for name in ("issuer", "client_id", "secret_file")}
    if any(oidc.values()) and not all(oidc.values()):
        missing = next(name for name, value in oidc.items() if not value)
        said = Wording(
            f"thiếu {missing}: nơi cấp danh tính cần đủ issuer, client_id và secret_file",
            f"has no {missing}: an issuer is known by issuer, client_id and secret_file",
        )
        yield "web.oidc", said
    yield from _in_the_clear(values["web.public_url"], by_tls=has_tls or values["web.behind_tls"])


def _in_the_clear(public_url: str, *, by_tls: bool) -> Iterator[tuple[str, Wording]]:
    """Yield what is wrong with an address that is not reached by TLS."""
    if public_url.startswith("https://"):
        return
    if by_tls:
        said = Wording(
            "bắt đầu bằng http://, trong khi trang được mở qua TLS: ghi https://",
            "begins with http://, and the pages are reached by TLS: write https://",
        )
        yield "web.public_url", said
    elif not is_loopback(urlsplit(public_url).hostname or ""):
        said = Wording(
            "đường dẫn để người nhận thao tác sẽ đi không mã hóa: ghi https:// cùng behind_tls, hoặc cùng "
            "tls_certificate và tls_key; http:// chỉ dùng cho chính máy này, như http://127.0.0.1:8026",
            "links by which people act would pass unencrypted: write https:// with behind_tls, or with "
            "tls_certificate and tls_key; http:// only leads to this machine, as http://127.0.0.1:8026",
        )
        yield "web.public_url", said


def _path(text: str | None, folder: Path) -> Path | None:
    return folder / text if text else None
