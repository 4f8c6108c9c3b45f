"""What fields and happenings are called, for pages that tell of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory.models import Business, SpokenLanguage, Verification, Visibility
from ifn.directory.profile import IN_ROWS, Profile, changed_fields
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

EVENTS: Final = {
    "directory.business.registered": gettext_lazy("Entered"),
    "directory.business.revised": gettext_lazy("Changed"),
    "directory.business.confirmed": gettext_lazy("Confirmed"),
    "directory.business.confirmed.link": gettext_lazy("Confirmed by the link in a message"),
    "directory.business.confirmed.phone": gettext_lazy("Confirmed to an officer"),
    "directory.business.asked": gettext_lazy("Asked by message whether it is still true"),
    "directory.business.hidden": gettext_lazy("Hidden"),
    "directory.business.listed": gettext_lazy("Listed"),
    "directory.business.merged": gettext_lazy("Merged into another profile"),
    "directory.business.took_over": gettext_lazy("Another profile merged into this one"),
    "directory.business.parted": gettext_lazy("Merge taken back"),
    "directory.twins.apart": gettext_lazy("Said to be another business than a profile like it"),
    "directory.business.reverted": gettext_lazy("Last change taken back"),
    "directory.contact.withdrawn": gettext_lazy("Consent withdrawn: a contact is hidden"),
    "directory.outcomes.shown": gettext_lazy("Agreements shown to everybody"),
    "directory.outcomes.hidden": gettext_lazy("Agreements no longer shown to everybody"),
    "directory.member.invited": gettext_lazy("Somebody invited"),
    "directory.member.uninvited": gettext_lazy("Invitation withdrawn"),
    "directory.member.joined": gettext_lazy("Somebody joined"),
    "directory.member.changed": gettext_lazy("Role of a member changed"),
    "directory.member.removed": gettext_lazy("Somebody taken out"),
    # Things that rooms above do to a profile and write into its history.
    "moderation.claim.granted": gettext_lazy("Claim granted"),
    "moderation.claim.revoked": gettext_lazy("Granted claim taken back"),
    "moderation.report.made": gettext_lazy("Somebody reported a fault"),
    "moderation.report.fixed": gettext_lazy("Report answered: put right"),
    "moderation.report.not_fixed": gettext_lazy("Report answered: left as it is"),
    "moderation.verification.told": gettext_lazy("Told by an officer that a verification ends"),
    "moderation.profile.looked_at": gettext_lazy("New profile looked at by the office"),
    "directory.picture.added": gettext_lazy("Photo added"),
    "directory.picture.captioned": gettext_lazy("Photo described"),
    "directory.picture.moved": gettext_lazy("Photo moved"),
    "directory.picture.removed": gettext_lazy("Photo removed"),
    "directory.verification.made": gettext_lazy("Verified"),
    "directory.verification.withdrawn": gettext_lazy("Verification withdrawn"),
    "directory.verification.told": gettext_lazy("Told that a verification ends soon"),
    "directory.certificate.told": gettext_lazy("Told that a certificate ends soon"),
}


def event_name(event: str) -> str:
    """Return what happened to a profile in words; what has no words yet as it is recorded."""
    return str(EVENTS.get(event, event))


def topic_name(topic: str) -> str:
    """Return what a topic of verification is called; what is not known as it is recorded."""
    return str(dict(Verification.Topic.choices).get(topic, topic))


def field_names() -> dict[str, str]:
    """Return the names of all facts of a profile in the reader's language."""
    names = {field.name: str(field.verbose_name) for field in Business._meta.concrete_fields}
    return names | {
        "brands": _("brands"),
        "capabilities": _("capabilities"),
        "certificates": _("certificates"),
        "languages": _("languages"),
        "contacts": _("contacts"),
    }


def said(profile: Profile, name: str) -> str:
    """Return a fact as people read it, for comparing two versions; empty when nothing is said."""
    value = getattr(profile, name)
    if name == "region":
        return all_regions().full_name(value)
    if name in IN_ROWS:
        return ", ".join(_entry(name, one) for one in value)
    return _plainly(name, value)


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact of which two people wrote something else."""

    name: str
    label: str
    mine: str
    theirs: str


def differences(
    mine: Profile, theirs: Profile, names: Iterable[str] | None = None
) -> list[Difference]:
    """Return in words where two versions differ, or how they stand in the fields named."""
    labels, nothing = field_names(), _("nothing")
    return [
        Difference(
            name, labels.get(name, name), said(mine, name) or nothing, said(theirs, name) or nothing
        )
        for name in (changed_fields(mine, theirs) if names is None else names)
    ]


def _entry(name: str, one: Any) -> str:
    words = lexicon()
    match name:
        case "languages":
            return str(SpokenLanguage.Code(one).label)
        case "contacts":
            return f"{one.value} ({Visibility(one.visibility).label})"
        case "capabilities":
            word = words.get(one.vocabulary, one.code)
            return word.name if word else one.code
        case "certificates":
            word = words.get("certification", one.code)
            return " ".join(filter(None, (word.name if word else one.code, one.number)))
    return str(one)


def _plainly(name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = dict(Business._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))
