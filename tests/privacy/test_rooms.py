"""Every room that keeps something of people is asked for copies, and erases what is theirs."""

from types import ModuleType

import pytest
from django.apps import apps

from ifn.accounts.models import User
from ifn.privacy import gathering, steps

#: Erased with everything that names the account: what is left names nobody.
ONLY_DEEDS = {"audit"}


def rooms_with_people():
    models = [model for model in apps.get_models() if model.__module__.startswith("ifn.")]
    return sorted(
        {
            model._meta.app_label
            for model in models
            if model is User
            or any(field.related_model is User for field in model._meta.concrete_fields)
        }
    )


def rooms_of(module: ModuleType):
    parts = [
        one.__name__.split(".") for one in vars(module).values() if isinstance(one, ModuleType)
    ]
    return {part[1] for part in parts if part[0] == "ifn"}


@pytest.mark.parametrize("room", rooms_with_people())
def test_it_is_in_the_copy_a_person_gets(room):
    assert room in rooms_of(gathering)


@pytest.mark.parametrize("room", rooms_with_people())
def test_it_has_a_step_of_erasure(room):
    assert room in rooms_of(steps) | ONLY_DEEDS
