"""`tracker account token`: a person's tokens for the API, made, listed and revoked by the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.session import echo_json, in_app, json_option, say
from tracker.domain.roles import Scope

if TYPE_CHECKING:
    from tracker.models import Account


@click.command("token")
@click.argument("email")
@click.option("--name", default="", help="What the token is for, such as “figures for the website”.")
@click.option("--scope", type=click.Choice([str(scope) for scope in Scope]), default="read", show_default=True)
@click.option("--days", type=int, help="How many days it works; without it, until it is revoked.")
@click.option("--list", "is_listing", is_flag=True, help="List the person's tokens instead.")
@click.option("--revoke", metavar="ID", help="Revoke the token of this id instead.")
@json_option
@in_app
def token_command(
    email: str, name: str, scope: str, days: int | None, is_listing: bool, revoke: str | None, as_json: bool
) -> None:
    """Make a token with which a program does what EMAIL can do, through the API. It is printed once."""
    from tracker.services.accounts import account_named

    account = account_named(email)
    if is_listing:
        _list(account, as_json)
    elif revoke:
        _revoke(account, revoke, as_json)
    else:
        _make(account, name, scope, days, as_json)


def _make(account: Account, name: str, scope: str, days: int | None, as_json: bool) -> None:
    from tracker import clock
    from tracker.db import transaction
    from tracker.queries.api_tokens import token_document
    from tracker.services.actors import OPERATOR
    from tracker.services.api_tokens import make_token

    with transaction():
        token, text = make_token(account, name=name, scope=scope, days=days, by=OPERATOR, now=clock.now())
    if as_json:
        echo_json({**token_document(token), "token": text})
        return
    say(f"Pass this token on to {account.email}; it cannot be shown again:")
    say(f"  {text}")


def _list(account: Account, as_json: bool) -> None:
    from tracker.queries.api_tokens import token_document, tokens_of

    tokens = [token_document(token) for token in tokens_of(account.id)]
    if as_json:
        echo_json({"tokens": tokens})
        return
    for token in tokens:
        until, used = token["expires_at"] or "it is revoked", token["last_used_on"] or "never"
        say(f"{token['id']}  {token['scope']:<5}  until {until}, last used {used}  {token['name']}")
    if not tokens:
        say(f"{account.email} has no tokens.")


def _revoke(account: Account, uid: str, as_json: bool) -> None:
    from tracker import clock
    from tracker.db import transaction
    from tracker.queries.api_tokens import token_document
    from tracker.services.actors import OPERATOR
    from tracker.services.api_tokens import revoke_token

    with transaction():
        token = revoke_token(account, uid, by=OPERATOR, now=clock.now())
    echo_json(token_document(token)) if as_json else say(f"The token “{token.name}” works no more.")
