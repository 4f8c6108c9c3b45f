"""A member's own keys to the API."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ifn.accounts import access
from ifn.api import actions, policies
from ifn.api.forms import KeyForm
from ifn.api.models import Key
from ifn.api.queries import keys_of


@access.members
@never_cache
def keys(request: access.SignedInRequest) -> HttpResponse:
    """List a person's keys, and make one; it is shown in the answer to the form and never again."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    secret = ""
    if form.is_valid():
        person = request.user
        try:
            _key, secret = actions.make_key(
                person=person, name=form.cleaned_data["name"], actor=person, at=now()
            )
        except actions.NameTaken:
            form.add_error(
                "name",
                _("You have a key of this name. Revoke it, or choose another name."),
            )
        except actions.TooManyKeys:
            form.add_error(
                None,
                _("You have %(most)d keys. Revoke one that nobody needs.") % {"most": actions.MOST},
            )
        else:
            form = KeyForm()
    context = {
        "form": form,
        "secret": secret,
        "keys": keys_of(request.user),
        "rate": settings.API_KEY_RATE,
    }
    return render(request, "api/keys.html", context)


@access.members
@require_POST
def revoke(request: access.SignedInRequest, pk: int) -> HttpResponse:
    key = get_object_or_404(Key, pk=pk)
    access.require(policies.can_revoke(request.user, key))

    actions.revoke_key(key, actor=request.user, at=now())
    messages.success(request, _("The key “%(name)s” opens nothing any more.") % {"name": key.name})
    return redirect("api:keys")
