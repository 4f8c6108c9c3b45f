"""Who may build questionnaires, assess firms, and see what came of it: yes or no.

The desk for programmes works everywhere, a regional officer in their territory, a firm's own
people on their firm. ``role`` is what a person is to the firm, as ``directory.queries`` says.
"""

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import Duty, User
from ifn.accounts.policies import has_duty, works_in
from ifn.assessments.models import Assessment, Side
from ifn.directory.models import Business, Membership

Person = User | AnonymousUser
#: Who of a firm's people answers for it.
ANSWERS = frozenset({Membership.Role.OWNER, Membership.Role.EDITOR})


def can_build(person: Person) -> bool:
    """Say whether this person may write questionnaires and put them in use: the desk."""
    return has_duty(person, Duty.Kind.PROGRAMME)


def can_assess_any(person: Person) -> bool:
    """Say whether there are firms that this person may assess: the desk, any Dinas."""
    if can_build(person):
        return True
    return isinstance(person, User) and any(works_in(person, one) for one in person.territory)


def can_assess(person: Person, business: Business) -> bool:
    """Say whether this person may assess a firm for the office or its Dinas."""
    return can_build(person) or works_in(person, business.region_id)


def can_answer_for(business: Business, role: str) -> bool:
    """Say whether a person of this role may assess the firm as one of its own."""
    return role in ANSWERS and business.kind == Business.Kind.BUSINESS


def can_see(person: Person, one: Assessment, role: str) -> bool:
    """Say whether this person may open an assessment: who assesses the firm, all its people."""
    return bool(role) or can_assess(person, one.firm)


def sides(person: Person, one: Assessment, role: str) -> frozenset[str]:
    """Return the sides that this person may write now.

    The firm's own view is the firm's, and on a visit or by phone also whoever writes it down; it
    is closed once handed in. The assessor's view stays open until the assessment is approved.
    """
    found = set()
    assesses = can_assess(person, one.firm) and not role
    if one.is_open and (role in ANSWERS or (assesses and one.mode != Assessment.Mode.SELF)):
        found.add(Side.OWN.value)
    if assesses and one.state in Assessment.UNDECIDED:
        found.add(Side.ASSESSOR.value)
    return frozenset(found)


def can_submit(person: Person, one: Assessment, role: str) -> bool:
    """Say whether this person may hand an assessment in."""
    if not one.is_open:
        return False
    if one.mode == Assessment.Mode.SELF:
        return role in ANSWERS
    return can_assess(person, one.firm) and not role


def can_set_aside(person: Person, one: Assessment, role: str) -> bool:
    """Say whether this person may set one of two assessments aside, or take it up again."""
    if one.state == Assessment.State.APPROVED:
        return False
    if one.mode == Assessment.Mode.SELF:
        return role in ANSWERS
    return can_assess(person, one.firm) and not role


def can_decide(person: Person, one: Assessment, role: str) -> bool:
    """Say whether this person may approve or send back: nobody of the firm, nor who handed it in.

    An administrator may, so that an office of one person is not stuck.
    """
    if one.state != Assessment.State.SUBMITTED or role or not can_assess(person, one.firm):
        return False
    return one.submitted_by_id != person.pk or (
        isinstance(person, User) and person.is_administrator
    )
