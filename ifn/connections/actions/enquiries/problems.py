"""Why an enquiry is not sent, or not moved on."""

from datetime import date

from ifn.connections.models import Enquiry
from ifn.connections.models.enquiries import MOST_FIRMS
from ifn.directory.models import Business


class NoFirm(Exception):  # noqa: N818
    """No firm is left that the letter could go to."""


class TooManyFirms(Exception):  # noqa: N818
    """The letter was to go to more than five firms."""

    most = MOST_FIRMS


class NotShown(Exception):  # noqa: N818
    """A firm is no longer in the directory; ``business`` says which."""

    def __init__(self, business: Business) -> None:
        super().__init__(str(business))
        self.business = business


class OwnFirm(Exception):  # noqa: N818
    """The letter was to go to a firm of the asker's own; ``business`` says which."""

    def __init__(self, business: Business) -> None:
        super().__init__(str(business))
        self.business = business


class OpportunityOver(Exception):  # noqa: N818
    """The opportunity that was to be answered is open no longer."""


class TooManyLetters(Exception):  # noqa: N818
    """The asker wrote so many today; ``limit`` says how many, ``day`` when it begins anew."""

    def __init__(self, limit: int, day: date) -> None:
        super().__init__(limit)
        self.limit, self.day = limit, day


class NotNow(Exception):  # noqa: N818
    """What was asked cannot happen to the enquiry as it stands; ``enquiry`` says how it stands."""

    def __init__(self, enquiry: Enquiry) -> None:
        super().__init__(str(enquiry))
        self.enquiry = enquiry


class NoSuchContact(Exception):  # noqa: N818
    """The contact to be shown is none of the firm's, or no longer."""


class ReasonMissing(Exception):  # noqa: N818
    """A no was given without saying why."""
