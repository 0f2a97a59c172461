"""What Flask-Security says of signing in and of accounts, in the words of this house."""

from __future__ import annotations

WRONG = "The email address or the password is not right. Check both, or set a new password."
NOT_RIGHT = "The password is not right."

MESSAGES: dict[str, tuple[str, str]] = {  # the sentence, and the kind of notice that it is shown as
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (WRONG, "error"),
    "SECURITY_MSG_INVALID_RESET_PASSWORD_TOKEN": ("This link was used or is incomplete. Ask for another.", "error"),
    "SECURITY_MSG_PASSWORD_RESET_EXPIRED": ("This link is older than %(within)s. Ask for a new one.", "error"),
    "SECURITY_MSG_PASSWORD_RESET_NO_LOGIN": ("Your password is set. Sign in with it.", "success"),
    "SECURITY_MSG_PASSWORD_INVALID_LENGTH": ("The password needs at least %(length)s characters.", "error"),
    "SECURITY_MSG_RETYPE_PASSWORD_MISMATCH": ("The two passwords are not the same. Type both again.", "error"),
    "SECURITY_MSG_PASSWORD_IS_THE_SAME": ("This is the password you have. Choose another.", "error"),
    "SECURITY_MSG_INVALID_PASSWORD": (NOT_RIGHT, "error"),
    "SECURITY_MSG_PASSWORD_CHANGE": ("Your password is changed. Other browsers are signed out.", "success"),
    "SECURITY_MSG_PASSWORD_RESET_REQUEST": (
        "If there is an account for %(email)s, a letter with a link is on its way to it.", "success"
    ),
    "SECURITY_MSG_REAUTHENTICATION_REQUIRED": ("Please show once more that it is you.", "info"),
    "SECURITY_MSG_REAUTHENTICATION_SUCCESSFUL": ("Thank you.", "success"),
    "SECURITY_MSG_UNAUTHENTICATED": ("Please sign in to see this page.", "info"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": ("Type your password.", "error"),
    "SECURITY_MSG_EMAIL_NOT_PROVIDED": ("Type your email address.", "error"),
    "SECURITY_MSG_TWO_FACTOR_INVALID_TOKEN": (
        "This code is not right. Codes change every 30 seconds: take the one that shows now.", "error"
    ),
    "SECURITY_MSG_INVALID_RECOVERY_CODE": ("This recovery code is not right, or was used before.", "error"),
    "SECURITY_MSG_TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        "From now on, signing in by password asks for a code. Now make recovery codes, for the day on which the "
        "telephone is lost.", "success",
    ),
    "SECURITY_MSG_TWO_FACTOR_DISABLED": ("Signing in asks for no code any more.", "success"),
    "SECURITY_MSG_TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "success"),
    "SECURITY_MSG_TWO_FACTOR_PERMISSION_DENIED": ("Please sign in with your password first.", "info"),
    "SECURITY_MSG_TWO_FACTOR_SETUP_EXPIRED": ("This took more than %(within)s. Please begin again.", "error"),
    "SECURITY_MSG_WEBAUTHN_REGISTER_SUCCESSFUL": ("The passkey “%(name)s” was added.", "success"),
    "SECURITY_MSG_WEBAUTHN_CREDENTIAL_DELETED": ("The passkey “%(name)s” was removed.", "success"),
    "SECURITY_MSG_WEBAUTHN_NAME_REQUIRED": ("Give the passkey a name, such as the device it is on.", "error"),
    "SECURITY_MSG_WEBAUTHN_NAME_INUSE": ("You have a passkey “%(name)s” already: take another name.", "error"),
    "SECURITY_MSG_WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (
        "This passkey is not known here. Sign in by password, and add it on your account page.", "error"
    ),
    "SECURITY_MSG_WEBAUTHN_EXPIRED": ("This took more than %(within)s. Please begin again.", "error"),
    "SECURITY_MSG_WEBAUTHN_NO_VERIFY": ("The passkey could not be checked. Please try once more.", "error"),
}  # fmt: skip
