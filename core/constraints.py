"""Refusals of the database, told in the words of the constraint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


@contextmanager
def explained(instance: models.Model) -> Iterator[None]:
    """Writes `instance` inside; raises ValidationError where one of its constraints refuses.

    Only the database sees a row that someone else, or a second press of the button, writes at the same moment. Once
    it has refused, that row is there for all to see, and the constraint can be asked for its words.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        try:
            instance.validate_constraints()
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from error
        raise
