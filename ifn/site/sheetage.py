"""What a profile page says of its age: when it was confirmed, and what follows when long ago."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ifn.directory.freshness import Age, limits_on, months_between
from ifn.directory.models import Business
from ifn.directory.provenance import Statement
from ifn.ui import fragments, icons


@dataclass(frozen=True, slots=True)
class Freshness:
    """When it was last confirmed, in words, and a warning when that is long ago."""

    when: str
    warning: SafeString


def freshness_of(business: Business, statements: Iterable[Statement], today: date) -> Freshness:
    """Return what the page says; what nobody confirmed counts from its newest statement."""
    confirmed = business.confirmed_on
    newest = max((one.stated_on for one in statements), default=localdate(business.created_at))
    when = _("not yet confirmed")
    if confirmed:
        when = _("confirmed %(date)s") % {"date": date_format(confirmed, "j F Y")}
    since = confirmed or newest
    age = limits_on(today).age(since)
    if age == Age.FRESH:
        return Freshness(when, SafeString())
    months = months_between(since, today)
    if confirmed:
        old = _("Nobody has confirmed these facts for %(months)d months.") % {"months": months}
    else:
        old = _("These facts are %(months)d months old and nobody has confirmed them.") % {
            "months": months
        }
    if age == Age.DORMANT:
        old = f"{old} {_('The profile is no longer in the usual list.')}"
    text = f"{old} {_('Ask before you rely on them.')}"
    return Freshness(
        when, fragments.fill("site/fragments/age.html", icon=icons.icon("warning"), text=text)
    )
