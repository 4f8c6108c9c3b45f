from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ifn.accounts import access, actions, entering
from ifn.accounts.forms import EmailForm, PhoneForm
from ifn.accounts.guessing import count_message, count_try
from ifn.accounts.models import Link
from ifn.accounts.queries import link_with
from ifn.accounts.views.refusing import refuse_for_now
from ifn.quotas.places import place_of


@access.members
@never_cache
@entering.recently
def change_email(request: access.SignedInRequest) -> HttpResponse:
    form = EmailForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_valid():
        email = form.cleaned_data["email"]
        guarded = f"e-mail of {request.user.pk}"
        if email == request.user.email:
            form.add_error("email", _("This is your present address."))
        elif again_at := count_try(guarded, place_of(request), at=now()):
            status = refuse_for_now(form, again_at)
        else:
            if not count_message(email, at=now()):
                actions.ask_for_email(request.user, email=email, actor=request.user, at=now())
            return render(request, "accounts/email_asked.html", {"email": email})
    return render(request, "accounts/change_email.html", {"form": form}, status=status)


@access.everyone
@never_cache
def confirm_email(request: HttpRequest) -> HttpResponse:
    """Give somebody the address a link was sent to, signed in here or not."""
    key = request.POST.get("kunci") or request.GET.get("kunci", "")
    if request.method == "POST":
        try:
            actions.confirm_email(key, at=now())
        except (actions.LinkIsWorthless, actions.AlreadyTaken):
            pass
        else:
            messages.success(request, _("Your new e-mail address is confirmed. Sign in with it."))
            return redirect("accounts:account")
    elif link := link_with(key, Link.Purpose.EMAIL, at=now()):
        context = {"key": key, "email": link.payload["email"]}
        return render(request, "accounts/confirm_email.html", context)
    context = {"changing": True}
    return render(request, "accounts/worthless.html", context, status=HTTPStatus.GONE)


@access.everyone
@never_cache
def undo_email(request: HttpRequest) -> HttpResponse:
    """Give an address back to whom it was taken from."""
    key = request.POST.get("kunci") or request.GET.get("kunci", "")
    if request.method == "POST":
        try:
            person = actions.undo_email(key, at=now())
        except (actions.LinkIsWorthless, actions.AlreadyTaken):
            pass
        else:
            return render(request, "accounts/email_given_back.html", {"email": person.email})
    elif link := link_with(key, Link.Purpose.UNDO_EMAIL, at=now()):
        context = {"key": key, "email": link.payload["email"]}
        return render(request, "accounts/undo_email.html", context)
    context = {"undoing": True}
    return render(request, "accounts/worthless.html", context, status=HTTPStatus.GONE)


@access.members
@never_cache
@entering.recently
def change_phone(request: access.SignedInRequest) -> HttpResponse:
    form = PhoneForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_valid():
        guarded = f"phone of {request.user.pk}"
        if again_at := count_try(guarded, place_of(request), at=now()):
            status = refuse_for_now(form, again_at)
        elif _change_phone(request, form):
            messages.success(request, _("Your phone number is changed."))
            return redirect("accounts:account")
    return render(request, "accounts/change_phone.html", {"form": form}, status=status)


def _change_phone(request: access.SignedInRequest, form: PhoneForm) -> bool:
    phone = form.cleaned_data["phone"]
    try:
        actions.change_phone(request.user, phone=phone, actor=request.user, at=now())
    except (actions.NoWayToSignIn, actions.AlreadyTaken):
        # One sentence for what cannot be read and for what somebody else has.
        form.add_error(
            "phone", _("This number cannot be used. Check it, or ask the network's office.")
        )
        return False
    return True
