"""Accounts: how a person signs in. Name and roles are the person's, not the account's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Person
from core import emails

_OF_ACCOUNT = frozenset({"is_active", "is_staff", "is_superuser", "date_joined"})


class UserQuerySet(models.QuerySet["User"]):
    """Accounts with their person: every page that greets someone needs the name."""

    def select_for_update(self, *args: Any, **kwargs: Any) -> Self:
        """Lock the account alone: a row that may be missing beside it cannot be locked."""
        return super().select_for_update(*args, **kwargs).select_related(None)


class UserManager(BaseUserManager["User"]):
    """Makes accounts with the person who has them; email addresses are stored in lower case."""

    def get_queryset(self) -> UserQuerySet:
        """With the person, in the same query."""
        return UserQuerySet(self.model, using=self._db).select_related("person")

    @transaction.atomic
    def create_user(
        self, email: str, password: str | None = None, *, person: Person | None = None, **fields: Any
    ) -> User:
        """An account of a person who had none, or of a new person; without password it can be entered by reset only.

        `fields` are those of the person, and `is_staff` and such of the account.
        """
        own = {name: fields.pop(name) for name in _OF_ACCOUNT if name in fields}
        user = self.model(email=email, **own)
        user.set_password(password)
        user.save(using=self._db)
        person = person or Person(first_name=user.email.partition("@")[0])
        for name, value in {**fields, "user": user, "email": ""}.items():
            setattr(person, name, value)
        person.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator (`manage.py make_administrator`)."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> User:
        """Find an account by its email, however it is typed."""
        return self.get(email=username or "")


class User(AbstractBaseUser, PermissionsMixin):
    """An account: one email address and how to prove it is yours; whose it is, is `person`."""

    if TYPE_CHECKING:
        person: Person

    ON_RECORD = ("email",)

    email = emails.EmailField(
        _("email"),
        unique=True,
        error_messages={"unique": _("This address has an account.")},
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("administrator"), default=False)
    date_joined = models.DateTimeField(_("member since"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return str(self.email)

    @property
    def first_name(self) -> str:
        """The person's; with `last_name` what a password must not look like."""
        name: str = self.person.first_name
        return name

    @property
    def last_name(self) -> str:
        """The person's."""
        return self.person.last_name

    def get_short_name(self) -> str:
        """What the portal calls someone in a greeting."""
        return self.person.first_name
