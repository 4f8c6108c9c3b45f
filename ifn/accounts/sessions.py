"""Sessions that know whose they are, so that people can see and end theirs."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now

from ifn.accounts.backends import found_already
from ifn.accounts.models import Duty, Joined, Session, User
from ifn.prepared import Prepared, Slot

#: Under these names a session keeps when it began and on what device.
STARTED, DEVICE = "started", "device"
#: How old the moment of last use may be.
SEEN = timedelta(hours=1)


def _with_person() -> QuerySet[Session, Any]:
    held = Duty.objects.filter(person=OuterRef("account")).order_by().values("person")
    duties = Subquery(held.annotate(kinds=Joined("kind")).values("kinds"))
    found = Session.objects.filter(session_key=Slot("key"), expire_date__gt=Slot("at"))
    return found.select_related("account").annotate(duties=duties)


#: Asked on every page of somebody who is signed in.
_BY_KEY: Final = Prepared(_with_person)


class SessionStore(DatabaseStore):
    """Django's sessions in the database, in our own table; each is read with whose it is."""

    #: Whose it is, as it was read; Django decides whether they are signed in.
    person: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        account, started, at = data.get(SESSION_KEY), data.get(STARTED), now()
        row = cast("Session", super().create_model_instance(data))
        row.account_id = int(account) if account else None
        row.device = data.get(DEVICE, "")
        row.started_at = datetime.fromtimestamp(started, UTC) if started else at
        row.seen_at = at
        return row

    def load(self) -> dict[str, Any]:
        at = now()
        found = next(iter(_BY_KEY.objects(key=self.session_key, at=at)), None)
        if found is None:
            self._session_key = None
            return {}
        if found.account:
            self.person = found.account
            self.person.know_duties(vars(found)["duties"] or "")
        if found.account_id and found.seen_at <= at - SEEN:
            Session.objects.filter(pk=found.pk).update(seen_at=at)
        return dict(self.decode(found.session_data))


class Authentication(AuthenticationMiddleware):
    """Django's own, which finds the person beside the session instead of asking once more."""

    def process_request(self, request: HttpRequest) -> None:
        """Give the request its person, looked up when somebody asks."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person_of(request))  # type: ignore[assignment]


def _person_of(request: HttpRequest) -> User | AnonymousUser:
    known: dict[str, Any] = vars(request)
    if "_cached_user" not in known:
        request.session.get(SESSION_KEY)  # reads the session, and with it the person
        with found_already(getattr(request.session, "person", None)):
            known["_cached_user"] = get_user(request)
    person: User | AnonymousUser = known["_cached_user"]
    return person
