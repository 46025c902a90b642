"""The people the portal knows; an account is only the way in which one of them signs in."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import CharField, F, Func, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from core import emails, names
from core.reading.people import LONGEST_PHONE
from core.text import LONGEST_NAME, LONGEST_PREFIX, full_name, sort_key
from core.versions import Versioned

NAME_PARTS = ("first_name", "name_prefix", "last_name")
_NAMES = frozenset(NAME_PARTS)


def name_at(path: str) -> Coalesce:
    """The full name of the person at this path of a query, for lists that read no rows of people."""
    names = (NullIf(F(f"{path}__{part}"), Value("")) for part in NAME_PARTS)
    whole = Func(Value(" "), *names, function="CONCAT_WS", output_field=CharField())
    return Coalesce(NullIf(whole, Value("")), Value(gettext("someone who was erased")))


class PersonQuerySet(models.QuerySet["Person"]):
    """People by their address."""

    def with_address(self, email: str) -> Self:
        """Whoever has this address, by the account or by what an organisation or school noted."""
        return self.filter(Q(user__email=email) | Q(user__isnull=True, email=email))


class Person(Versioned):
    """A human whom the portal knows, with or without an account: the one home of a name and an address.

    Every role, seat, enrolment and every "by" of a history points here, so that people take part before they have an
    account and a history outlives it. The address is the account's or, without one, the row's own: never both.
    """

    ON_RECORD = ("first_name", "name_prefix", "last_name", "email", "phone", "merged_into")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="person",
    )
    first_name = models.CharField(_("first name"), max_length=LONGEST_NAME)
    name_prefix = models.CharField(_("name prefix"), max_length=LONGEST_PREFIX, blank=True)
    last_name = models.CharField(_("last name"), max_length=LONGEST_NAME, blank=True)
    sort_name = models.CharField(_("sort name"), max_length=250, editable=False, db_index=True)
    email = emails.EmailField(_("email address without account"), blank=True)
    phone = models.CharField(_("phone"), max_length=LONGEST_PHONE, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.NL)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("is the same person as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_one_address",
                condition=Q(user__isnull=True) | Q(email=""),
                violation_error_message=_("Someone with an account has the address of that account."),
            ),
            models.CheckConstraint(
                name="person_merged_has_nothing",
                condition=Q(merged_into__isnull=True) | Q(user__isnull=True, email=""),
            ),
            names.constraint("person", *NAME_PARTS),
        ]
        indexes = [models.Index(fields=["email"], name="person_email", condition=~Q(email=""))]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the derived value true: the key that lists sort on."""
        self.sort_name = sort_key(
            last_name=self.last_name, first_name=self.first_name, prefix=self.name_prefix
        )
        fields = kwargs.get("update_fields")
        if fields is not None and _NAMES & set(fields):
            kwargs["update_fields"] = {*fields, "sort_name"}
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """First name, prefix and family name; of someone who was erased that there is none."""
        name = full_name(first_name=self.first_name, last_name=self.last_name, prefix=self.name_prefix)
        return name or gettext("someone who was erased")

    @property
    def address(self) -> str:
        """Where mail goes; empty when none is known."""
        address: str = self.user.email if self.user else self.email
        return address

    @property
    def has_account(self) -> bool:
        """Whether the person can sign in, or could before the account was closed."""
        return self.user_id is not None

    @property
    def is_reachable(self) -> bool:
        """Whether mail may go out: not when the account was closed, nor without an address. The account must be loaded."""
        return self.user.is_active if self.user else bool(self.email)

    @property
    def can_sign_in(self) -> bool:
        """Whether there is a working account; the row needs its account loaded."""
        return self.user is not None and self.user.is_active
