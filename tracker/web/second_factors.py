"""Codes of an app, recovery codes and passkeys: Flask-Security's, with what it leaves to the application."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from flask_security import MfRecoveryCodesUtil, Totp, WebauthnUtil
from passlib.totp import TotpMatch  # type: ignore[import-untyped]  # it has no types
from sqlalchemy import select
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tracker.db import db
from tracker.domain.letters import News
from tracker.domain.sign_in_log import Happening
from tracker.models import Account
from tracker.web.account_changes import noted
from tracker.web.loaders import installation

ISSUER = "Journal Tracker"


def settings(secret_key: str, *, required: bool) -> dict[str, Any]:
    """How Flask-Security is to behave here; where codes are `required`, everybody sets them up as they sign in.

    What is encrypted is so with a key that follows from the secret key.
    """
    derived = hashlib.sha256(f"second factors {secret_key}".encode()).digest()
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_REQUIRED": required,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account/recovery-codes",
        "SECURITY_TWO_FACTOR_ERROR_VIEW": "/login",
        "SECURITY_TWO_FACTOR_SETUP_URL": "/account/second-factor",
        "SECURITY_TOTP_SECRETS": {"1": base64.b64encode(derived).decode()},
        "SECURITY_TOTP_ISSUER": ISSUER,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
        "SECURITY_WEBAUTHN": True,
        "SECURITY_STATIC_FOLDER": None,  # our own static/passkeys.js does what its scripts would
        "SECURITY_WAN_RP_NAME": ISSUER,
        "SECURITY_WAN_ALLOW_USER_HINTS": False,  # they would tell strangers who has an account
        "SECURITY_WAN_REGISTER_URL": "/account/passkeys",
        "SECURITY_WAN_DELETE_URL": "/account/passkeys/remove",
        "SECURITY_WAN_POST_REGISTER_VIEW": "/account/",
        "SECURITY_WAN_SIGNIN_WITHIN": timedelta(minutes=5),
    }  # fmt: skip


class Codes(Totp):
    """The codes of an app; each works once, whoever may have seen it typed."""

    def get_last_counter(self, user: Any) -> int | None:
        """As it is now, and kept so until we have decided: of two at once, one comes too late."""
        return db.session.scalar(select(Account.totp_counter).where(Account.uid == user.uid).with_for_update())

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        user.totp_counter = tmatch.counter


class RecoveryCodes(MfRecoveryCodesUtil):
    """Codes for the day on which the telephone is lost: kept as hashes, so they are shown once, when they are made."""

    def create_recovery_codes(self, user: Any) -> list[str]:
        store = current_app.extensions["security"].datastore
        codes: list[str] = current_app.extensions["security"].totp_factory.generate_recovery_codes(
            current_app.config["SECURITY_MULTI_FACTOR_RECOVERY_CODES_N"]
        )
        store.mf_set_recovery_codes(user, [self.hashed(user, code) for code in codes])
        noted(user, News.RECOVERY_CODES, Happening.RECOVERY_CODES_MADE, recovery_codes="made anew")
        return codes

    def get_recovery_codes(self, user: Any) -> list[str]:
        return []

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """Under a lock until the code is used up: of two at once, one is told that it was used."""
        db.session.refresh(user, with_for_update={"of": Account})
        return self.hashed(user, code) in (user.mf_recovery_codes or [])

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        codes = user.mf_recovery_codes or []
        user.mf_recovery_codes = [kept for kept in codes if kept != self.hashed(user, code)]
        return len(user.mf_recovery_codes) < len(codes)

    @staticmethod
    def hashed(user: Account, code: str) -> str:
        """As it is kept: 48 random bits under a key that is not in the database need no slow hash."""
        key = str(current_app.config["SECRET_KEY"]).encode()
        text = f"recovery code {user.uid} {''.join(code.split()).lower()}"
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class Passkeys(WebauthnUtil):
    """Passkeys sign in by themselves, without address and password: so the device has to know its person."""

    def origin(self) -> str:
        """As people see it: behind a web server, the request does not say that it came by HTTPS."""
        base = urlsplit(installation().base_url)
        return f"{base.scheme}://{base.netloc}" if base.netloc == request.host else super().origin()

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        return UserVerificationRequirement.REQUIRED
