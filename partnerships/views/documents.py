"""Documents of a partnership and of its groups: to be found, read, put in, replaced and taken away."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import versions
from partnerships.actors import ActorRequest
from partnerships.forms.documents import DocumentChangeForm, DocumentForm, NewerVersionForm
from partnerships.models import Document, Group
from partnerships.presenters import documents as pages
from partnerships.presenters import sheets
from partnerships.presenters.spaces import space_of
from partnerships.queries.documents import documents_of
from partnerships.rules import documents as rules
from partnerships.services import documents as service
from partnerships.views.guards import document_in, own_partnership
from ui.acts import attempt, attempt_form, confirm, number_read, posted, refused, was_read
from ui.downloads import download
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def document_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """What one may read: of the whole partnership and of the own groups."""
    partnership = own_partnership(request, slug)
    rows = Document.objects.visible_to(request.actor).filter(partnership=partnership).for_list()
    if file := asked(request, rows, sheets.DOCUMENTS):
        return file
    context = pages.list_context(request.actor, partnership, paginate(request, rows))
    return render(request, "partnerships/documents/list.html", context)


@require_safe
def group_documents(request: ActorRequest, public_id: UUID) -> HttpResponseBase:
    """Those of one group, for whoever sits in it and for the coordinators."""
    visible = Group.objects.visible_to(request.actor).for_list()
    group = get_object_or_404(visible, public_id=public_id)
    rows = documents_of(group, request.actor)
    if file := asked(request, rows, sheets.DOCUMENTS):
        return file
    context = pages.group_context(request.actor, group, paginate(request, rows))
    return render(request, "partnerships/documents/group.html", context)


@require_safe
def document_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponseBase:
    """One document with its older versions."""
    document = document_in(request, slug, public_id)
    context = pages.detail_context(request.actor, document, paginate(request, document.versions.for_list()))
    return render(request, "partnerships/documents/detail.html", context)


@require_safe
def document_version(request: ActorRequest, slug: str, public_id: UUID, number: int) -> HttpResponseBase:
    """A version as a download, whatever it is: never shown inside our own site."""
    document = document_in(request, slug, public_id)
    version = get_object_or_404(document.versions.for_list(), number=number)
    return download(version.file, name=version.file_name)


@require_http_methods(["GET", "HEAD", "POST"])
def document_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Put in a document."""
    partnership = own_partnership(request, slug)
    if refused(request, rules.can_keep_some(request.actor, partnership)):
        return redirect("partnerships:document-list", slug)
    document = Document(partnership=partnership)
    form = DocumentForm(posted(request), request.FILES or None, instance=document, actor=request.actor)
    if form.is_valid():
        form.save(commit=False)
        act = partial(service.add, document=document, file=form.cleaned_data["file"], by=request.actor)
        if attempt_form(request, form, act, _("The document has been put in.")):
            return redirect("partnerships:document-list", slug)
    context = {"space": space_of(request.actor), "partnership": partnership, "form": form}
    return render(request, "partnerships/documents/form.html", context | {"document": None})


@require_http_methods(["GET", "HEAD", "POST"])
def document_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Another title, or other readers."""
    document = document_in(request, slug, public_id)
    if refused(request, rules.can_change(request.actor, document)):
        return redirect(document)
    form = DocumentChangeForm(posted(request), instance=document)
    if form.is_valid():
        form.save(commit=False)
        act = partial(service.change, document=document, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The document has been saved.")):
            return redirect(document)
    context = {"space": space_of(request.actor), "partnership": document.partnership, "form": form}
    return render(request, "partnerships/documents/form.html", context | {"document": document})


@require_http_methods(["GET", "HEAD", "POST"])
def document_renew(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """A newer version in place of the last one."""
    document = document_in(request, slug, public_id)
    if refused(request, rules.can_change(request.actor, document)):
        return redirect(document)
    form = NewerVersionForm(posted(request), request.FILES or None, over=versions.of(document))
    if form.is_valid():
        act = partial(service.renew, document_id=document.pk, by=request.actor, version=form.read)
        act = partial(act, file=form.cleaned_data["file"])
        if attempt_form(request, form, act, _("The newer version has been put in.")):
            return redirect(document)
    context = {"space": space_of(request.actor), "partnership": document.partnership, "form": form}
    return render(request, "partnerships/documents/renew.html", context | {"document": document})


@require_http_methods(["GET", "HEAD", "POST"])
def document_take_away(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let nobody read it any more."""
    document = document_in(request, slug, public_id)
    if refused(request, rules.can_take_away(request.actor, document)):
        return redirect(document)
    if request.method == "POST":
        act = partial(service.take_away, document_id=document.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The document was taken away."))
        return redirect(document)
    frame = pages.taking_away(document) | {"space": space_of(request.actor)}
    return confirm(request, **frame, read=versions.of(document))


@require_POST
def document_take_back(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let it be read again."""
    document = document_in(request, slug, public_id)
    read = number_read(request.POST.get("act", ""))
    act = partial(service.take_back, document_id=document.pk, act_id=read, by=request.actor)
    attempt(request, act, _("The document can be read again."))
    return redirect(document)
