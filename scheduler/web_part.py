"""The pages' part of the configuration: where they listen, who else may vouch for a person, what would be unsafe."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def open_doors(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what would have pages read along by others on the way."""
    host, _ = values["web.listen"]
    has_tls = bool(values["web.tls_certificate"])
    if has_tls != bool(values["web.tls_key"]):
        yield "web.tls_certificate", "TLS needs both files: tls_certificate and tls_key"
    if values["web.serve"] and not (is_loopback(host) or values["web.behind_tls"] or has_tls):
        yield (
            "web.listen",
            (
                f"{host} is reached from elsewhere, and nothing says that what passes is encrypted: give "
                "tls_certificate and tls_key, or say behind_tls = true where a proxy does it"
            ),
        )
    oidc = {name: values[f"web.oidc.{name}"] for name in ("issuer", "client_id", "secret_file")}
    if any(oidc.values()) and not all(oidc.values()):
        missing = next(name for name, value in oidc.items() if not value)
        yield "web.oidc", f"has no {missing}: an issuer is known by issuer, client_id and secret_file"
    if (has_tls or values["web.behind_tls"]) and not values["web.public_url"].startswith("https://"):
        yield "web.public_url", "begins with http://, and the pages are reached by TLS: write https://"


def _path(text: str | None, folder: Path) -> Path | None:
    return folder / text if text else None
