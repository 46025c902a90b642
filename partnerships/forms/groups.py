"""Groups and their seats."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import SamePersonMixin, name_in, with_name
from accounts.models import Person
from accounts.models.people import PersonQuerySet
from core import emails
from core.dates import today
from partnerships.enums import AffiliationKind, GroupKind, Perspective
from partnerships.forms.days import DatedForm
from partnerships.models import (
    Affiliation,
    Group,
    GroupExpectation,
    GroupSeat,
    Membership,
    Organisation,
    Studying,
)
from partnerships.models.expectations import MOST_SEATS, VOICES
from partnerships.models.groups import COUNTS, OBSERVERS_HOLD_NO_OFFICE
from partnerships.queries.groups import affiliates_to_seat, can_be_seated, students_to_seat
from partnerships.queries.organisations import members_of
from partnerships.queries.people import affiliated_in
from partnerships.rules.groups import can_expect
from ui.fields import CHOOSE
from ui.forms import NameForm, PortalForm, limit

# Begin the names of the fields with how many are expected.
VOICE, DELEGATES = "voice_", "delegates_of_"
# Whoever works for a member does not speak for students or clients.
OF_MEMBERS = [
    (voice.value, voice.label)
    for voice in Perspective
    if voice not in {Perspective.STUDENT, Perspective.CARER_OR_CLIENT}
]


class GroupForm(DatedForm):
    """A group, with how many delegates it expects of each member and how many of each other voice."""

    class Meta:
        model = Group
        fields = (
            "name",
            "kind",
            "mandate",
            "starts_on",
            "ends_on",
            "max_size",
            "delegates_per_organisation",
        )
        help_texts = {"max_size": _("The secretary and observers do not count.")}

    def __init__(self, *args: Any, may_change_kind: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_change_kind:
            del self.fields["kind"]
        limit(self, "delegates_per_organisation", least=1, most=MOST_SEATS)
        limit(self, "max_size", least=2, most=MOST_SEATS)
        self._ask_numbers()

    def _ask_numbers(self) -> None:
        """A number for each voice, and for each member and each organisation that is expected already."""
        row = self.instance
        expected = list(row.expectations.select_related("organisation")) if row.pk else []
        named = {one.organisation_id: one for one in expected if one.organisation is not None}
        organisations = {one.pk: one.name for one in members_of(row.partnership)}
        organisations |= {key: str(one.organisation) for key, one in named.items() if key is not None}
        by_voice = {one.perspective: one for one in expected}
        for voice in VOICES:
            self._ask_number(f"{VOICE}{voice.value}", voice.label, by_voice.get(voice))
        for key, name in organisations.items():
            self._ask_number(f"{DELEGATES}{key}", name, named.get(key))

    def _ask_number(self, name: str, label: Any, now: GroupExpectation | None) -> None:
        first = now.number if now else None
        self.fields[name] = forms.IntegerField(
            label=label, required=False, min_value=0, max_value=MOST_SEATS, initial=first
        )

    def _bound(self, prefix: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]

    def about(self) -> list[forms.BoundField]:
        """The fields of the group itself."""
        return [self[name] for name in self.fields if name in (self._meta.fields or ())]

    def voices(self) -> list[forms.BoundField]:
        """How many of each voice."""
        return self._bound(VOICE)

    def delegates(self) -> list[forms.BoundField]:
        """How many delegates of each organisation."""
        return self._bound(DELEGATES)

    def names_organisations(self) -> bool:
        """Whether that part is open: a number stands there, or something is wrong with one."""
        return any(field.value() or field.errors for field in self.delegates())

    def expected(self) -> dict[str, Any]:
        """What the service wants to know."""
        numbers = {name: number for name, number in self.cleaned_data.items() if number}
        return {
            "delegates": {
                int(name.removeprefix(DELEGATES)): number
                for name, number in numbers.items()
                if name.startswith(DELEGATES)
            },
            "voices": {
                name.removeprefix(VOICE): number for name, number in numbers.items() if name.startswith(VOICE)
            },
        }

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            asked = self.expected()
            verdict = can_expect(self.instance, asked["delegates"].values(), asked["voices"].values())
            if not verdict:
                self.add_error(None, str(verdict.reason))

    def clean_max_size(self) -> int | None:
        """A group cannot become smaller than who sits in it."""
        size: int | None = self.cleaned_data["max_size"]
        taken = self.instance.seats.running().filter(COUNTS).count() if self.instance.pk else 0
        if size is not None and size < taken:
            raise ValidationError(
                _("%(number)d people sit in this group. End a seat first, or choose a larger size."),
                params={"number": taken},
            )
        return size

    def clean(self) -> dict[str, Any]:
        """Refuse a name that a running group has. The database refuses it only for groups that end on the same day."""
        data = super().clean() or self.cleaned_data
        others = Group.objects.filter(
            partnership=self.instance.partnership_id, name__iexact=data.get("name", "")
        )
        if others.exclude(pk=self.instance.pk).exclude(ends_on__lt=today()).exists():
            self.add_error("name", _("There is a group with this name already. Look in the list."))
        return data


class PersonChoice(forms.ModelChoiceField):
    """A person with the organisation, so that two people of one name can be told apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.full_name}, {obj.organisation}"


class AffiliateForm(PortalForm):
    """A seat for someone who takes part without working for a member."""

    affiliation = forms.ChoiceField(label=_("Person"))
    is_observer = forms.BooleanField(
        label=_("Observer"), required=False, help_text=_("Observers can read everything but have no vote.")
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.students = {f"s{row.pk}": row for row in students_to_seat(group)}
        self.others = {str(row.pk): row for row in affiliates_to_seat(group)}
        choice: Any = self.fields["affiliation"]
        choice.choices = [
            ("", CHOOSE),
            (_("Students"), [(key, _of(row)) for key, row in self.students.items()]),
            (
                _("Clients, informal carers and experts"),
                [(key, _of(row)) for key, row in self.others.items()],
            ),
        ]

    def clean_affiliation(self) -> Affiliation | Studying:
        """What the choice stands for."""
        chosen: str = self.cleaned_data["affiliation"]
        return self.students.get(chosen) or self.others[chosen]


def _of(row: Affiliation | Studying) -> str:
    """A person with as what they take part, or at which school."""
    return (
        f"{row.person.full_name}, {row.organisation if isinstance(row, Studying) else row.get_kind_display()}"
    )


class PersonForm(SamePersonMixin, NameForm):
    """A client, carer or expert of whom the portal knows nothing yet, or of whom it turns out to know.

    `acquainted` gives those whom the asker may be shown.
    """

    email = emails.EmailFormField(label=_("Email address"))
    kind = forms.ChoiceField(
        label=_("Takes part as"),
        choices=[(kind.value, kind.label) for kind in AffiliationKind if kind != AffiliationKind.STUDENT],
        widget=forms.RadioSelect,
    )

    def acquainted(self) -> PersonQuerySet:
        """Nobody, unless the form says whom."""
        return Person.objects.none()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"email", "first_name", "last_name"} <= set(data):
            among = self.acquainted()
            self.ask_who(among=among, name=name_in(data), email=data["email"], words=_known_person)
        return data

    def newcomer(self) -> dict[str, Any]:
        """What the service wants to know."""
        return with_name(self.cleaned_data) | self.meant()


def _known_person(person: Person) -> str:
    """What is seen of someone who takes part."""
    return f"{person.full_name}, {emails.shown(person.address)}"


class NewcomerForm(PersonForm):
    """A seat for someone new."""

    organisation = forms.ModelChoiceField(
        label=_("Comes with"), queryset=Organisation.objects.none(), required=False, empty_label=_("nobody")
    )
    is_observer = forms.BooleanField(
        label=_("Observer"), required=False, help_text=_("Observers can read everything but have no vote.")
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        choice: Any = self.fields["organisation"]
        choice.queryset = members_of(group.partnership)

    def acquainted(self) -> PersonQuerySet:
        """Who takes or took part in the partnership, whom its coordinator sees."""
        return affiliated_in(self.group.partnership_id)


class OfficeForm(PortalForm):
    """Whether someone who sits in a group chairs it or is its secretary; says whom that takes over from."""

    is_chair = forms.BooleanField(label=_("Chairs the group"), required=False)
    is_secretary = forms.BooleanField(label=_("Is secretary of the group"), required=False)

    def __init__(self, *args: Any, seat: GroupSeat, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"is_chair": seat.is_chair, "is_secretary": seat.is_secretary})
        super().__init__(*args, **kwargs)
        others = GroupSeat.objects.running().filter(group=seat.group_id).exclude(pk=seat.pk).for_list()
        for other in others:
            for name in self.fields:
                if getattr(other, name):
                    self.fields[name].help_text = format_lazy(
                        _("Takes over from {name}, who stays in the group."), name=other.person.full_name
                    )


class SeatForm(PortalForm):
    """A seat for someone of a member organisation."""

    membership = PersonChoice(label=_("Person"), queryset=Membership.objects.none())
    perspective = forms.ChoiceField(
        label=_("On behalf of whom"), choices=OF_MEMBERS, widget=forms.RadioSelect
    )
    is_chair = forms.BooleanField(
        label=_("Chairs the group"), required=False, help_text=_("Chair and secretary can change the group.")
    )
    is_secretary = forms.BooleanField(label=_("Is secretary of the group"), required=False)
    is_observer = forms.BooleanField(
        label=_("Observer"), required=False, help_text=_("Observers can read everything but have no vote.")
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["membership"]
        choice.queryset = can_be_seated(group)
        if group.kind == GroupKind.STEERING:
            self.fields["is_chair"].help_text = _(
                "Chair and secretary of the steering group can change the group, and write the texts, initiatives and"
                " calls of the partnership."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("is_chair", "is_secretary"):
            if data.get(name) and data.get("is_observer"):
                self.add_error(name, OBSERVERS_HOLD_NO_OFFICE)
        return data
