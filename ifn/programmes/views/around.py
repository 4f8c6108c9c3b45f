"""What stands around a batch: partners with their promises, money, tests, certificates."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.programmes import policies, tasks
from ifn.programmes.actions import certifying, partnering, quizzing
from ifn.programmes.actions.planning import ReasonMissing
from ifn.programmes.forms.following import AnswerPromiseForm
from ifn.programmes.forms.planning import ReasonForm
from ifn.programmes.forms.running import (
    BudgetForm,
    PartnerForm,
    PromiseForm,
    QuizForm,
)
from ifn.programmes.models import (
    BudgetLine,
    Certificate,
    Commitment,
    Issuing,
    Partner,
    Quiz,
    QuizAnswer,
)
from ifn.programmes.planning.items import items, questions_of, written
from ifn.programmes.queries.attending import sheet_of
from ifn.programmes.queries.batches import budget_of, partners_of
from ifn.programmes.views.reaching import frame, part_of, planned_batch, settled_batch


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: SignedInRequest, code: str) -> HttpResponse:
    """Show who takes part and what they promised, and name another."""
    batch = settled_batch(request.user, code)
    is_sent = request.method == "POST" and policies.can_plan(request.user)
    form = PartnerForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            partnering.add_partner(batch, **form.cleaned_data, actor=request.user, at=now())
        except partnering.ThereAlready:
            form.add_error("name", _("This partner is there already."))
        else:
            return redirect("programmes:partners", batch.code)
    context = {
        **frame(batch, request.user, "partners"),
        "form": form,
        "partners": partners_of(batch),
        "promise_form": PromiseForm(),
    }
    return render(request, "programmes/partners.html", context)


@access.staff
@require_POST
def remove_partner(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a partner out."""
    batch = planned_batch(request.user, code)
    one = part_of(batch, Partner.objects.all(), pk)
    try:
        partnering.remove_partner(one, actor=request.user, at=now())
    except partnering.StillHasActions:
        messages.error(request, _("This partner has something to do in a plan, so it stays."))
    return redirect("programmes:partners", batch.code)


@access.staff
@require_POST
def promise(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Note what a partner promises."""
    batch = planned_batch(request.user, code)
    partner, form = part_of(batch, Partner.objects.all(), pk), PromiseForm(request.POST)
    if form.is_valid():
        partnering.promise(partner, **form.cleaned_data, actor=request.user, at=now())
    else:
        messages.error(request, _("Write what is promised, and the day as a date."))
    return redirect("programmes:partners", batch.code)


@access.staff
@require_POST
def settle(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Note what came of a promise: kept, a new day, or not possible and why."""
    batch = settled_batch(request.user, code)
    one = get_object_or_404(Commitment, partner__batch=batch, pk=pk)
    form = AnswerPromiseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the new day as a date."))
        return redirect("programmes:partners", batch.code)
    try:
        partnering.settle(one, **form.cleaned_data, actor=request.user, at=now())
    except ReasonMissing:
        messages.error(request, _("Write why it is not possible."))
    return redirect("programmes:partners", batch.code)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: SignedInRequest, code: str) -> HttpResponse:
    """Show what the batch is to cost and did cost, and write a line."""
    batch = planned_batch(request.user, code)
    lines = budget_of(batch)
    key = request.GET.get("baris", "")
    chosen = next((one for one in lines if str(one.pk) == key), None)
    form = BudgetForm(
        request.POST if request.method == "POST" else None,
        initial=_line_initial(chosen) if chosen else None,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        partnering.write_line(
            batch,
            chosen,
            given["label"],
            source=given["source"],
            planned=Decimal(given["planned"]),
            spent=Decimal(given["spent"] or 0),
            actor=request.user,
            at=now(),
        )
        return redirect("programmes:budget", batch.code)
    context = {
        **frame(batch, request.user, "budget"),
        "form": form,
        "lines": lines,
        "chosen": chosen,
        "planned": sum(one.planned for one in lines),
        "spent": sum(one.spent for one in lines),
    }
    return render(request, "programmes/budget.html", context)


def _line_initial(one: BudgetLine) -> dict[str, object]:
    return {
        "label": one.label,
        "source": one.source,
        "planned": int(one.planned),
        "spent": int(one.spent),
    }


@access.staff
@require_POST
def remove_line(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Remove a line of the budget."""
    batch = planned_batch(request.user, code)
    one = part_of(batch, BudgetLine.objects.all(), pk)
    partnering.remove_line(one, actor=request.user, at=now())
    return redirect("programmes:budget", batch.code)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def quizzes(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the tests of a batch, and write one."""
    batch = planned_batch(request.user, code)
    form = QuizForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        one = quizzing.write_quiz(
            batch, None, given["title"], given["questions"], actor=request.user, at=now()
        )
        return redirect("programmes:quiz", batch.code, one.pk)
    context = {
        **frame(batch, request.user, "quizzes"),
        "form": form,
        "quizzes": batch.quizzes.order_by("pk"),
    }
    return render(request, "programmes/quizzes.html", context)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show a test with what its items tell; open, close or mend it."""
    batch = planned_batch(request.user, code)
    one = part_of(batch, Quiz.objects.all(), pk)
    questions = questions_of(one.questions)
    is_form = "questions" in request.POST
    form = QuizForm(
        request.POST if is_form else None,
        initial={"title": one.title, "questions": written(questions)},
    )
    if request.method == "POST" and _changed(request, one, form, is_form=is_form):
        return redirect("programmes:quiz", batch.code, one.pk)
    answers = list(QuizAnswer.objects.filter(quiz=one).order_by("pk"))
    rounds = {
        name: [each.chosen for each in answers if each.round == name]
        for name in (QuizAnswer.Round.PRE, QuizAnswer.Round.POST)
    }
    before, after = (items(questions, rounds[name]) for name in rounds)
    context = {
        **frame(batch, request.user, ""),
        "quiz": one,
        "form": form,
        "items": list(zip(questions, before, after, strict=True)),
        "numbers": [len(each) for each in rounds.values()],
        "means": [_mean(answers, name, len(questions)) for name in rounds],
        "is_answered": bool(answers),
    }
    return render(request, "programmes/quiz.html", context)


def _mean(answers: list[QuizAnswer], name: str, of: int) -> int | None:
    right = [each.right for each in answers if each.round == name]
    return round(100 * sum(right) / (len(right) * of)) if right and of else None


def _changed(request: SignedInRequest, one: Quiz, form: QuizForm, *, is_form: bool) -> bool:
    if not is_form:
        wanted = request.POST.get("round", "")
        if wanted not in {"", *QuizAnswer.Round.values}:
            return False
        quizzing.open_round(one, wanted, actor=request.user, at=now())
        return True
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        quizzing.write_quiz(
            one.batch, one, given["title"], given["questions"], actor=request.user, at=now()
        )
    except quizzing.IsAnswered:
        form.add_error(
            "questions", _("Somebody has answered already, so the questions stay as they are.")
        )
        return False
    return True


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: SignedInRequest, code: str) -> HttpResponse:
    """Show who earned which certificate, and let them be made."""
    batch = planned_batch(request.user, code)
    if request.method == "POST":
        try:
            issuing = certifying.ask_for_certificates(batch, actor=request.user, at=now())
        except certifying.NotOver:
            messages.error(request, _("Certificates are made once the batch is completed."))
        else:
            tasks.issue_certificates.enqueue(issuing.pk)
            messages.success(request, _("The certificates are being made. You can leave."))
        return redirect("programmes:certificates", batch.code)
    rows = Certificate.objects.filter(registration__batch=batch).order_by(
        "registration__seat", "kind"
    )
    context = {
        **frame(batch, request.user, "certificates"),
        "rows": rows,
        "records": sheet_of(batch, at=now()).records,
        "run": Issuing.objects.filter(batch=batch).order_by("-pk").first(),
        "form": ReasonForm(),
    }
    return render(request, "programmes/certificates.html", context)


@access.staff
@require_POST
def withdraw_certificate(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a certificate back."""
    batch = planned_batch(request.user, code)
    one = get_object_or_404(Certificate, registration__batch=batch, pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid() and form.cleaned_data["reason"]:
        certifying.withdraw_certificate(
            one, reason=form.cleaned_data["reason"], actor=request.user, at=now()
        )
        messages.success(request, _("The certificate no longer holds."))
    else:
        messages.error(request, _("Write the reason."))
    return redirect("programmes:certificates", batch.code)


@access.staff
@require_safe
def progress(request: SignedInRequest, code: str) -> HttpResponse:
    """Show how far the making of certificates is, for the page that waits."""
    batch = planned_batch(request.user, code)
    run = Issuing.objects.filter(batch=batch).order_by("-pk").first()
    return render(request, "programmes/progress.html", {"batch": batch, "run": run})
