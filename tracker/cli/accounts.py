"""`tracker account`: add, link, list, role, sign-out, disable, drop-factors; token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.api_tokens import token_command
from tracker.cli.session import echo_json, in_app, installation, json_option, say
from tracker.domain.roles import Role

if TYPE_CHECKING:
    from tracker.models import Account

NO_ROLE = "none"
role_choice = click.Choice([str(role) for role in Role])


@click.group("account")
def account_command() -> None:
    """Accounts: add, link, list, role, sign-out, disable, drop-factors, token."""


account_command.add_command(token_command)


@account_command.command("add")
@click.argument("email")
@click.option("--name", default="", help="As letters and the history show it.")
@click.option("--journal", "slug", metavar="SLUG", help="Give the person a role in this journal at once.")
@click.option("--role", type=role_choice, default=str(Role.EDITOR), show_default=True)
@json_option
@in_app
def add_command(email: str, name: str, slug: str | None, role: str, as_json: bool) -> None:
    """Add an account, and print the one-time link to set its password. One for a journal gets a letter with it too."""
    from tracker import clock
    from tracker.cli.password_links import password_link
    from tracker.db import transaction
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.services.account_letters import queue_invitation
    from tracker.services.accounts import add_account, give_role
    from tracker.services.actors import OPERATOR

    now, base_url = clock.now(), installation().base_url
    with transaction():
        account = add_account(email=email, name=name, by=OPERATOR, now=now)
        if slug:
            journal = journal_by_slug(slug)
            give_role(account, journal, role, by=OPERATOR, now=now)
            queue_invitation(account, journal, role, inviter="", now=now, base_url=base_url)
    link = password_link(account)
    if as_json:
        echo_json({**_facts(account), "password_link": link, "invitation": "queued" if slug else None})
        return
    say(f"The account {account.email} was added. Pass this link on, to set the password; it works once:")
    say(f"  {link}")
    if slug:
        say("A letter with such a link is queued too, and leaves with the next delivery.")


@account_command.command("link")
@click.argument("email")
@json_option
@in_app
def link_command(email: str, as_json: bool) -> None:
    """Print a one-time link to set the password anew."""
    from tracker import clock
    from tracker.cli.password_links import password_link
    from tracker.db import transaction
    from tracker.domain.audit import Change
    from tracker.services.accounts import account_named
    from tracker.services.actors import OPERATOR
    from tracker.services.audit import note_change

    with transaction():  # whoever has the link has the account: that one was printed is in the trail
        account = account_named(email)
        after = {"password link": "printed"}
        note_change(Change.ACCOUNT_CHANGED, by=OPERATOR, now=clock.now(), account=account, after=after)
    link = password_link(account)
    echo_json({"email": account.email, "password_link": link}) if as_json else say(link)


@account_command.command("list")
@click.option("--journal", "slug", metavar="SLUG", help="Only those with a role in this journal.")
@json_option
@in_app
def list_command(slug: str | None, as_json: bool) -> None:
    """List accounts and their roles."""
    from sqlalchemy import select
    from sqlalchemy.orm import selectinload

    from tracker.db import db
    from tracker.models import Account, Membership
    from tracker.queries.manuscripts import journal_by_slug

    wanted = select(Account).options(selectinload(Account.memberships).joinedload(Membership.journal))
    if slug:
        wanted = wanted.where(Account.memberships.any(Membership.journal_id == journal_by_slug(slug).id))
    accounts = [_facts(account) for account in db.session.scalars(wanted.order_by(Account.email))]
    if as_json:
        echo_json({"accounts": accounts})
        return
    for account in accounts:
        roles = ", ".join(f"{role['role']} of {role['journal']}" for role in account["roles"]) or "no role"
        say(f"{account['email']:<36} {roles}{'' if account['active'] else ' (disabled)'}")
    if not accounts:
        say("There is no account yet. Make one with “tracker account add EMAIL”.")


@account_command.command("role")
@click.argument("email")
@click.argument("slug", metavar="JOURNAL")
@click.argument("role", type=click.Choice([*(str(role) for role in Role), NO_ROLE]))
@json_option
@in_app
def role_command(email: str, slug: str, role: str, as_json: bool) -> None:
    """Give the person a role in a journal; “none” takes it away."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.services.accounts import account_named, give_role, take_role
    from tracker.services.actors import OPERATOR

    now = clock.now()
    with transaction():
        account, journal = account_named(email), journal_by_slug(slug)
        if role == NO_ROLE:
            changed = take_role(account, journal, by=OPERATOR, now=now)
        else:
            changed = give_role(account, journal, role, by=OPERATOR, now=now)
    if as_json:
        echo_json(_facts(account))
        return
    has = f"{'no role' if role == NO_ROLE else f'the role {role}'} in {journal.slug}"
    say(f"{account.email} has {has}{' now' if changed else ' already'}.")


@account_command.command("sign-out")
@click.argument("email", required=False)
@click.option("--everybody", is_flag=True, help="Every account, after something has leaked.")
@json_option
@in_app
def sign_out_command(email: str | None, everybody: bool, as_json: bool) -> None:
    """End the sign-ins of a person, or of everybody; whoever knows the password signs in again."""
    from sqlalchemy import select

    from tracker import clock
    from tracker.db import transaction
    from tracker.models import Account
    from tracker.services.accounts import account_named, sign_out
    from tracker.services.actors import OPERATOR

    if everybody == bool(email):
        raise click.UsageError("Name one address, or --everybody.")
    with transaction() as session:
        accounts = [account_named(email)] if email else session.scalars(select(Account).order_by(Account.email)).all()
        ended = {account.email: sign_out(account, by=OPERATOR, now=clock.now()) for account in accounts}
    if as_json:
        echo_json({"ended": ended})
        return
    browsers = sum(ended.values())
    whose = email or f"{len(ended)} account{'' if len(ended) == 1 else 's'}"
    say(f"{browsers} browser{'' if browsers == 1 else 's'} of {whose} signed out.")


@account_command.command("disable")
@click.argument("email")
@json_option
@in_app
def disable_command(email: str, as_json: bool) -> None:
    """Let a person sign in no more; what they recorded stays."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.services.accounts import account_named, disable
    from tracker.services.actors import OPERATOR

    with transaction():
        account = account_named(email)
        changed = disable(account, by=OPERATOR, now=clock.now())
    if as_json:
        echo_json(_facts(account))
        return
    say(f"{account.email} {'can sign in no more' if changed else 'was disabled already'}.")


@account_command.command("drop-factors")
@click.argument("email")
@json_option
@in_app
def drop_factors_command(email: str, as_json: bool) -> None:
    """Take codes, recovery codes and passkeys off an account whose person has lost them; ends their sign-ins."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.services.accounts import account_named, drop_factors
    from tracker.services.actors import OPERATOR

    with transaction():
        account = account_named(email)
        gone = drop_factors(account, by=OPERATOR, now=clock.now())
    if as_json:
        echo_json({**_facts(account), "dropped": gone})
        return
    say(f"{account.email} signs in by password alone now. Dropped: {', '.join(gone) or 'nothing, there was none'}.")


def _facts(account: Account) -> dict[str, Any]:
    return {
        "email": account.email,
        "name": account.name,
        "active": account.active,
        "has_password": account.password is not None,
        "roles": [{"journal": part.journal.slug, "role": part.role} for part in account.memberships],
    }
