"""The parts of a long form: its fields in groups, each under a heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.forms import BoundField
from django.utils.functional import Promise


@dataclass
class Part:
    """Fields that belong together; those before the first heading have none. `is_folded`: it opens when it is wanted."""

    title: str | Promise
    fields: list[BoundField] = field(default_factory=list)
    is_folded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something in a folded part is wrong or was filled in."""
        return any(one.errors or (one.form.is_bound and one.value()) for one in self.fields)


class PartsMixin:
    """A form with more than eight fields names its parts: the field that each begins with, and its heading.

    `folds` names what few need in the same way; without a title the fold before it ends there.
    """

    parts: Mapping[str, str | Promise] = {}
    folds: Mapping[str, str | Promise] = {}

    def parted(self) -> list[Part]:
        """The fields that are seen, by part; a part whose fields are all absent is not there."""
        visible: Iterable[BoundField] = self.visible_fields()  # type: ignore[attr-defined]  # of the form it is mixed into
        found = [Part("")]
        for one in visible:
            if one.name in self.parts:
                found.append(Part(self.parts[one.name]))
            elif one.name in self.folds:
                found.append(Part(self.folds[one.name], is_folded=bool(self.folds[one.name])))
            found[-1].fields.append(one)
        return [part for part in found if part.fields]
