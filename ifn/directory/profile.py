"""The facts of a profile as plain values: what forms and lists hand to actions."""

from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CapabilityFact:
    """A term a business has: ``CapabilityFact("process", "STITCH", monthly_pairs=2000)``."""

    vocabulary: str
    code: str
    monthly_pairs: int | None = None
    units: int | None = None


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """A certificate as stated; ``code`` is a term of the vocabulary ``certification``."""

    code: str
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactFact:
    """A way to reach the business; phone numbers in E.164, addresses of sites complete."""

    kind: str
    value: str
    visibility: str = "nobody"
    #: The row of the consent with which it is shown; actions find it, and it is no fact itself.
    consent: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything that can be stated about a business; an empty value means "not known".

    Values are clean already (see ``directory.clean``): an action stores them as they are, and
    database constraints refuse what must never be. Units as in ``directory.models.Business``.
    """

    name: str
    kind: str = "business"
    legal_form: str = ""
    brands: tuple[str, ...] = ()
    summary_id: str = ""
    summary_en: str = ""
    story_id: str = ""
    story_en: str = ""
    founded_year: int | None = None
    nib: str = ""
    size_ministry: str = ""
    size_statistics: str = ""
    size_msme: str = ""
    workers: int | None = None
    capabilities: tuple[CapabilityFact, ...] = ()
    certificates: tuple[CertificateFact, ...] = ()
    monthly_capacity: int | None = None
    capacity_visibility: str = "nobody"
    minimum_order: int | None = None
    lead_time_days: int | None = None
    size_from: Decimal | None = None
    size_to: Decimal | None = None
    sample_policy: str = ""
    sample_days: int | None = None
    sole_source: str = ""
    takes_job_orders: bool | None = None
    has_own_production: bool | None = None
    sells_locally: bool = False
    sells_nationally: bool = False
    exports: bool = False
    export_countries: str = ""
    services_id: str = ""
    services_en: str = ""
    languages: tuple[str, ...] = ()
    region: str = ""
    address: str = ""
    postcode: str = ""
    address_visibility: str = "nobody"
    latitude: float | None = None
    longitude: float | None = None
    precision: str = ""
    contacts: tuple[ContactFact, ...] = ()


#: Facts kept in rows of their own; all others are columns of ``Business`` under the same name.
IN_ROWS = frozenset({"brands", "capabilities", "certificates", "languages", "contacts"})
COLUMNS = tuple(one.name for one in fields(Profile) if one.name not in IN_ROWS)
NAMES = tuple(one.name for one in fields(Profile))


def comparable(profile: Profile, name: str) -> object:
    """Return a fact so that it can be compared; only among brands the order says something."""
    value = getattr(profile, name)
    return frozenset(value) if name in IN_ROWS - {"brands"} else value


def changed_fields(before: Profile, after: Profile) -> list[str]:
    """Return the names of fields that differ."""
    return [name for name in NAMES if comparable(before, name) != comparable(after, name)]
