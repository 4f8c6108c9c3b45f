"""Facts of enquiries in words, in the language in force."""

from decimal import Decimal

from django.utils.translation import gettext as _

from ifn.connections.models import Enquiry, Letter, Worth
from ifn.connections.opportunities.amounts import UNIT_WORDS, counted
from ifn.directory.quantities import grouped
from ifn.vocabulary.queries import lexicon


def quantity_of(letter: Letter) -> str:
    """Return how much is asked for: "500 pasang"; nothing where that was not said."""
    if letter.quantity is None or letter.unit_id is None:
        return ""
    word = lexicon().by_pk(letter.unit_id)
    code = word.code if word else ""
    if word is None or code in UNIT_WORDS:
        return counted(letter.quantity, code)
    return f"{grouped(letter.quantity)} {word.name.partition(' (')[0].lower()}"


def firm_name(enquiry: Enquiry) -> str:
    """Return who the firm of an enquiry is, as far as its asker may know it now."""
    if enquiry.is_firm_known:
        return enquiry.firm.name
    opportunity = enquiry.letter.opportunity
    if opportunity is None:
        return _("Business without a name")
    return _("Business without a name (%(number)s)") % {"number": opportunity.public_number}


def money(worth: Worth) -> str:
    """Return an amount as people write it: "Rp12.500.000", "USD 1,200.50"."""
    whole, cents = divmod(worth.amount, 1)
    text = grouped(int(whole))
    if cents:
        point = "," if grouped(1000) == "1.000" else "."
        text += f"{point}{int(cents * Decimal(100)):02d}"
    return f"Rp{text}" if worth.currency == "IDR" else f"{worth.currency} {text}"
