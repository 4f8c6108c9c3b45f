"""What has to be done for each kind of request, room by room, and what is kept and why.

This is the register of the rooms: a room that comes to keep something of people gets its line here,
with one function of its own that erases it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ifn.accounts import actions as accounts
from ifn.accounts.models import Consent, User
from ifn.api import actions as api
from ifn.assessments.actions import erasing as assessments
from ifn.collaboration.actions.erasing import erase_from_collaboration
from ifn.connections import actions as connections
from ifn.connections.actions import chains, enquiries
from ifn.connections.actions.following import erase_follows
from ifn.directory import actions as directory
from ifn.intake import actions as intake
from ifn.mail import actions as mail
from ifn.moderation import actions as moderation
from ifn.notices import actions as notices
from ifn.privacy.actions import exporting
from ifn.privacy.models import DataRequest
from ifn.privacy.subjects import Subject
from ifn.programmes.actions.erasing import erase_registrations

Run = Callable[[Subject, User, datetime], int]


@dataclass(frozen=True, slots=True)
class Plan:
    """One thing to do; without ``run`` a person does it by hand and says what they did."""

    key: str
    title: Promise
    run: Run | None = None
    #: Only where the request is about an account, or about a profile.
    needs: str = ""
    #: What of this stays, and why.
    keeps: Promise | str = ""

    @property
    def is_by_hand(self) -> bool:
        """Say whether a person does it and says what they did; templates would call ``run``."""
        return self.run is None

    def applies(self, subject: Subject) -> bool:
        """Say whether there is anything of this kind for whom the request is about."""
        return not self.needs or getattr(subject, self.needs) is not None


def _contacts(subject: Subject, actor: User, at: datetime) -> int:
    return directory.erase_contacts(subject.business, actor=actor, at=at) if subject.business else 0


def _profile(subject: Subject, actor: User, at: datetime) -> int:
    if subject.business is None:
        return 0
    gone = notices.erase_mentions(f"/usaha/{subject.business.number}")
    gone += enquiries.erase_told_of_firm(subject.business)
    return gone + directory.erase_profile(subject.business, actor=actor, at=at)


def _rows(subject: Subject, _actor: User, _at: datetime) -> int:
    return intake.erase_rows(subject.business, subject.addresses)


def _memberships(subject: Subject, actor: User, at: datetime) -> int:
    return (
        directory.erase_from_profiles(subject.person, actor=actor, at=at) if subject.person else 0
    )


def _offers(subject: Subject, actor: User, at: datetime) -> int:
    if subject.business is None:
        return 0
    return connections.erase_opportunities(subject.business, actor=actor, at=at)


def _writings(subject: Subject, actor: User, at: datetime) -> int:
    if subject.person is None:
        return 0
    return connections.erase_from_opportunities(subject.person, actor=actor, at=at)


def _claims(subject: Subject, actor: User, at: datetime) -> int:
    return moderation.erase_from_claims(subject.person, actor=actor, at=at) if subject.person else 0


def _reports(subject: Subject, _actor: User, _at: datetime) -> int:
    return moderation.erase_from_reports(subject.person, list(subject.addresses))


def _enquiries(subject: Subject, actor: User, at: datetime) -> int:
    return enquiries.erase_enquiries(subject.person, subject.addresses, actor=actor, at=at)


def _registrations(subject: Subject, actor: User, at: datetime) -> int:
    return erase_registrations(
        subject.person, subject.business, subject.addresses, actor=actor, at=at
    )


def _collaborations(subject: Subject, actor: User, at: datetime) -> int:
    return erase_from_collaboration(
        subject.person, subject.business, subject.addresses, actor=actor, at=at
    )


def _assessments(subject: Subject, actor: User, at: datetime) -> int:
    gone = 0
    if subject.business is not None:
        gone += assessments.erase_assessments(subject.business, actor=actor, at=at)
    if subject.person is not None:
        gone += assessments.erase_from_assessments(subject.person, actor=actor, at=at)
    return gone


def _keys(subject: Subject, actor: User, at: datetime) -> int:
    return api.erase_keys(subject.person, actor=actor, at=at) if subject.person else 0


def _exports(subject: Subject, _actor: User, _at: datetime) -> int:
    return exporting.erase_exports(subject.person) if subject.person else 0


def _follows(subject: Subject, actor: User, at: datetime) -> int:
    return erase_follows(subject.person, actor=actor, at=at) if subject.person else 0


def _notices(subject: Subject, actor: User, at: datetime) -> int:
    return notices.erase_notices(subject.person, actor=actor, at=at) if subject.person else 0


def _chains(subject: Subject, _actor: User, _at: datetime) -> int:
    return chains.erase_chains(subject.person) if subject.person else 0


def _messages(subject: Subject, _actor: User, _at: datetime) -> int:
    return mail.erase_messages(subject.addresses)


def _account(subject: Subject, actor: User, at: datetime) -> int:
    return accounts.erase_person(subject.person, actor=actor, at=at) if subject.person else 0


def _consents(subject: Subject, actor: User, at: datetime) -> int:
    """End every consent about the profile's contacts and every one the person gave."""
    ended = 0
    if subject.business:
        for one in Consent.objects.standing().filter(profile=subject.business.number):
            ended += directory.withdraw_consent(one, actor=actor, at=at)
    if subject.person:
        for one in Consent.objects.standing().filter(person=subject.person):
            if one.profile:
                ended += directory.withdraw_consent(one, actor=actor, at=at)
            else:
                ended += accounts.end_consent(one, actor=actor, at=at)
    return ended


def _copy(subject: Subject, _actor: User, at: datetime) -> int:
    if subject.person is None:
        return 0
    export = exporting.ask_for_export(subject.person, at=at)
    return int(exporting.make_export(export.pk, at=at) is not None)


_ERASURE: Final = (
    # What is found by addresses comes first, while the contacts are still there.
    Plan(
        "rows",
        _("Empty the rows of lists that name the business or state an address"),
        _rows,
        keeps=_("A digest of each row stays, so that the same list does not bring it back."),
    ),
    Plan("reports", _("Empty reports of who made them"), _reports),
    Plan("messages", _("Remove messages from the outbox"), _messages),
    Plan(
        "enquiries",
        _("Close open enquiries and empty them of names, addresses and words"),
        _enquiries,
        keeps=_("That something was asked, and what came of it, stays without words."),
    ),
    Plan(
        "registrations",
        _("Empty registrations for mentoring of names, numbers and words; withdraw certificates"),
        _registrations,
        keeps=_("That a firm took part in mentoring, and when it was there, stays without names."),
    ),
    Plan(
        "collaborations",
        _("Empty applications, projects, receipts and guests of names, addresses and words"),
        _collaborations,
        keeps=_("That a firm took part in a project, and what it got, stays without names."),
    ),
    Plan(
        "contacts",
        _("Remove the contacts from the profile, its drafts and earlier states"),
        _contacts,
        "business",
        _("That consent was given and ended is kept without the number or address, as proof."),
    ),
    Plan(
        "profile",
        _("Empty and hide the profile"),
        _profile,
        "business",
        _(
            "Its number, kind and region stay, so that the address is not given to another. What "
            "officers verified stays with its evidence until its own time is over, because the "
            "office must be able to answer for it."
        ),
    ),
    Plan("offers", _("Remove what the business offered and asked for"), _offers, "business"),
    Plan(
        "writings",
        _("Leave all opportunities"),
        _writings,
        "person",
        _("What was posted belongs to its business and stays, without who wrote it."),
    ),
    Plan("memberships", _("Leave all profiles, drafts and invitations"), _memberships, "person"),
    Plan(
        "claims",
        _("Empty claims of words and evidence"),
        _claims,
        "person",
        _("That a claim was made, and how it was decided, stays without words."),
    ),
    Plan(
        "assessments",
        _("Remove the firm’s assessments, and the person’s name from those of others"),
        _assessments,
        keeps=_("Answers and levels of other firms stay, without who wrote them down."),
    ),
    Plan("keys", _("Remove keys to the API"), _keys, "person"),
    Plan("chains", _("Remove the chains they asked for"), _chains, "person"),
    Plan("exports", _("Remove copies of own data"), _exports, "person"),
    Plan("follows", _("Remove the searches that are followed"), _follows, "person"),
    Plan(
        "notices",
        _("Remove what was told on the site, and the wishes about messages"),
        _notices,
        "person",
    ),
    Plan(
        "account",
        _("Close the account and empty it"),
        _account,
        "person",
        _("The record of deeds stays; it now says “Akun dihapus” and holds digests, no values."),
    ),
)
BY_KIND: Final[dict[str, tuple[Plan, ...]]] = {
    DataRequest.Kind.ERASURE: _ERASURE,
    DataRequest.Kind.WITHDRAWAL: (
        Plan("consents", _("End the consents and hide what they showed"), _consents),
    ),
    DataRequest.Kind.ACCESS: (
        Plan("copy", _("Make the copy of the account’s data"), _copy, "person"),
        Plan("handed_over", _("Give the copy, and what the profile says, to whoever asked")),
    ),
    DataRequest.Kind.CORRECTION: (Plan("corrected", _("Put the facts right")),),
    DataRequest.Kind.OBJECTION: (
        Plan("weighed", _("Weigh the objection and end the use, or refuse with the ground")),
    ),
}
PLANS: Final = {plan.key: plan for plans in BY_KIND.values() for plan in plans}


def steps_for(kind: str, subject: Subject) -> list[Plan]:
    """Return what has to be done for a request of a kind, in order."""
    return [plan for plan in BY_KIND[kind] if plan.applies(subject)]
