"""``ifn calibration``: what people's decisions taught about how likely pairs are."""

from argparse import ArgumentParser
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from ifn.accounts.models import User
from ifn.accounts.queries import person_with
from ifn.directory.actions import NothingLearned, take_back_calibration
from ifn.directory.linking import calibration_of, weights
from ifn.directory.models import Calibration
from ifn.intake.actions import Known, known_decisions, relearn
from ifn.linkage.calibrating import LEAST_DECIDED, LEAST_EITHER, log_odds, probability

#: Likelihoods shown before and after the correction.
SHOWN: Final = (0.1, 0.3, 0.5, 0.7, 0.9)
#: Earlier corrections that are shown.
MOST_SHOWN: Final = 10


class Command(BaseCommand):
    help = "Show, learn or take back the correction of likelihoods that decisions taught."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--learn", action="store_true", help="learn from all decisions now")
        parser.add_argument(
            "--take-back", action="store_true", help="the one before the newest counts again"
        )
        parser.add_argument("--by", default="", metavar="E-MAIL", help="who asks for it")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override(options["language"] or settings.LANGUAGE_CODE):
            actor = _person(options["by"])
            if options["take_back"]:
                self._take_back(actor)
            elif options["learn"]:
                self._learn(actor)
            self._show()

    def _learn(self, actor: User | None) -> None:
        if relearn(actor=actor, at=now()) is None:
            self.stdout.write(_("Nothing was learned: see below why."))
        else:
            self.stdout.write(_("A new correction is in use."))

    def _take_back(self, actor: User | None) -> None:
        try:
            take_back_calibration(weights().edition, actor=actor, at=now())
        except NothingLearned:
            raise CommandError(_("There is no correction to take back.")) from None
        self.stdout.write(_("The newest correction is taken back."))

    def _show(self) -> None:
        self.stdout.write(_state_of_decisions(known_decisions()))
        edition = weights().edition
        found = Calibration.objects.filter(edition=edition).select_related("asked_by")
        kept = list(found.order_by("-pk")[:MOST_SHOWN])
        standing = next((one for one in kept if one.taken_back_at is None), None)
        if standing is None:
            self.stdout.write(_("In use: the correction that ships with the program."))
        for one in kept:
            self.stdout.write(_line(one, is_used=one is standing))
        if standing is not None:
            correction = calibration_of(standing)
            self.stdout.write(
                "; ".join(
                    f"{said:.2f} → {probability(correction.corrected(log_odds(said))):.2f}"
                    for said in SHOWN
                )
            )


def _person(email: str) -> User | None:
    if not email:
        return None
    person = person_with(email)
    if person is None:
        raise CommandError(_("Nobody signs in with “%s”.") % email)
    return person


def _state_of_decisions(known: Known) -> str:
    """Say how many decisions there are, and what a correction learned from them would do."""
    told = _("Decided pairs: %(pairs)d, of them one business: %(same)d.") % {
        "pairs": known.pairs,
        "same": known.same,
    }
    if known.trial is None:
        wanted = _("To learn takes %(pairs)d, with at least %(either)d of either kind.")
        return f"{told} {wanted}" % {"pairs": LEAST_DECIDED, "either": LEAST_EITHER}
    tried = _("On pairs left out the Brier score is %(before).4f now and %(after).4f learned anew")
    verdict = _("better") if known.trial.is_better else _("not better, so it is not used")
    figures = tried % {"before": known.trial.before, "after": known.trial.after}
    return f"{told} {figures}: {verdict}."


def _line(one: Calibration, *, is_used: bool) -> str:
    state = _("in use") if is_used else _("taken back") if one.taken_back_at else _("earlier")
    return _(
        "%(state)s: %(day)s, by %(who)s, from %(pairs)d pairs (%(same)d one business), "
        "Brier score %(before).4f before, %(after).4f after"
    ) % {
        "state": state,
        "day": localtime(one.learned_at).strftime("%Y-%m-%d %H:%M"),
        "who": one.asked_by or _("the nightly job"),
        "pairs": one.pairs,
        "same": one.same,
        "before": one.before,
        "after": one.after,
    }
