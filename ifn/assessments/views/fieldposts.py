"""What phones send: packages and photos, answered in JSON that says what to do.

A phone keeps what it sent until it was answered. 200 and 422 are answers, 413 and 429 say why it
must change or wait; whatever else comes back, it sends the same again later.
"""

from http import HTTPStatus
from typing import Any, Final

from django.core.files.base import ContentFile
from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments import policies
from ifn.assessments.actions import answering, receiving
from ifn.assessments.forms import packages
from ifn.assessments.instruments import wording
from ifn.assessments.instruments.answering import NoAnswer
from ifn.assessments.models import Assessment, Package
from ifn.assessments.queries import field
from ifn.assessments.queries.assessments import (
    assessment_and_role,
    beside,
    open_conflicts,
    sheet_of,
)
from ifn.assessments.views.fieldwords import REFUSALS
from ifn.directory.clean import Refused
from ifn.directory.handing import handed
from ifn.quotas import counting

#: Packages a minute that one person sends, and photos: what is refused is kept too.
PACKAGES_A_MINUTE: Final = 60
PHOTOS_A_MINUTE: Final = 240


@access.members
@require_POST
def receive(request: SignedInRequest) -> JsonResponse:
    """Take in one package and return its receipt, and what now stands on the server."""
    if stopped := _stopped(request, packages.LARGEST, "packages", PACKAGES_A_MINUTE):
        return stopped
    person, at = request.user, now()
    try:
        sent, content, whose = packages.read(request.body)
    except packages.Malformed as fault:
        if fault.uuid is not None:
            receiving.keep_malformed(fault.uuid, fault.content, actor=person, at=at)
        return refused("malformed")
    if whose != str(person.pk):
        return refused("person")
    package = receiving.receive(sent, content, actor=person, at=at)
    if package.person_id != person.pk:
        return refused("person")
    return _receipt(request, package)


def _receipt(request: SignedInRequest, package: Package) -> JsonResponse:
    one = package.assessment
    if package.refusal or one is None:
        return refused(package.refusal)
    receipt = dict(package.receipt)
    receipt["refused"] = [
        row | {"said": wording.refusal(NoAnswer(row["why"], row.get("detail", "")))}
        for row in receipt.get("refused", [])
    ]
    return JsonResponse(receipt | {"uuid": str(package.uuid), "now": _stands(request, one)})


def _stands(request: SignedInRequest, one: Assessment) -> dict[str, Any]:
    """Return where an assessment stands now, as a phone goes on with it."""
    found = assessment_and_role(one.uuid, request.user)
    if found is None or not policies.can_see(request.user, *found):
        return {}
    one, role = found
    return {
        "state": one.state,
        "sides": sorted(policies.sides(request.user, one, role)),
        "conflicts": open_conflicts(one).count(),
        "beside": beside(one).count(),
        "stands": field.stands(sheet_of(one).answers.values()),
    }


@access.members
@require_POST
def photo(request: SignedInRequest) -> JsonResponse:
    """Take in one photo; sent again, it is there once."""
    if stopped := _stopped(request, packages.LARGEST_PHOTO, "photos", PHOTOS_A_MINUTE):
        return stopped
    asked = request.GET
    uuid = packages.uuid_of(asked.get("penilaian", ""))
    if uuid is None:
        return refused("malformed")
    if asked.get("orang") != str(request.user.pk):
        return refused("person")
    found = assessment_and_role(uuid, request.user)
    fault = _closed(request, found, asked.get("sisi", ""))
    if fault or found is None:
        return refused(fault)
    return _keep(request, found[0], asked.get("pertanyaan", ""), asked["sisi"])


def _closed(request: SignedInRequest, found: tuple[Assessment, str] | None, side: str) -> str:
    """Return why a person may not add to this side of an assessment, or nothing."""
    if found is None:
        return "assessment"
    if not policies.can_see(request.user, *found):
        return "rights"
    return "" if side in policies.sides(request.user, *found) else "closed"


def _keep(request: SignedInRequest, one: Assessment, question: str, side: str) -> JsonResponse:
    try:
        given = handed(ContentFile(request.body, "foto"))
        if given.suffix == "pdf":
            return refused("not_a_picture")
        answering.add_photo(one, question, side, given, actor=request.user, at=now())
    except Refused as fault:
        return _answer("picture", str(fault))
    except NoAnswer:
        return refused("question")
    except answering.TooManyPhotos:
        return refused("too_many_photos")
    return JsonResponse({"taken": True})


def _stopped(request: SignedInRequest, largest: int, what: str, most: int) -> JsonResponse | None:
    """Return the answer to what is too large or comes too often, before any of it is read."""
    if _length(request) > largest:
        return _answer("too_large", str(REFUSALS["too_large"]), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    allowance = counting.take(f"field {what}", str(request.user.pk), limit=most, at=now())
    if allowance.is_allowed:
        return None
    answer = _answer("too_often", str(REFUSALS["too_often"]), HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(allowance.seconds)
    return answer


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def refused(code: str) -> JsonResponse:
    """Return why something was not taken, and what to do."""
    return _answer(code, str(REFUSALS[code]))


def _answer(
    code: str, said: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> JsonResponse:
    return JsonResponse({"refused": code, "said": said}, status=status)
