"""Calls, projects, batches and releases, and everything that is kept of them."""

from ifn.collaboration.models.applications import (
    Application,
    ApplicationStep,
    Conflict,
    Evaluator,
    Invitation,
    Score,
)
from ifn.collaboration.models.artefacts import (
    FileVersion,
    ProjectFile,
    Specification,
    TestResult,
)
from ifn.collaboration.models.batches import (
    Allocation,
    AllocationLine,
    BatchSize,
    BatchTally,
    Feedback,
    ProductionBatch,
    Receipt,
    Reorder,
)
from ifn.collaboration.models.calls import (
    MOST_POINTS,
    Call,
    CallPhase,
    CallRole,
    CallStep,
    CallTerms,
    Criterion,
)
from ifn.collaboration.models.projects import (
    Guest,
    Project,
    ProjectPartner,
)
from ifn.collaboration.models.releases import (
    Impact,
    Release,
    ReleaseConsent,
    ReleasePicture,
)
from ifn.collaboration.models.stages import (
    PLACES,
    Milestone,
    Note,
    ProjectStep,
    Risk,
    Stage,
)
from ifn.collaboration.models.words import (
    Role,
)

__all__ = [
    "MOST_POINTS",
    "PLACES",
    "Allocation",
    "AllocationLine",
    "Application",
    "ApplicationStep",
    "BatchSize",
    "BatchTally",
    "Call",
    "CallPhase",
    "CallRole",
    "CallStep",
    "CallTerms",
    "Conflict",
    "Criterion",
    "Evaluator",
    "Feedback",
    "FileVersion",
    "Guest",
    "Impact",
    "Invitation",
    "Milestone",
    "Note",
    "ProductionBatch",
    "Project",
    "ProjectFile",
    "ProjectPartner",
    "ProjectStep",
    "Receipt",
    "Release",
    "ReleaseConsent",
    "ReleasePicture",
    "Reorder",
    "Risk",
    "Role",
    "Score",
    "Specification",
    "Stage",
    "TestResult",
]
