"""Lead from the work list to where a piece of it is done."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.programmes import policies
from ifn.programmes.models import Action, Batch, Commitment, OutcomeAsking, Registration


@access.staff
@require_safe
def registration(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to a registration that waits for a decision."""
    access.require(policies.can_plan(request.user))
    one = get_object_or_404(Registration.objects.select_related("batch"), pk=pk)
    return redirect("programmes:registration", one.batch.code, one.pk)


@access.staff
@require_safe
def action(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to the plan of which an action is overdue."""
    access.require(policies.can_plan(request.user))
    one = get_object_or_404(Action.objects.select_related("registration__batch"), pk=pk)
    return redirect("programmes:plan", one.registration.batch.code, one.registration_id)


@access.staff
@require_safe
def promise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to the partner whose promise is overdue."""
    access.require(policies.can_plan(request.user))
    one = get_object_or_404(Commitment.objects.select_related("partner__batch"), pk=pk)
    return redirect("programmes:partner", one.partner.batch.code, one.partner_id)


@access.staff
@require_safe
def call(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to where is written down what a participant says on the phone."""
    access.require(policies.can_plan(request.user))
    one = get_object_or_404(OutcomeAsking.objects.select_related("registration__batch"), pk=pk)
    code = one.registration.batch.code
    return redirect("programmes:outcome-of-participant", code, one.registration_id, one.wave)


@access.staff
@require_safe
def batch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to a batch that should be further."""
    access.require(policies.can_plan(request.user))
    one = get_object_or_404(Batch, pk=pk)
    return redirect("programmes:desk-batch", one.code)
