"""Sessions that know whose they are, so that people can see and end theirs."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.timezone import now

from ifn.accounts.models import Session
from ifn.prepared import Prepared, Slot

#: Under these names a session keeps when it began and on what device.
STARTED, DEVICE = "started", "device"
#: How old the moment of last use may be.
SEEN = timedelta(hours=1)
#: Asked on every page of somebody who is signed in.
_BY_KEY: Final = Prepared(
    lambda: Session.objects.filter(session_key=Slot("key"), expire_date__gt=Slot("at"))
)


class SessionStore(DatabaseStore):
    """Django's sessions in the database, in our own table."""

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
        if found.account_id and found.seen_at <= at - SEEN:
            Session.objects.filter(pk=found.pk).update(seen_at=at)
        return dict(self.decode(found.session_data))
