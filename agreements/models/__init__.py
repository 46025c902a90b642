"""Models of this app."""

from agreements.models.agreements import Agreement, AgreementQuerySet
from agreements.models.grounds import AccreditationGround
from agreements.models.kept import SignedDocument
from agreements.models.signatures import (
    PARTY_HAS_SIGNED,
    PERSON_HAS_SIGNED,
    Signature,
    SignatureLink,
    SignatureObjection,
)
from agreements.models.versions import AgreementVersion

__all__ = [
    "PARTY_HAS_SIGNED",
    "PERSON_HAS_SIGNED",
    "AccreditationGround",
    "Agreement",
    "AgreementQuerySet",
    "AgreementVersion",
    "Signature",
    "SignatureLink",
    "SignatureObjection",
    "SignedDocument",
]
