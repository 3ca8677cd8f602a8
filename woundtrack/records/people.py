"""Who is treated, and who signs in."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from woundtrack.context.types import RiskFactor


class Sex(StrEnum):
    """Administrative sex."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class DialysisMode(StrEnum):
    """How the patient's kidneys are replaced, if they are."""

    NONE = "none"
    HAEMODIALYSIS = "haemodialysis"
    PERITONEAL = "peritoneal"
    TRANSPLANT = "transplant"


class PatientStatus(StrEnum):
    """Whether the patient is seen here."""

    ACTIVE = "active"
    MOVED = "moved"
    DIED = "died"


class ConsentPurpose(StrEnum):
    """What photos may be used for."""

    CARE = "care"
    TEACHING = "teaching"
    RESEARCH = "research"


class Role(StrEnum):
    """What a user may do."""

    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Consent:
    """Consent to photos for one purpose."""

    purpose: ConsentPurpose
    given_on: dt.date
    withdrawn_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """A person in the clinic. `code` is pseudonymous, given by the store when empty."""

    hospital_number: str
    birth_name: str
    first_names: str
    birth_date: dt.date
    sex: Sex = Sex.UNKNOWN
    used_name: str = ""
    national_number: str = ""
    dialysis: DialysisMode = DialysisMode.NONE
    consents: tuple[Consent, ...] = ()
    status: PatientStatus = PatientStatus.ACTIVE
    died_on: dt.date | None = None
    note: str = ""
    code: str = ""
    dialysis_since_on: dt.date | None = None
    risk_factors: tuple[RiskFactor, ...] = ()
    """What was asked about; a factor that is not here was not."""
    last_contact_on: dt.date | None = None
    """When somebody last knew the patient alive, where no visit or result of the record says so."""

    @property
    def family_name(self) -> str:
        """The name in use, else the name at birth."""
        return self.used_name or self.birth_name

    def consents_to(self, purpose: ConsentPurpose, *, on: dt.date) -> bool:
        """Whether consent for the purpose is in force on a day."""
        return any(
            consent.purpose is purpose
            and consent.given_on <= on
            and (consent.withdrawn_on is None or on < consent.withdrawn_on)
            for consent in self.consents
        )


@dataclass(frozen=True, slots=True)
class User:
    """A person who signs in."""

    name: str
    role: Role = Role.CLINICIAN
    active: bool = True
