"""Files of a project: added in versions, handed out, shown to others or to fewer."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration.actions import files as actions
from ifn.collaboration.forms.projects import FileForm
from ifn.collaboration.models import Project, ProjectFile
from ifn.collaboration.policies.projects import Standing
from ifn.collaboration.queries.workspace import files_of, version_of
from ifn.collaboration.views.refusing import REFUSALS, done, sentence
from ifn.collaboration.views.standing import Own, frame, led, taking_part
from ifn.directory.downloads import private_file
from ifn.directory.handing import private_files


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the files that are open to this person, and add one or a version."""
    one = taking_part(request.user, code)
    is_sent = request.method == "POST" and one.writes
    form = FileForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, leads=one.leads
    )
    if is_sent and form.is_valid() and _added(request, one, form):
        return redirect("collaboration:project-files", one.project.code)
    context = {
        **frame(one, "project-files"),
        "form": form,
        "files": files_of(one.project, one.stands.standing),
        "visibilities": ProjectFile.Visible.choices,
    }
    return render(request, "collaboration/files.html", context)


def _added(request: SignedInRequest, one: Own, form: FileForm) -> bool:
    given = form.cleaned_data
    if form.given is None:
        return False
    try:
        actions.add_version(
            one.project,
            given["name"],
            form.given,
            visible=given["visible"],
            words=given["words"],
            sees_all=one.leads,
            actor=request.user,
            at=now(),
        )
    except REFUSALS as refusal:
        form.add_error(None, sentence(refusal))
        return False
    messages.success(request, _("The file is there."))
    return True


@access.members
@require_safe
def file(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """Hand out a version of a file to who may see it."""
    one = taking_part(request.user, code)
    return handed_out(one.project, pk, one.stands.standing)


def handed_out(project: Project, pk: int, standing: Standing) -> HttpResponseBase:
    """Return a version of a file, as far as it is open to this standing."""
    found = version_of(project, pk, standing)
    if found is None:
        raise Http404
    stored = private_files().open(found.file)
    name = f"proyek-{project.code}-{found.of_id}-v{found.number}"
    return private_file(stored, name, in_page=found.is_picture)


@access.members
@require_POST
def show_to(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Say who may see a file, as whoever leads."""
    one = led(request.user, code)
    found = get_object_or_404(ProjectFile, project=one.project, pk=pk)
    visible = request.POST.get("visible", "")
    if visible in ProjectFile.Visible.values:
        done(
            request,
            lambda: actions.show_to(found, visible, actor=request.user, at=now()),
            _("Saved."),
        )
    else:
        messages.error(request, _("Choose who may see it."))
    return redirect("collaboration:project-files", one.project.code)
