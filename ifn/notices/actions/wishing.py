"""People say how often they want messages about what, on the site or by a link in a message."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.notices.kinds import KINDS
from ifn.notices.models import Notice, Often, Silence, Wish
from ifn.notices.queries import wishes_of
from ifn.notices.tokens import ALL


class NotOffered(ValueError):  # noqa: N818
    """There is no such kind, or messages about it do not come that often."""


@transaction.atomic
def wish(
    person: User, wanted: Mapping[str, Often], *, actor: User | None, at: datetime
) -> list[str]:
    """Note how often a person wants messages about these kinds; return the kinds that changed.

    What waited to be told of in a message that is wanted no more stays on the site only.

    Raises:
        NotOffered: A kind or a frequency is not one that can be chosen.

    """
    for kind, often in wanted.items():
        if kind not in KINDS or often.value not in dict(KINDS[kind].choices):
            raise NotOffered(kind)
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    before = wishes_of(person)
    changed = [kind for kind, often in wanted.items() if before[kind] != often]
    for kind in changed:
        Wish.objects.update_or_create(
            person=person, kind=kind, defaults={"often": wanted[kind], "changed_at": at}
        )
    ended = [kind for kind in changed if wanted[kind] == Often.OFF]
    Notice.objects.filter(person=person, kind__in=ended).waiting().update(
        mailing=Notice.Mailing.NONE
    )
    if changed:
        record(
            "notices.wished",
            person,
            actor=actor,
            at=at,
            before={kind: before[kind].value for kind in changed},
            after={kind: wanted[kind].value for kind in changed},
        )
    return changed


@transaction.atomic
def stop(person: User, kind: str, *, at: datetime) -> list[str]:
    """End messages about a kind, by a link that needs no sign-in.

    ``tokens.ALL`` ends all that comes in digests; what a person has at once is a message of its
    own, with a link of its own. Returns the kinds that were not ended before.
    """
    kinds = [kind]
    if kind == ALL:
        kinds = [key for key, often in wishes_of(person).items() if often != Often.NOW]
    return wish(person, dict.fromkeys(kinds, Often.OFF), actor=None, at=at)


@transaction.atomic
def stop_address(digest: str, kind: str, *, at: datetime) -> bool:
    """End messages of a kind to an address without an account; say whether that is news."""
    silence, is_new = Silence.objects.get_or_create(
        address=digest, kind=kind, defaults={"since": at}
    )
    if is_new:
        record("notices.address.stopped", silence, actor=None, at=at, kind=kind)
    return is_new
