"""People follow searches, name and pause them, and stop."""

from datetime import date, datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections.following import LONGEST_QUERY, Search, packed, unpacked
from ifn.connections.models import Follow
from ifn.connections.queries.following import matching

#: Searches that one person may follow.
MOST = 50


class TooManyFollows(Exception):  # noqa: N818
    """The person follows as many searches as anybody may."""


class TooLong(Exception):  # noqa: N818
    """The search has more words and filters than can be kept."""


@transaction.atomic
def follow(
    person: User, page: str, search: Search, *, actor: User, on: date, at: datetime
) -> tuple[Follow, bool]:
    """Follow a search from now on; what it finds today is not new. Say whether that is new.

    A search that is followed already stays as it is, with its own name.

    Raises:
        TooManyFollows: The person must stop following another first.
        TooLong: The search cannot be kept.
        Broken: It cannot be asked as it is.

    """
    if len(search.query) > LONGEST_QUERY:
        raise TooLong
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = Follow.objects.filter(person=person)
    if there := mine.filter(page=page, query=search.query).first():
        return there, False
    if mine.count() >= MOST:
        raise TooManyFollows
    made = Follow.objects.create(
        person=person,
        page=page,
        query=search.query,
        name=search.name,
        known=packed(matching(page, search.query, on)),
        made_at=at,
        looked_at=at,
    )
    record("connections.follow.begun", made, actor=actor, at=at, page=page)
    return made, True


@transaction.atomic
def rename(following: Follow, name: str, *, actor: User, at: datetime) -> Follow:
    """Give a search another name."""
    following = Follow.objects.select_for_update().get(pk=following.pk)
    before = following.name
    if before != name:
        following.name = name
        following.save(update_fields=["name"])
        record(
            "connections.follow.renamed",
            following,
            actor=actor,
            at=at,
            before={"name": before},
            after={"name": name},
        )
    return following


@transaction.atomic
def pause(following: Follow, *, actor: User | None, at: datetime) -> Follow:
    """Tell nothing more of a search until it is resumed; paused already, nothing changes."""
    following = Follow.objects.select_for_update().get(pk=following.pk)
    if following.paused_at is None:
        following.paused_at = at
        following.save(update_fields=["paused_at"])
        record("connections.follow.paused", following, actor=actor, at=at)
    return following


@transaction.atomic
def resume(following: Follow, *, actor: User, on: date, at: datetime) -> Follow:
    """Tell of a search again; what came in meanwhile is not new any more.

    Raises:
        Broken: It can no longer be asked as it was.

    """
    following = Follow.objects.select_for_update().get(pk=following.pk)
    if following.paused_at is not None:
        known = unpacked(following.known) | matching(following.page, following.query, on)
        following.known, following.paused_at, following.looked_at = packed(known), None, at
        following.save(update_fields=["known", "paused_at", "looked_at"])
        record("connections.follow.resumed", following, actor=actor, at=at)
    return following


@transaction.atomic
def stop(following: Follow, *, actor: User, at: datetime) -> None:
    """Follow a search no more."""
    if Follow.objects.filter(pk=following.pk).delete()[0]:
        record("connections.follow.ended", following, actor=actor, at=at)


@transaction.atomic
def erase_follows(person: User, *, actor: User | None, at: datetime) -> int:
    """Remove all that a person follows; return how many searches."""
    gone = Follow.objects.filter(person=person).delete()[0]
    if gone:
        record("connections.follows.erased", person, actor=actor, at=at, follows=gone)
    return gone
