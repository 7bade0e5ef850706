"""An issuer of identities in the process, which may be told to misbehave in one way."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "dondoc", "a secret of the tests"
KEY = RSAKey.generate_key(2048, {"kid": "k1"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "k1"})


@dataclass
class Issuing:
    """`claims` change what it says of who comes back; `signed_by` how it signs."""

    url: str = ""
    now: int = 0
    email: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    signed_by: str = "the key it shows"
    calls_itself: str = ""
    seen: list[dict[str, str]] = field(default_factory=list)
    challenge: str = ""
    nonce: str = ""

    def metadata(self) -> dict[str, str]:
        return {
            "issuer": self.calls_itself or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }

    def token(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.seen.append(asked)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if asked.get("code") != "good" or base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != self.challenge:
            return 400, {"error": "invalid_grant"}
        said = {
            "iss": self.url,
            "sub": "someone",
            "aud": CLIENT,
            "iat": self.now,
            "exp": self.now + 300,
            "nonce": self.nonce,
            "email": self.email,
            "email_verified": True,
        }
        said = {name: value for name, value in (said | self.claims).items() if value is not None}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self._signed(said)}

    def _signed(self, said: dict[str, Any]) -> str:
        match self.signed_by:
            case "another key":
                return jwt.encode({"alg": "RS256", "kid": "k1"}, said, OTHER_KEY)
            case "nobody":
                head, body = (
                    base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
                    for part in ({"alg": "none"}, said)
                )
                return f"{head}.{body}."
            case "its public key as a secret":
                return jwt.encode({"alg": "HS256", "kid": "k1"}, said, OctKey.import_key(KEY.as_pem(private=False)))
        return jwt.encode({"alg": "RS256", "kid": "k1"}, said, KEY)


@contextmanager
def issuing() -> Iterator[Issuing]:
    """An issuer on a port of its own."""
    issuer = Issuing()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                self._say(200, issuer.metadata())
            else:
                self._say(200, {"keys": [KEY.as_dict(private=False)]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._say(*issuer.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, status: int, said: dict[str, Any]) -> None:
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
