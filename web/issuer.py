"""Issuer: an issuer of identities (OpenID Connect) that says who somebody is, by the code flow with PKCE.

It tells an address; what the address may do is the directory's to say, as with any other sign-in.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from web.settings import OidcSettings

FRESH = timedelta(hours=1)
"""How long what the issuer says of itself, its keys included, is taken for so."""
PATIENCE = 10.0
"""Seconds that the issuer is given to answer."""
LEEWAY = 120
"""Seconds by which its clock may differ from ours."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]
"""With none of them can somebody sign who knows no private key."""


class NotIdentified(Exception):
    """The issuer has not said who it is; the reason is for the log, and names nobody."""


class Errand(NamedTuple):
    """What is kept while a browser is away at the issuer."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Errand":
        """Return one that nobody can guess."""
        return cls(*(secrets.token_urlsafe(32) for _ in cls._fields))


@dataclass
class Issuer:
    """One issuer; what it says of itself is asked for once an hour."""

    settings: OidcSettings
    _lock: Lock = field(default_factory=Lock, repr=False)
    _known: dict[str, Any] = field(default_factory=dict, repr=False)
    _known_at: datetime | None = None

    def send_to(self, errand: Errand, back: str, *, now: datetime) -> str:
        """Return the address at the issuer at which somebody says who they are; NotIdentified when it does not
        answer."""
        about = self._about(now)
        with self._client(back) as client:
            url, _ = client.create_authorization_url(
                about["authorization_endpoint"],
                state=errand.state,
                code_verifier=errand.verifier,
                nonce=errand.nonce,
            )
        return str(url)

    def address(self, errand: Errand, code: str, back: str, *, now: datetime) -> str:
        """Return the address of who came back with that code; NotIdentified when the issuer vouches for none."""
        about = self._about(now)
        try:
            with self._client(back) as client:
                token = client.fetch_token(
                    about["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=errand.verifier
                )
            claims = self._claims(token, about, errand.nonce, now)
        except (OAuthError, JoseError, httpx2.HTTPError, KeyError, ValueError, TypeError) as fault:
            raise NotIdentified(f"{type(fault).__name__}: {getattr(fault, 'error', fault)}") from fault
        email = claims.get("email")
        if not isinstance(email, str) or not email:
            raise NotIdentified("the issuer named no address")
        if claims.get("email_verified") is not True and not self._vouches(claims):
            raise NotIdentified("the issuer has not verified the address")
        return email

    def _vouches(self, claims: CodeIDToken) -> bool:
        return self.settings.vouches and "email_verified" not in claims

    def _claims(self, token: dict[str, Any], about: dict[str, Any], nonce: str, now: datetime) -> CodeIDToken:
        keys = KeySet.import_key_set(about["jwks"])
        registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        decoded = jwt.decode(token["id_token"], key=keys, registry=registry)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self.settings.issuer},
                "aud": {"essential": True, "value": self.settings.client_id},
            },
            {"nonce": nonce, "client_id": self.settings.client_id, "access_token": token.get("access_token")},
        )
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        return claims

    def _about(self, now: datetime) -> dict[str, Any]:
        """Return what the issuer says of itself; NotIdentified when it says nothing, or speaks for another."""
        with self._lock:
            if self._known_at is not None and timedelta(0) <= now - self._known_at < FRESH:
                return self._known
        try:
            with httpx2.Client(timeout=PATIENCE) as client:
                about = _json(client.get(f"{self.settings.issuer}/.well-known/openid-configuration"))
                if about.get("issuer") != self.settings.issuer:
                    raise NotIdentified("the issuer calls itself by another name")
                about["jwks"] = _json(client.get(about["jwks_uri"]))
        except (httpx2.HTTPError, ValueError, KeyError, TypeError) as fault:
            raise NotIdentified(f"the issuer says nothing of itself: {type(fault).__name__}") from fault
        with self._lock:
            self._known, self._known_at = about, now
        return about

    def _client(self, back: str) -> OAuth2Client:
        return OAuth2Client(
            self.settings.client_id,
            self.settings.secret,
            redirect_uri=back,
            scope="openid email",
            code_challenge_method="S256",
            timeout=PATIENCE,
        )


def _json(response: httpx2.Response) -> dict[str, Any]:
    response.raise_for_status()
    found = json.loads(response.content)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found
