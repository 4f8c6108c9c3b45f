"""What is said when a project refuses something: one sentence for each refusal."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.collaboration.actions import (
    files,
    holding,
    linking,
    milestones,
    partners,
    projects,
    stages,
)

WORDS: Final[dict[type[Exception], Promise]] = {
    holding.Closed: gettext_lazy("This project is over; nothing of it changes any more."),
    holding.ChangedMeanwhile: gettext_lazy(
        "Somebody else changed this meanwhile. Look at it below and say it again."
    ),
    holding.ReasonMissing: gettext_lazy("Write the reason."),
    holding.TooMany: gettext_lazy("There are as many as there may be. Finish some first."),
    linking.NoAddress: gettext_lazy("There is no e-mail address to send the link to."),
    linking.HasPeople: gettext_lazy("A firm of the directory answers signed in, not by a link."),
    linking.ThereAlready: gettext_lazy("There is a guest of this name."),
    milestones.OfAnother: gettext_lazy("This partner takes no part in the project."),
    milestones.EvidenceMissing: gettext_lazy("Write what shows that it is done."),
    partners.ThereAlready: gettext_lazy("This partner has this role in the project already."),
    partners.NotListed: gettext_lazy(
        "This profile is hidden or a draft, so nobody can be asked by it."
    ),
    partners.NotNow: gettext_lazy("This partner cannot do that now."),
    partners.StillOwes: gettext_lazy(
        "There are open milestones of this partner. Give them to somebody else first."
    ),
    partners.Leads: gettext_lazy("Who leads the project hands it over first."),
    projects.NotNow: gettext_lazy("A project that stands there cannot do this."),
    projects.NobodyTakesPart: gettext_lazy("A project starts once a partner accepted."),
    projects.StagesOpen: gettext_lazy(
        "Some stages are not over. End them or leave them out, then complete the project."
    ),
    stages.NotRunning: gettext_lazy(
        "Stages move while the project runs, and end after they were begun."
    ),
    stages.DaysWrong: gettext_lazy("The day lies before the stage began, or is still to come."),
    stages.ResultMissing: gettext_lazy("Write what came of it, in a sentence."),
    files.OfLeads: gettext_lazy("A file of this name is there already, for others. Take another."),
}
REFUSALS: Final[tuple[type[Exception], ...]] = (*WORDS, stages.OutOfOrder)


def sentence(refusal: Exception) -> str:
    """Return what is said of a refusal."""
    if isinstance(refusal, stages.OutOfOrder):
        names = ", ".join(str(one.get_kind_display()) for one in refusal.stages)
        return _("Another stage stands in the way: %(names)s.") % {"names": names}
    return str(WORDS[type(refusal)])


def done(request: HttpRequest, act: Callable[[], Any], said: str) -> bool:
    """Do something and say so, or say why not; return whether it was done."""
    try:
        act()
    except REFUSALS as refusal:
        messages.error(request, sentence(refusal))
        return False
    messages.success(request, said)
    return True
