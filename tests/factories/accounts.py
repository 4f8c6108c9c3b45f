"""People to test with; each signs in with the password ``PASSWORD``."""

from datetime import UTC, datetime

import factory
from django.contrib.auth.hashers import make_password

from ifn.accounts.models import User

PASSWORD, ANOTHER, WRONG, WEAK = (
    "sol karet dari Mojokerto",
    "kulit pul-up Magetan",
    "salah sekali",
    "sepatu",
)


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
    role = User.Role.OFFICER


class AdministratorFactory(UserFactory):
    role = User.Role.ADMINISTRATOR
