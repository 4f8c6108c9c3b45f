"""What to add to a profile next, and why it is worth the minutes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ifn.directory.completeness import missing
from ifn.directory.models import Visibility
from ifn.directory.profile import Profile
from ifn.directory.steps import BY_KEY, STEP_OF

#: Minutes for photos, which have no step of the form.
MINUTES_FOR_PHOTOS = 2


@dataclass(frozen=True, slots=True)
class Advice:
    """The next best thing: what, why, on which page, in how many minutes."""

    part: str
    title: str
    why: str
    step: str
    minutes: int


def next_best(profile: Profile, *, pictures: int, most: int = 3) -> list[Advice]:
    """Return what would help most, the weightiest first."""
    is_hidden = hides_contacts(profile)
    return [
        _advice("hidden contacts" if part == "contacts" and is_hidden else part)
        for part in missing(profile, pictures=pictures)[:most]
    ]


def hides_contacts(profile: Profile) -> bool:
    """Say whether there are ways to reach the business, and everybody is kept from all of them."""
    visible = {contact.visibility for contact in profile.contacts}
    return bool(visible) and Visibility.PUBLIC not in visible


def _advice(part: str) -> Advice:
    title, why = _words(part)
    part = "contacts" if part == "hidden contacts" else part
    step = STEP_OF.get(part, "foto")
    minutes = BY_KEY[step].minutes if step in BY_KEY else MINUTES_FOR_PHOTOS
    return Advice(part, title, why, step, minutes)


def _words(part: str) -> tuple[str, str]:
    return {
        "pictures": (_("Add a photo"), _("Buyers look before they read.")),
        "summary": (_("Say in one line what you make"), _("It stands on your card in every list.")),
        "story": (_("Tell how you work"), _("It shows that a real workshop stands behind it.")),
        "services": (_("Say what you offer"), _("Makers look for help by what it does for them.")),
        "roles": (_("Choose your roles"), _("Searches by role find you only then.")),
        "products": (_("Choose your products"), _("Most buyers search by product.")),
        "materials": (_("Choose your materials"), _("Brands search by material.")),
        "constructions": (_("Choose your constructions"), _("Buyers abroad search by it.")),
        "minimum_order": (
            _("State your minimum order"),
            _("Fewer enquiries that do not fit."),
        ),
        "lead_time_days": (_("State your lead time"), _("Buyers plan backwards from a date.")),
        "sample_policy": (_("Say whether you make samples"), _("Most orders begin with a sample.")),
        "region": (
            _("Choose your regency or city"),
            _("The map and buyers nearby find you."),
        ),
        "address": (_("Write your address"), _("Visitors and couriers find you.")),
        "hidden contacts": (
            _("Show a contact to everybody"),
            _("Your contacts are hidden: buyers see no way to reach you."),
        ),
        "contacts": (_("Let people reach you"), _("Without a contact no enquiry can come.")),
    }[part]
