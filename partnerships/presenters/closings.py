"""What the pages say before a group, a call, a location or a partnership is closed, and before a draft is thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from partnerships.models import Call, CooperationVersion, Group, Initiative, Location, Partnership
from partnerships.presenters.spaces import space_of_organisation
from ui.languages import dutch, told


def closing_group(group: Group) -> dict[str, Any]:
    """Before a group is closed."""
    says = [
        _("Its members no longer see its papers, and are told."),
        _("The coordinators keep all there is. It can be taken back for 14 days."),
    ]
    word = _("Close the group")
    heading = told(_("Close the group “%(name)s”?"), name=dutch(group.name))
    return _page(group.name, heading, says, word, group.get_absolute_url())


def closing_call(call: Call, back_url: str) -> dict[str, Any]:
    """Before a call is closed."""
    says = [
        _("Nobody can sign up any more. Who did stays in the list."),
        _("It can be taken back for 14 days."),
    ]
    heading = told(_("Close the call “%(name)s”?"), name=dutch(call.title))
    return _page(call.title, heading, says, _("Close the call"), back_url)


def closing_location(location: Location, follows: Sequence[str | Promise]) -> dict[str, Any]:
    """Before a location is closed; `follows` is what the apps above say."""
    says = [
        _("No new training places can be offered here. Students who learn here stay where they are."),
        *follows,
        _("Whoever keeps the training places hears of it. It can be taken back for 14 days."),
    ]
    heading = told(_("Close %(name)s?"), name=dutch(location.name))
    back_url = reverse("partnerships:location-list", args=[location.organisation.slug])
    page = _page(location.organisation.name, heading, says, _("Close the location"), back_url)
    return page | space_of_organisation(location.organisation)


def closing_partnership(
    partnership: Partnership, back_url: str, follows: Sequence[str | Promise]
) -> dict[str, Any]:
    """Before a partnership is closed; `follows` is what the apps above say."""
    says = [
        _("What is there can still be read by who takes part. Nobody can join any more."),
        _("The papers of its groups are with the coordinators."),
        *follows,
        _("The managers of its members are told. You can undo this for 14 days."),
    ]
    heading = told(_("Close the partnership “%(name)s”?"), name=dutch(partnership.name))
    return _page(partnership.name, heading, says, _("Close the partnership"), back_url)


def discarding(draft: Group | Call | Initiative | CooperationVersion, back_url: str) -> dict[str, Any]:
    """Before a draft is thrown away."""
    says = [_("Nobody else has used it. You cannot get it back; the history shows that it existed.")]
    heading = told(_("Delete “%(name)s”?"), name=dutch(draft))
    return _page(str(draft), heading, says, _("Delete"), back_url)


def _page(of: str, heading: str, says: Sequence[str | Promise], word: str, back_url: str) -> dict[str, Any]:
    return {
        "of": dutch(of),
        "heading": heading,
        "says": says,
        "word": word,
        "back_url": back_url,
        "space": "coordinator",
    }
