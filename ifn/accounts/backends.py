"""How Django finds out who somebody is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from ifn.accounts.models import User
from ifn.accounts.policies import can_sign_in
from ifn.accounts.queries import person_with
from ifn.prepared import Prepared, Slot

#: Asked on every page of somebody who is signed in.
_BY_KEY: Final = Prepared(lambda: User.objects.filter(pk=Slot("key")))


_found: ContextVar[User | None] = ContextVar("found", default=None)


@contextmanager
def found_already(person: User | None) -> Iterator[None]:
    """Let ``get_user`` give back who was read just now, instead of asking again."""
    token = _found.set(person)
    try:
        yield
    finally:
        _found.reset(token)


class EmailOrPhone(BaseBackend):
    """Sign in by e-mail address or phone number, and password."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002  # Django gives it
        identifier: str | None = None,
        password: str | None = None,
        **_others: Any,
    ) -> User | None:
        """Return the person, or nothing; the work is the same whether or not the account exists."""
        if not identifier or password is None:
            return None
        person = person_with(identifier)
        if person is None:
            make_password(password)
            return None
        return person if person.check_password(password) and can_sign_in(person) else None

    def get_user(self, user_id: int) -> User | None:
        """Return whoever a session belongs to, unless the account was closed."""
        person = _found.get()
        if person is None or person.pk != user_id:
            person = next(iter(_BY_KEY.objects(key=user_id)), None)
        return person if person and can_sign_in(person) else None
