"""``ifn person``: open an account, give a role, close an account, set a password."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.timezone import now

from ifn.accounts import actions
from ifn.accounts.models import Duty, User
from ifn.accounts.queries import person_with


class Command(BaseCommand):
    help = "Open and close accounts, and give roles. A password is never an argument."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        add = what.add_parser("add", help="Open an account.")
        add.add_argument("--name", required=True)
        add.add_argument("--email", default="")
        add.add_argument("--phone", default="")
        add.add_argument("--role", choices=User.Role.values, default=User.Role.MEMBER)
        add_scope(add)
        ask_password(add)
        role = what.add_parser("role", help="Give a person another role.")
        role.add_argument("identifier", help="e-mail address or phone number")
        role.add_argument("role", choices=User.Role.values)
        role.add_argument("--reason", required=True)
        add_scope(role)
        deactivate = what.add_parser("deactivate", help="Close an account.")
        deactivate.add_argument("identifier", help="e-mail address or phone number")
        deactivate.add_argument("--reason", required=True)
        factors = what.add_parser("factors", help="Take away the second factors.")
        factors.add_argument("identifier", help="e-mail address or phone number")
        factors.add_argument("--reason", required=True)
        password = what.add_parser("password", help="Set a new password.")
        password.add_argument("identifier", help="e-mail address or phone number")
        ask_password(password)

    def handle(self, *_args: Any, what: str, **options: Any) -> None:
        try:
            todo: dict[str, Any] = {
                "add": self._add,
                "role": self._role,
                "deactivate": self._deactivate,
                "factors": self._factors,
                "password": self._password,
            }
            person = todo[what](**options)
        except actions.NoWayToSignIn:
            raise CommandError("Give a valid --email or --phone, or both.") from None
        except actions.AlreadyTaken:
            raise CommandError("Somebody signs in with that already.") from None
        except actions.LastAdministrator:
            raise CommandError("Nobody would be left who can look after people.") from None
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from None
        self.stdout.write(f"{person}: {person.get_role_display()}")

    def _add(self, *, name: str, email: str, phone: str, role: str, **options: Any) -> User:
        with transaction.atomic():
            person = actions.create_person(
                name=name,
                email=email,
                phone=phone,
                password=asked_password(from_input=options["password_stdin"]),
                role=role,
                actor=None,
                at=now(),
            )
            give_scope(person, **options)
        return person

    def _role(self, *, identifier: str, role: str, reason: str, **options: Any) -> User:
        with transaction.atomic():
            person = actions.change_role(
                found(identifier), role=role, actor=None, at=now(), reason=reason
            )
            give_scope(person, **options)
        return person

    def _deactivate(self, *, identifier: str, reason: str, **_options: Any) -> User:
        return actions.deactivate(found(identifier), actor=None, at=now(), reason=reason)

    def _factors(self, *, identifier: str, reason: str, **_options: Any) -> User:
        person = found(identifier)
        actions.reset_factors(person, actor=None, at=now(), reason=reason)
        return person

    def _password(self, *, identifier: str, password_stdin: bool, **_options: Any) -> User:
        return actions.change_password(
            found(identifier),
            password=asked_password(from_input=password_stdin),
            actor=None,
            at=now(),
        )


def add_scope(parser: ArgumentParser) -> None:
    """Let an officer's duties, or the regions of a regional officer, be named."""
    parser.add_argument(
        "--duty",
        action="append",
        choices=Duty.Kind.values,
        help="an officer's; all when none is named",
    )
    parser.add_argument(
        "--region",
        action="append",
        metavar="CODE",
        help="a regional officer's, as 52.03",
    )


def give_scope(
    person: User, *, duty: list[str] | None, region: list[str] | None, **_options: Any
) -> None:
    """Give an officer duties and a regional officer a territory, as named or as is usual."""
    if person.role == User.Role.OFFICER:
        actions.give_duties(person, duty or Duty.Kind.values, actor=None, at=now())
    elif duty:
        raise CommandError("Only an officer has duties.")
    if person.role == User.Role.REGIONAL:
        if not region:
            raise CommandError("Say for which regions, as in --region 52.03.")
        try:
            actions.give_territory(person, region, actor=None, at=now())
        except actions.UnknownRegion as unknown:
            raise CommandError(f"There is no region with the code {unknown}.") from None
    elif region:
        raise CommandError("Only a regional officer has regions.")


def ask_password(parser: ArgumentParser) -> None:
    """Let the password come from standard input."""
    parser.add_argument(
        "--password-stdin", action="store_true", help="Read it from the first line of input."
    )


def found(identifier: str) -> User:
    """Return the person, or end with a sentence."""
    person = person_with(identifier)
    if person is None:
        raise CommandError(f"Nobody signs in with {identifier}.")
    return person


def asked_password(*, from_input: bool) -> str:
    """Return the password, typed unseen or from the first line of standard input."""
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CommandError("There is no terminal to ask on: use --password-stdin.")
    return getpass("Password: ")
