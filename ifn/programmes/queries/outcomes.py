"""What participants said in each wave, who did not, and what is waited for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ifn.programmes.measuring.intervals import Interval, share_interval
from ifn.programmes.measuring.waves import Stage, Wave, Window, window_of
from ifn.programmes.models import Batch, Outcome, OutcomeAsking, Registration


@dataclass(frozen=True, slots=True)
class Response:
    """How many were to be asked in a wave, how many answered, began, and how many said nothing."""

    wave: Wave
    window: Window
    stage: Stage
    of: int
    answered: int
    begun: int
    late: int
    same: int

    @property
    def silent(self) -> int:
        """Return how many said nothing; who began and did not send is one of them."""
        return self.of - self.answered

    @property
    def percent(self) -> int:
        """Return the share that said nothing, in percent."""
        return round(100 * self.silent / self.of) if self.of else 0

    @property
    def is_begun(self) -> bool:
        """Say whether anybody could have answered yet."""
        return self.stage is not Stage.COMING

    @property
    def interval(self) -> Interval | None:
        """Return the interval of the share that answered."""
        return share_interval(self.answered, self.of)


@dataclass(frozen=True, slots=True)
class Grid:
    """The outcomes of a batch: participants by waves, and how many answered each."""

    people: Sequence[Registration]
    outcomes: Mapping[tuple[int, str], Outcome]
    askings: Mapping[tuple[int, str], OutcomeAsking]
    responses: Sequence[Response]

    def of_wave(self, wave: Wave) -> dict[int, Outcome]:
        """Return the answers of a wave that were sent, by participant."""
        return {
            registration: one
            for (registration, name), one in self.outcomes.items()
            if name == wave and one.finished_at
        }


def grid_of(batch: Batch, people: Sequence[Registration], today: date) -> Grid:
    """Return who of these participants said what when; two queries."""
    keys = [one.pk for one in people]
    rows = Outcome.objects.filter(registration__in=keys).order_by("pk")
    outcomes = {(one.registration_id, one.wave): one for one in rows}
    asked = OutcomeAsking.objects.filter(registration__in=keys)
    askings = {(one.registration_id, one.wave): one for one in asked}
    responses = [_response(batch, wave, keys, outcomes, today) for wave in Wave]
    return Grid(people, outcomes, askings, responses)


def _response(
    batch: Batch,
    wave: Wave,
    keys: Sequence[int],
    outcomes: Mapping[tuple[int, str], Outcome],
    today: date,
) -> Response:
    window = window_of(wave, batch.starts_on, batch.ends_on)
    there = [outcomes[key, wave] for key in keys if (key, wave) in outcomes]
    done = [one for one in there if one.finished_at]
    return Response(
        wave=wave,
        window=window,
        stage=window.stage(today),
        of=len(keys),
        answered=len(done),
        begun=len(there) - len(done),
        late=sum(one.is_late for one in done),
        same=sum(bool(one.same_as) for one in done),
    )


def outcome_of(registration: Registration, wave: Wave) -> Outcome | None:
    """Return what a participant said in a wave, if anything."""
    return Outcome.objects.filter(registration=registration, wave=wave).first()


def outcomes_of(registration: Registration) -> dict[str, Outcome]:
    """Return what a participant said, by wave."""
    found = Outcome.objects.filter(registration=registration).order_by("pk")
    return {one.wave: one for one in found}
