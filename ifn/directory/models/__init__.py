"""The businesses and organisations of the footwear chain: facts, constraints and filters."""

from ifn.directory.models.asking import Asking
from ifn.directory.models.business import Business, BusinessQuerySet
from ifn.directory.models.calibration import Calibration, CalibrationQuerySet
from ifn.directory.models.details import (
    Brand,
    Capability,
    Certificate,
    Contact,
    Picture,
    SpokenLanguage,
    Visibility,
)
from ifn.directory.models.editing import Draft, Revision
from ifn.directory.models.listing import IndexEdition, Listing, OpenProfile
from ifn.directory.models.membership import Invitation, Membership
from ifn.directory.models.provenance import Attribution, Source
from ifn.directory.models.twins import Merge, Twins, TwinsLook
from ifn.directory.models.verification import (
    CertificateNotice,
    Verification,
    VerificationQuerySet,
)

__all__ = [
    "Asking",
    "Attribution",
    "Brand",
    "Business",
    "BusinessQuerySet",
    "Calibration",
    "CalibrationQuerySet",
    "Capability",
    "Certificate",
    "CertificateNotice",
    "Contact",
    "Draft",
    "IndexEdition",
    "Invitation",
    "Listing",
    "Membership",
    "Merge",
    "OpenProfile",
    "Picture",
    "Revision",
    "Source",
    "SpokenLanguage",
    "Twins",
    "TwinsLook",
    "Verification",
    "VerificationQuerySet",
    "Visibility",
]
