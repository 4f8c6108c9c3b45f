"""Tables of batches, of who comes, of what happens there and what comes of it."""

from ifn.programmes.models.batches import (
    Batch,
    BatchQuerySet,
    BudgetLine,
    Commitment,
    Mentor,
    Partner,
    StateChange,
)
from ifn.programmes.models.certificates import Certificate, Issuing
from ifn.programmes.models.outcomes import Outcome, OutcomeAsking, ReportMaking, ReportPicture
from ifn.programmes.models.plans import (
    Action,
    ActionFile,
    ActionStep,
    CommitmentStep,
    Mentorship,
    Reminder,
    Side,
    Visit,
)
from ifn.programmes.models.quizzes import Quiz, QuizAnswer
from ifn.programmes.models.registrations import Registration, RegistrationStep
from ifn.programmes.models.sessions import Attendance, Session, SessionFile

__all__ = [
    "Action",
    "ActionFile",
    "ActionStep",
    "Attendance",
    "Batch",
    "BatchQuerySet",
    "BudgetLine",
    "Certificate",
    "Commitment",
    "CommitmentStep",
    "Issuing",
    "Mentor",
    "Mentorship",
    "Outcome",
    "OutcomeAsking",
    "Partner",
    "Quiz",
    "QuizAnswer",
    "Registration",
    "RegistrationStep",
    "Reminder",
    "ReportMaking",
    "ReportPicture",
    "Session",
    "SessionFile",
    "Side",
    "StateChange",
    "Visit",
]
