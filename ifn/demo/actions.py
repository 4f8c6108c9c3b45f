"""Load the demo network and take it away again, each in one action."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing import Pool
from multiprocessing.pool import AsyncResult
from multiprocessing.pool import Pool as PoolType
from random import Random

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.db.models import ProtectedError

from ifn.accounts.actions import create_person, give_duties, give_territory
from ifn.accounts.models import Duty, User
from ifn.assessments.actions import erasing
from ifn.assessments.models import Instrument
from ifn.audit.actions import record
from ifn.collaboration.actions.demo import remove_demo as remove_demo_collaborations
from ifn.connections import actions as connecting
from ifn.connections.models import Enquiry, Opportunity
from ifn.demo import assessments, collaboration, enquiries, mentoring
from ifn.demo.drawings import HEIGHT, WIDTH, draw
from ifn.demo.facts import DemoBusiness, Drawing
from ifn.demo.network import SEED, network
from ifn.demo.opportunities import opportunities
from ifn.demo.people import SIGN_INS, SignIn
from ifn.demo.proof import verifications_of
from ifn.demo.variation import Gazetteer, gazetteer, variation
from ifn.directory import actions as directory
from ifn.directory.actions.bulk import Arrival
from ifn.directory.models import Business, Picture
from ifn.programmes.actions.erasing import erase_demo as erase_demo_batches
from ifn.regions.queries import all_regions
from ifn.textsearch.entries import Entry, Prepared, prepare

SOURCE = "Jaringan demo"
#: So many more are worth the start of further processes.
WORTH_PROCESSES = 5_000
#: Shares waiting for the writer; more would only fill memory.
AHEAD = 10
#: Businesses made, or entries analysed, by a process at a time.
SHARE = 200
#: Drawings of each kind that the businesses of a large network share, and how many of them do.
POOL_OF_DRAWINGS = 12
ILLUSTRATED = 35  # in a hundred
#: Thresholds of the garbage collector during a large load.
SELDOM = (100_000, 20, 20)

Progress = Callable[[int], None]


class DemoPeopleInProduction(Exception):  # noqa: N818
    """People with public passwords were to be let into a platform that real people use."""


class AnotherSizeIsLoaded(Exception):  # noqa: N818
    """More demo businesses are there than were asked for; remove them first."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken away; people whose deeds are on record are closed out, not erased."""

    businesses: int
    people: int
    closed: int


def load_network(
    *, at: datetime, today: date, businesses: int = 0, progress: Progress | None = None
) -> int:
    """Load the written network, or a larger one, and return how many were new.

    What is there already stays as it is, so that loading twice is loading once, and a load that
    was interrupted goes on where it stopped.

    Raises:
        AnotherSizeIsLoaded: More are loaded already than were asked for.

    """
    wanted = businesses or len(network(today=today))
    of_mentoring = mentoring.own_firms()
    there = Business.objects.filter(is_demo=True).exclude(name__in=of_mentoring).count()
    if there > wanted:
        raise AnotherSizeIsLoaded(there)
    if there == wanted:
        return 0
    if wanted - there < WORTH_PROCESSES:
        _register(_made(there, wanted, today), None, at=at, today=today, progress=progress)
        return wanted - there
    # A process must not inherit an open connection; the next question opens a new one.
    where = _gazetteer()
    connections.close_all()
    with _collecting_seldom(), Pool(os.cpu_count()) as pool:
        starts = range(there, wanted, SHARE)
        shares = ((start, min(start + SHARE, wanted), where, today) for start in starts)
        made = (one for share in _made_ahead(pool, shares) for one in share)
        _register(made, pool, at=at, today=today, progress=progress)
    return wanted - there


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Look for garbage less often, here and in processes begun meanwhile.

    A load makes millions of small things that live for a moment and form no circles; looking at
    them again and again takes a tenth of its time.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _register(
    made: Iterable[DemoBusiness],
    pool: PoolType | None,
    *,
    at: datetime,
    today: date,
    progress: Progress | None,
) -> None:
    def analyse(entries: Iterable[Entry]) -> Iterable[Prepared]:
        return pool.imap(prepare, entries, SHARE) if pool else map(prepare, entries)

    directory.register_many(
        _arrivals(made, at=at, today=today, progress=progress),
        source=directory.source_named("demo", SOURCE),
        actor=None,
        at=at,
        is_demo=True,
        random=Random(SEED),  # noqa: S311  # repeatable numbers, not secrets
        analyse=analyse,
    )


def _made(there: int, wanted: int, today: date) -> Iterator[DemoBusiness]:
    where = _gazetteer()
    return (variation(index, where, today=today) for index in range(there + 1, wanted + 1))


def _make(share: tuple[int, int, Gazetteer, date]) -> list[DemoBusiness]:
    start, end, where, today = share
    return [variation(index, where, today=today) for index in range(start + 1, end + 1)]


def _made_ahead(
    pool: PoolType, shares: Iterable[tuple[int, int, Gazetteer, date]]
) -> Iterator[list[DemoBusiness]]:
    """Yield shares made by other processes, never more than a few ahead of the writer."""
    waiting = deque[AsyncResult[list[DemoBusiness]]]()
    for share in shares:
        waiting.append(pool.apply_async(_make, (share,)))
        if len(waiting) > AHEAD:
            yield waiting.popleft().get()
    while waiting:
        yield waiting.popleft().get()


def _gazetteer() -> Gazetteer:
    """Return all regencies, mixed so that the common ones lie anywhere in the country."""
    regencies = [
        (place.code, place.name, place.latitude, place.longitude)
        for place in all_regions().by_code.values()
        if not place.is_province
    ]
    Random(SEED).shuffle(regencies)  # noqa: S311  # an order, not a secret
    return gazetteer(regencies)


def _arrivals(
    made: Iterable[DemoBusiness], *, at: datetime, today: date, progress: Progress | None
) -> Iterator[Arrival]:
    drawn: set[str] = set()
    for count, one in enumerate(made, start=1):
        pictures = [
            _picture(drawing, position, at, drawn)
            for position, drawing in enumerate(_shared(one, count))
        ]
        checks = list(verifications_of(one, seed=SEED, at=at, today=today))
        yield Arrival(one.profile, one.confirmed_on, pictures, checks)
        if progress:
            progress(count)


def _shared(one: DemoBusiness, count: int) -> Iterable[Drawing]:
    """Give a written business its own drawings, and some of the others drawings from the pool."""
    if not one.is_variation:
        return one.drawings
    if count % 100 >= ILLUSTRATED:
        return ()
    return [drawing.from_pool(count % POOL_OF_DRAWINGS) for drawing in one.drawings]


def _picture(drawing: Drawing, position: int, at: datetime, drawn: set[str]) -> Picture:
    name = f"pictures/demo/{drawing.seed}-{drawing.kind}.svg"
    if name not in drawn:
        drawn.add(name)
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(draw(drawing.kind, drawing.seed).encode()))
    return Picture(
        file=name,
        width=WIDTH,
        height=HEIGHT,
        widths=[],
        caption_id=drawing.caption_id,
        caption_en=drawing.caption_en,
        position=position,
        added_at=at,
    )


@transaction.atomic
def load_opportunities(*, at: datetime, today: date) -> int:
    """Enter what the demo businesses offer and ask for; nothing where that was done already."""
    if Opportunity.objects.filter(is_demo=True).exists():
        return 0
    known = {one.slug: one for one in Business.objects.filter(is_demo=True).order_by("-pk")}
    entered = 0
    for one in opportunities(today=today):
        if business := known.get(one.business):
            connecting.enter_demo(
                business,
                one.said,
                direction=one.direction,
                kind=one.kind,
                state=one.state,
                since=at - timedelta(days=one.days_ago),
                today=today,
                at=at,
            )
            entered += 1
    return entered


@transaction.atomic
def let_people_in(*, at: datetime) -> tuple[SignIn, ...]:
    """Open the accounts of the demo people, or open them again, and return what they sign in with.

    Raises:
        DemoPeopleInProduction: Passwords that everybody knows must not open this platform.

    """
    if settings.PRODUCTION:
        raise DemoPeopleInProduction
    there = {person.email: person for person in User.objects.filter(is_demo=True)}
    for sign_in in SIGN_INS:
        person = there.get(sign_in.email)
        if person is None:
            person = create_person(
                name=sign_in.name,
                email=sign_in.email,
                password=sign_in.password,
                role=sign_in.role,
                is_demo=True,
                actor=None,
                at=at,
            )
            _give_scope(person, sign_in, at=at)
        elif not person.is_active:
            person.is_active = True
            person.set_password(sign_in.password)
            person.save(update_fields=["is_active", "password"])
            record("accounts.person.reactivated", person, actor=None, at=at)
    return SIGN_INS


def _give_scope(person: User, sign_in: SignIn, *, at: datetime) -> None:
    if person.role == User.Role.OFFICER:
        give_duties(person, Duty.Kind.values, actor=None, at=at)
    if sign_in.territory:
        give_territory(person, sign_in.territory, actor=None, at=at)


@transaction.atomic
def write_enquiries(*, at: datetime) -> int:
    """Let the demo member ask others and their firm be asked; return how many enquiries.

    Nothing is written where there are some already, or where the demo member is not let in.
    """
    member = User.objects.filter(is_demo=True, role=User.Role.MEMBER, is_active=True).first()
    own = Business.objects.filter(is_demo=True, name=enquiries.OWN_FIRM)
    if (
        member is None
        or not own.exists()
        or Enquiry.objects.filter(business__is_demo=True).exists()
    ):
        return 0
    return enquiries.write_all(member, at=at)


@transaction.atomic
def write_assessments(*, at: datetime) -> int:
    """Assess the makers of the demo network; return how many assessments, none where some are."""
    if (
        Instrument.objects.filter(is_demo=True).exists()
        or not Business.objects.filter(is_demo=True).exists()
    ):
        return 0
    return assessments.write_all(at=at)


@transaction.atomic
def hold_batches(*, at: datetime, today: date) -> int:
    """Let the demo batches of mentoring take place; return how many, none where they did."""
    return mentoring.write_all(at=at, today=today)


@transaction.atomic
def hold_collaborations(*, at: datetime, today: date) -> int:
    """Let the demo collaborations take place; return how many, none where they did."""
    return collaboration.write_all(at=at, today=today)


@transaction.atomic
def remove_all(*, at: datetime) -> Removed:
    """Take away every demo profile and every demo person, and nothing else.

    The record of deeds is never shortened: whoever is in it keeps a closed account without a
    password, so that the record can still say who it was.
    """
    remove_demo_collaborations()
    enquiries.remove_all()
    erase_demo_batches()
    mentoring.remove_firms()
    erasing.remove_demo()
    connecting.remove_demo_opportunities()
    businesses = directory.remove_demo(actor=None, at=at)
    people = closed = 0
    for person in User.objects.filter(is_demo=True).order_by("pk"):
        try:
            with transaction.atomic():
                record("accounts.person.removed", person, actor=None, at=at)
                person.delete()
            people += 1
        except ProtectedError:
            person.is_active = False
            person.set_unusable_password()
            person.save(update_fields=["is_active", "password"])
            record("accounts.person.deactivated", person, actor=None, at=at)
            closed += 1
    return Removed(businesses, people, closed)
