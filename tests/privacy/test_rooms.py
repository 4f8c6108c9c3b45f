"""Every room that keeps something of people is asked for copies, and erases what is theirs."""

from types import FunctionType, ModuleType

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
    """Return the rooms of which a module knows a module or a function."""
    names = [
        one.__name__ if isinstance(one, ModuleType) else one.__module__
        for one in vars(module).values()
        if isinstance(one, ModuleType | FunctionType)
    ]
    return {name.split(".")[1] for name in names if name.startswith("ifn.")}


@pytest.mark.parametrize("room", rooms_with_people())
def test_it_is_in_the_copy_a_person_gets(room):
    assert room in rooms_of(gathering)


@pytest.mark.parametrize("room", rooms_with_people())
def test_it_has_a_step_of_erasure(room):
    assert room in rooms_of(steps) | ONLY_DEEDS
