"""What someone read is what someone acts on: rows that people edit count their changes.

A page carries the version of what it shows (`of`). Whoever saves it, or answers it, sends that along; a service hands it
to `claim` or `ensure`, and on another version than there is now nothing is written. The database counts, so that no way of
writing is forgotten.
"""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from psycopg import sql

# What was read by whoever acts without a page: the clock, and what follows from another act. It is said, never left out.
NO_PAGE = None
LONGEST_NUMBER = 9  # in digits: what was sent may be anything
CHANGED = _("Something has changed since you opened this page. Read it again.")

FUNCTION = """
CREATE OR REPLACE FUNCTION raise_row_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD
            AND (TG_NARGS = 0 OR to_jsonb(NEW) - TG_ARGV <> to_jsonb(OLD) - TG_ARGV) THEN
        NEW.row_version := OLD.row_version + 1;
    END IF;
    RETURN NEW;
END $$
"""
# By its name it comes after triggers that fill in other columns. Its arguments are the columns that the database counts
# (`COUNTED` of the model): a count is no edit.
TRIGGER = """
CREATE OR REPLACE TRIGGER row_version BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION raise_row_version({counted})
"""


class Changed(ValidationError):
    """What was read is not what there is now."""

    def __init__(self) -> None:
        super().__init__(CHANGED, code="changed")


class Versioned(models.Model):
    """A thing that people edit or answer. The database raises the number; what an object holds is what was read."""

    row_version = models.PositiveIntegerField(
        _("number of the version"), default=1, db_default=1, editable=False
    )

    class Meta:
        abstract = True


def versioned_models() -> list[type[models.Model]]:
    """The models whose rows count their changes."""
    return [model for model in apps.get_models() if issubclass(model, Versioned)]


def install() -> None:
    """Give each of those tables its trigger. By the owner."""
    there = connection.introspection.table_names()
    with connection.cursor() as cursor:  # no transaction around all: the lock of each table is let go at once
        cursor.execute(FUNCTION)
        for model in versioned_models():
            if model._meta.db_table in there:
                counted = [sql.Literal(name) for name in getattr(model, "COUNTED", ())]
                cursor.execute(
                    sql.SQL(TRIGGER).format(
                        table=sql.Identifier(model._meta.db_table), counted=sql.SQL(", ").join(counted)
                    )
                )


def of(*rows: Versioned) -> str:
    """The version of these rows as they were read, to be sent along with what is done to them."""
    return ".".join(str(row.row_version) for row in rows)


def ensure(read: str | None, *rows: Versioned) -> None:
    """Raises Changed when other versions were read. Call it under the lock; None is for whoever read no page."""
    ensure_same(read, of(*rows))


def ensure_same(read: str | None, now: str) -> None:
    """The same for what a page shows of more than rows."""
    if read is not None and read != now:
        raise Changed


def claim(read: str | None, *rows: Versioned) -> None:
    """The right to write over what was read: locks the rows, raises their version, and refuses whoever comes second.

    Also a change in a list beside the row counts then. None is for whoever read no page.
    """
    if read is None:
        return
    numbers = read.split(".")
    if len(numbers) != len(rows):
        raise Changed
    with transaction.atomic():
        for row, number in zip(rows, numbers, strict=True):
            same = type(row)._base_manager.filter(pk=row.pk, row_version=number_sent(number))
            if not same.update(row_version=F("row_version") + 1):
                raise Changed
            row.row_version = number_sent(number) + 1


def number_sent(text: str) -> int:
    """The number that a page sent along, which may be anything; 0, of which there is none, for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0
