"""The person who signs in. Which organisations and groups they belong to is known higher up."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from core import emails
from core.text import full_name, sort_key


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An ordinary account; without password it can be entered by reset only."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator (`manage.py createsuperuser`)."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> User:
        """Find an account by its e-mail, however it is typed."""
        return self.get(email=username or "")


class User(AbstractBaseUser, PermissionsMixin):
    """An account: one person, one e-mail address, any number of roles elsewhere."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    email = emails.EmailField(
        _("e-mail"),
        unique=True,
        error_messages={"unique": _("This address has an account.")},
    )
    first_name = models.CharField(_("first name"), max_length=80)
    name_prefix = models.CharField(_("name prefix"), max_length=30, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    sort_name = models.CharField(_("sort name"), max_length=250, editable=False, db_index=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.NL)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("administrator"), default=False)
    date_joined = models.DateTimeField(_("member since"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep true what is derived: the key that lists sort on."""
        self.sort_name = sort_key(
            last_name=self.last_name, first_name=self.first_name, prefix=self.name_prefix
        )
        fields = kwargs.get("update_fields")
        if fields is not None and {"first_name", "name_prefix", "last_name"} & set(fields):
            kwargs["update_fields"] = {*fields, "sort_name"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """First name, prefix and family name."""
        return full_name(first_name=self.first_name, last_name=self.last_name, prefix=self.name_prefix)

    def get_short_name(self) -> str:
        """What the portal calls someone in a greeting."""
        return self.first_name
