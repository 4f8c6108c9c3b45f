"""People to test with; each signs in with the password ``PASSWORD``."""

from datetime import UTC, datetime

import factory
from django.contrib.auth.hashers import make_password

from ifn.accounts.models import Duty, Territory, User

PASSWORD, ANOTHER, WRONG, WEAK = (
    "sol karet dari Mojokerto",
    "kulit pul-up Magetan",
    "salah sekali",
    "sepatu",
)


#: Staff have a second factor, so that pages for staff open to them as they do in earnest.
SECURED_AT = datetime(2026, 1, 5, 8, tzinfo=UTC)


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Sri Wahyuni {n}")
    email = factory.Sequence(lambda n: f"sri{n}@contoh.example")
    phone = factory.Sequence(lambda n: f"+62812345{n:05d}")
    role = User.Role.MEMBER
    joined_at = datetime(2020, 8, 4, 9, tzinfo=UTC)
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class OfficerFactory(UserFactory):
    """An officer with every duty, or with those named: ``OfficerFactory(duties=["data"])``."""

    role = User.Role.OFFICER
    secured_at = SECURED_AT

    class Meta:
        skip_postgeneration_save = True

    @factory.post_generation
    def duties(self, create, extracted, **_):
        kinds = Duty.Kind.values if extracted is None else extracted
        if create:
            Duty.objects.bulk_create(Duty(person=self, kind=kind) for kind in kinds)


class RegionalOfficerFactory(UserFactory):
    """Who works for a Dinas: ``RegionalOfficerFactory(territory=["52.03"])``."""

    role = User.Role.REGIONAL
    secured_at = SECURED_AT

    class Meta:
        skip_postgeneration_save = True

    @factory.post_generation
    def territory(self, create, extracted, **_):
        if create:
            Territory.objects.bulk_create(
                Territory(person=self, region_id=code) for code in extracted or ()
            )


class AdministratorFactory(UserFactory):
    role = User.Role.ADMINISTRATOR
    secured_at = SECURED_AT
