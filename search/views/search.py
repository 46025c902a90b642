"""One question, asked of everything that its reader may see."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.for_everyone import for_everyone
from core.searching import question
from search.enums import Found
from search.forms.search import SearchForm
from search.presenters.results import results, rows_of
from search.queries.entries import find
from ui.pages import paginate_list


@login_not_required
@require_safe
@for_everyone
def search(request: HttpRequest) -> HttpResponse:
    """What was found in groups, or all of one kind; the whole state stands in the address."""
    actor = getattr(request, "actor", None)  # the middleware gives one to signed-in people alone
    form = SearchForm(request.GET)
    form.is_valid()  # what is wrong stands with the field, and is not looked for
    asked = question(form.cleaned_data.get("q", ""))
    context: dict[str, Any] = {
        "form": form,
        "typed": request.GET.get("q", "").strip(),
        "is_asked": asked is not None,
    }
    kind = form.cleaned_data.get("soort")
    if asked is None or not kind:
        context["results"] = results(asked, actor) if asked else None
        return render(request, "search/results.html", context)
    answer = find(asked, actor, [Found(kind)])
    page = paginate_list(request, answer.hits.get(Found(kind), []))
    context["all_url"] = f"{request.path}?{urlencode({'q': asked.typed})}"
    context |= {
        "kind": Found(kind),
        "page": page,
        "rows": rows_of(page.items),
        "is_likeness": answer.is_likeness,
    }
    return render(request, "search/kind.html", context)
