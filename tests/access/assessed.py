"""What stands in addresses of questionnaires and assessments; see ``things``."""

from ifn.assessments.actions import answering
from ifn.assessments.actions import instruments as questionnaires
from ifn.directory.handing import Handed
from tests.factories import assessments
from tests.factories.directory import AT, photo


def assessment(world):
    one = assessments.started(world.business)
    return {"uuid": one.uuid, "pk": one.pk, "part": "CUT"}


def own_assessment(world):
    one = assessments.started(world.business, mode="self")
    return {"uuid": one.uuid, "part": "CUT"}


def assessment_handed_in(world):
    return {"uuid": assessments.submitted(assessments.started(world.business)).uuid}


def assessment_photo(world):
    one = assessments.started(world.business)
    kept = answering.add_photo(
        one, "CUT_PHOTO", "own", Handed(photo(), "jpg", "x"), actor=None, at=AT
    )
    return {"uuid": one.uuid, "pk": kept.pk}


def _questionnaire(version, part):
    return {"code": version.instrument.code, "number": version.number, "part": part}


def next_questionnaire(_world):
    made = questionnaires.begin_version(assessments.in_use().instrument, actor=None, at=AT)
    return _questionnaire(made, "CUT")


THINGS = {
    "assessment": assessment,
    "assessment handed in": assessment_handed_in,
    "assessment key": assessment,
    "assessment photo": assessment_photo,
    "next questionnaire": next_questionnaire,
    "own assessment": own_assessment,
    "questionnaire": lambda _world: _questionnaire(assessments.drafted(), "CUT"),
    "questionnaire question": lambda _world: _questionnaire(assessments.drafted(), "CUT_1"),
}
