"""The file of a certificate, handed to whoever may have it."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory.downloads import private_file
from ifn.directory.handing import private_files
from ifn.programmes.models import Certificate, Registration
from ifn.programmes.views.reaching import desk_batch, staff_registration


def handed_out(one: Registration, code: str) -> HttpResponseBase:
    """Return the file of a registration's certificate that holds.

    Raises:
        Http404: There is none of that code, or its file is not made yet.

    """
    rows = one.certificates.filter(withdrawn_at=None, code=code).exclude(file="")
    found = rows.first()
    if found is None:
        raise Http404
    return private_file(private_files().open(found.file), found.public_code)


@access.staff
@require_safe
def certificate_by_staff(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """Hand out a certificate to the office, or to the Dinas of the firm's region."""
    batch = desk_batch(request.user, code)
    one = get_object_or_404(Certificate, registration__batch=batch, pk=pk)
    return handed_out(staff_registration(request.user, batch, one.registration_id), one.code)
