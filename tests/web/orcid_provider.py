"""A provider of OpenID Connect for the tests: discovery, authorization with PKCE, signed id tokens, published keys.

It holds its clients to the protocol, and can be told to break it itself, in one way at a time.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "APP-TRACKER", "known to two"


@dataclass
class Provider:
    """`who` signs in there. `fault` names what is wrong with what it says: see `claims_of` and `key_of`."""

    issuer: str = ""
    who: str = "0000-0002-1825-0097"
    fault: str = ""
    refused: list[str] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    other_key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def pages(self) -> Flask:
        app = Flask("orcid")
        app.add_url_rule("/.well-known/openid-configuration", view_func=self.discovery)
        app.add_url_rule("/oauth/authorize", view_func=self.authorize)
        app.add_url_rule("/oauth/token", view_func=self.token, methods=["POST"])
        app.add_url_rule("/oauth/jwks", view_func=self.jwks)
        return app

    def discovery(self) -> ResponseReturnValue:
        return jsonify(
            issuer=self.issuer, authorization_endpoint=f"{self.issuer}/oauth/authorize",
            token_endpoint=f"{self.issuer}/oauth/token", jwks_uri=f"{self.issuer}/oauth/jwks",
            response_types_supported=["code"], subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["RS256"], code_challenge_methods_supported=["S256"],
        )  # fmt: skip

    def authorize(self) -> ResponseReturnValue:
        """The person agrees at once."""
        asked = request.args
        wanted = {"response_type": "code", "client_id": CLIENT, "scope": "openid", "code_challenge_method": "S256"}
        assert {name: asked.get(name) for name in wanted} == wanted
        assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 20
        code = secrets.token_urlsafe()
        self.codes[code] = dict(asked)
        state = "another" if self.fault == "state" else asked["state"]
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': state})}")

    def token(self) -> ResponseReturnValue:
        sent = request.form
        asked = self.codes.pop(sent.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        is_right = asked is not None and (
            (sent["client_id"], sent["client_secret"], sent["redirect_uri"]) == (CLIENT, SECRET, asked["redirect_uri"])
            and asked["code_challenge"] == challenge.decode().rstrip("=")
        )
        if not is_right or asked is None:
            self.refused.append(sent.get("code", ""))
            return jsonify(error="invalid_grant"), 400
        answer = {"access_token": secrets.token_urlsafe(), "token_type": "bearer", "expires_in": 600}
        if self.fault != "no id token":
            header = {"alg": "RS256", "kid": "one"}
            key = self.other_key if self.fault == "signature" else self.key
            answer["id_token"] = jwt.encode(header, self.claims_of(asked), key)
        return jsonify(answer)

    def claims_of(self, asked: dict[str, str]) -> dict[str, Any]:
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": self.who, "aud": CLIENT, "exp": now + 600, "iat": now}
        claims["nonce"] = asked["nonce"]
        wrong = {"issuer": {"iss": "https://elsewhere.example"}, "audience": {"aud": "APP-OTHER"},
                 "expired": {"exp": now - 3600, "iat": now - 7200}, "nonce": {"nonce": "another"}}  # fmt: skip
        if self.fault == "no nonce":
            del claims["nonce"]
        return claims | wrong.get(self.fault, {})

    def jwks(self) -> ResponseReturnValue:
        return jsonify(keys=[self.key.as_dict(private=False) | {"use": "sig", "alg": "RS256"}])


@contextmanager
def running(provider: Provider) -> Iterator[Provider]:
    """The provider, served on a port of this machine."""
    server = make_server("127.0.0.1", 0, provider.pages(), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
