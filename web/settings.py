"""Settings of the pages, as the shell composes them."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from rules.wording import Language

SESSION = timedelta(hours=12)
"""How long somebody stays signed in."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """An issuer of identities (OpenID Connect) and how it knows us. `vouches`: every address it names is one it has
    verified, though it does not say so."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    name: str = "OpenID Connect"
    vouches: bool = False


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the pages are reached, in which language they are for those who have chosen none, and who else may say who
    somebody is."""

    public_url: str
    language: Language = "vi"
    oidc: OidcSettings | None = None

    @property
    def is_secure(self) -> bool:
        """Say whether readers reach the pages by TLS."""
        return self.public_url.startswith("https://")

    @property
    def origin(self) -> str:
        """Return the origin that forms must come from."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}".lower()

    @property
    def prefix(self) -> str:
        """Return the path that stands before every path of ours, '' where there is none."""
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def cookie(self) -> str:
        """Return the name of the session's cookie: browsers keep one called `__Host-` to this host and to TLS."""
        return "__Host-dondoc" if self.is_secure else "dondoc"
