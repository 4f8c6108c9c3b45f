"""Why an enquiry ended as it did, what it is worth, and why one is reported: closed lists."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Declined(TextChoices):
    """Why a firm says no."""

    CAPACITY = "capacity", _("No capacity at that time")
    QUANTITY = "quantity", _("The quantity is below or above what it can do")
    PRODUCT = "product", _("It does not make or sell this")
    DEADLINE = "deadline", _("The time is too short")
    PRICE = "price", _("The price cannot be reached")
    PLACE = "place", _("Too far away")
    OTHER = "other", _("Another reason")


class NotAgreed(TextChoices):
    """Why nothing came of it."""

    PRICE = "price", _("The price")
    DEADLINE = "deadline", _("The time")
    QUALITY = "quality", _("The sample or the quality")
    QUANTITY = "quantity", _("The quantity")
    NO_ANSWER = "no_answer", _("The other side no longer answered")
    NOT_REAL = "not_real", _("It was not meant seriously")
    OTHER = "other", _("Another reason")


class Withdrawn(TextChoices):
    """Why somebody takes an enquiry back."""

    NOT_NEEDED = "not_needed", _("It is no longer needed")
    FOUND = "found", _("Somebody else was found")
    CHANGED = "changed", _("The quantity, time or product has changed")
    MISTAKE = "mistake", _("It was sent by mistake")
    OTHER = "other", _("Another reason")


class Closed(TextChoices):
    """Why the platform ended an enquiry."""

    HIDDEN = "hidden", _("The business is no longer shown in the directory.")
    NOT_TAKING = "not_taking", _("The business takes no enquiries from here at present.")
    ERASED = "erased", _("One side asked for its data to be erased.")
    OVER = "over", _("The opportunity had ended before your answer went out.")


class Complaint(TextChoices):
    """What somebody reports about an enquiry."""

    SPAM = "spam", _("Advertising, or the same text to many")
    FRAUD = "fraud", _("It looks like fraud")
    RUDE = "rude", _("Insulting or threatening")
    NOT_REAL = "not_real", _("Not meant seriously")
    OTHER = "other", _("Something else")


class Answer(TextChoices):
    """What is answered to the question how it went."""

    AGREED = "agreed", _("We agreed")
    TALKING = "talking", _("We are talking")
    SILENCE = "silence", _("No answer")
    UNREAL = "unreal", _("It was not real")


class Held(TextChoices):
    """Why an enquiry is looked at by a person before it goes out."""

    LINKS = "links", _("Many links")
    SAME_TO_MANY = "same_to_many", _("The same text to many businesses")
    SAME_FROM_MANY = "same_from_many", _("The same text from several senders")
    OWN = "own", _("The sender’s address belongs to the business itself")


class Value(TextChoices):
    """How sure a value is; the three are never added up."""

    POTENTIAL = "potential", _("Hoped for")
    COMMITTED = "committed", _("Agreed in writing")
    REALISED = "realised", _("Delivered and paid")
