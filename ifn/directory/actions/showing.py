"""A business lets everybody see that it agreed on orders, or ends that; never anything of them."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.actions import note_consent
from ifn.accounts.consenting import newest
from ifn.accounts.models import Consent, User
from ifn.audit.actions import record
from ifn.directory.actions.consenting import end_outcomes
from ifn.directory.actions.profiles import lock
from ifn.directory.models import Business
from ifn.directory.queries import shows_outcomes

OUTCOMES = Consent.Purpose.OUTCOMES_PUBLIC


@transaction.atomic
def show_outcomes(business: Business, *, actor: User, at: datetime) -> Consent:
    """Note that an owner agrees to have agreements shown; said twice it is noted once.

    Raises:
        Business.DoesNotExist: It was removed meanwhile.
        MergedMeanwhile: Another profile stands for it by now.

    """
    lock(business)
    if there := shows_outcomes(business):
        return there
    consent = Consent(
        purpose=OUTCOMES,
        version=newest(OUTCOMES),
        how=Consent.How.SELF,
        person=actor,
        recorded_by=actor,
        profile=business.number,
        given_at=at,
    )
    note_consent(consent, actor=actor, at=at)
    record("directory.outcomes.shown", business, actor=actor, at=at)
    return consent


@transaction.atomic
def hide_outcomes(business: Business, *, actor: User, at: datetime) -> bool:
    """End that agreements are shown; say whether they were."""
    consent = shows_outcomes(business)
    return consent is not None and end_outcomes(business, consent, actor=actor, at=at)
