"""Ready answers for the broker desk: what usually helps, in sentences to be copied and changed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ifn.connections.models import Enquiry, Opportunity


@dataclass(frozen=True, slots=True)
class Answer:
    """What to do, and words that may be sent for it."""

    title: str
    text: str


def for_request(one: Opportunity) -> list[Answer]:
    """Return what helps a request that nobody fits."""
    names = {"name": one.business.name, "title": one.title}
    return [
        Answer(
            _("Ask for a smaller or larger quantity"),
            _(
                "Dear %(name)s, for “%(title)s” nobody fits yet. Often the quantity is what keeps "
                "workshops away. Could you split the order, or order more at once?"
            )
            % names,
        ),
        Answer(
            _("Ask for more time or a wider region"),
            _(
                "Dear %(name)s, for “%(title)s” nobody fits yet. With two more weeks, or makers "
                "from other provinces, there would be more to choose from. May we widen it?"
            )
            % names,
        ),
        Answer(
            _("Ask which certificate is really needed"),
            _(
                "Dear %(name)s, for “%(title)s” you ask for certificates that few makers hold. Is "
                "a test report of a laboratory enough to begin with?"
            )
            % names,
        ),
    ]


def for_enquiry(one: Enquiry, kind: str) -> list[Answer]:
    """Return what helps an enquiry that nobody answers, or whose outcome nobody told."""
    names = {"name": one.firm.name, "code": one.public_code}
    if kind == "outcome":
        return [
            Answer(
                _("Ask what came of it"),
                _(
                    "Dear %(name)s, some weeks ago you were in contact about enquiry %(code)s. Did "
                    "you agree, are you still talking, or did nothing come of it? One word is "
                    "enough."
                )
                % names,
            )
        ]
    return [
        Answer(
            _("Remind the business"),
            _(
                "Dear %(name)s, enquiry %(code)s waits for your answer. A short no with its reason "
                "helps, too: the sender can then ask others."
            )
            % names,
        ),
        Answer(
            _("Offer to answer for them on the phone"),
            _(
                "Dear %(name)s, shall we answer enquiry %(code)s together on the phone? It takes "
                "five minutes."
            )
            % names,
        ),
    ]
