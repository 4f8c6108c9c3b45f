"""Sessions that know whose they are, so that people can see and end theirs."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.timezone import now

from ifn.accounts.models import Session

#: Under these names a session keeps when it began and on what device.
STARTED, DEVICE = "started", "device"
#: How old the moment of last use may be.
SEEN = timedelta(hours=1)


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
        found: Session | None = self._get_session_from_db()  # type: ignore[attr-defined]
        if found is None:
            return {}
        at = now()
        if found.account_id and found.seen_at <= at - SEEN:
            Session.objects.filter(pk=found.pk).update(seen_at=at)
        return dict(self.decode(found.session_data))
