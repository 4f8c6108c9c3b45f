"""What goes on in the demo network: profiles are looked after, claimed and reported.

So that the pages of members and of the office show what they are for when they are first opened.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.demo.people import MEMBER, OFFICER
from ifn.directory import actions as directory
from ifn.directory.models import Business, Membership
from ifn.moderation import actions as moderation
from ifn.moderation.actions.reports import Reporter
from ifn.moderation.models import Claim, Report

#: Whom the demo member helps, by the profile's place in its address.
OWNED, EDITED, CLAIMED = (
    "jahit-upper-bu-ratna",
    "kriya-kulit-kampung-sepatu",
    "sandal-wedoro-makmur",
)
#: Two makers in one street, of whom the office wonders whether they are one.
ALIKE: Final = ("sol-karet-surodinawan", "open-sol-surodinawan")
CLAIM: Final = (
    "Saya pemilik Sandal Wedoro Makmur sejak 2011. NIB atas nama saya, dan nomor WhatsApp "
    "di profil adalah nomor bengkel kami."
)
REPORTS: Final = (
    (
        "toko-sepatu-losari",
        Report.Kind.MOVED,
        "Alamatnya sudah pindah ke seberang jalan sejak bulan lalu.",
        timedelta(days=3),
    ),
    (
        "lestari-sepatu-reparasi",
        Report.Kind.CLOSED,
        "The workshop has been closed since August; the neighbours confirmed it.",
        timedelta(hours=20),
    ),
)


@transaction.atomic
def begin(*, at: datetime) -> bool:
    """Let the demo people do what waits on the first pages; say whether anything was done.

    Done once: where somebody claimed the profile already, or the written network or its people are
    not there, everything stays as it is.
    """
    wanted = {OWNED, EDITED, CLAIMED, *ALIKE, *(slug for slug, *_ in REPORTS)}
    there = {
        one.slug: one
        for one in Business.objects.filter(is_demo=True, slug__in=wanted).order_by("-pk")
    }
    people = {one.email: one for one in User.objects.filter(is_demo=True, is_active=True)}
    if there.keys() != wanted or not {MEMBER, OFFICER} <= people.keys():
        return False
    if Claim.objects.filter(business=there[CLAIMED]).exists():
        return False
    member, officer = people[MEMBER], people[OFFICER]
    for slug, role in ((OWNED, Membership.Role.OWNER), (EDITED, Membership.Role.EDITOR)):
        directory.appoint(
            there[slug], person=member, role=role, actor=officer, at=at, reason="Contoh / demo"
        )
    moderation.claim_by_evidence(
        there[CLAIMED], text=CLAIM, handed=None, person=member, at=at - timedelta(days=2)
    )
    for slug, kind, text, ago in REPORTS:
        moderation.report(there[slug], kind=kind, text=text, reporter=Reporter(), at=at - ago)
    directory.ask_about(*(there[slug] for slug in ALIKE), actor=officer, at=at)
    return True
