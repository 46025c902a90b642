"""Sign in as one of the demo people, and read the mails they were sent."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from demo.mailbox import caught_mail, caught_mails
from demo.people import demo_people, demo_person


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """One POST signs in as a person of demo/data/people.csv; only settings/demo mounts this."""
    people = demo_people()
    if request.method == "POST":
        chosen = request.POST.get("person", "")
        if chosen not in {person.key for person in people}:
            raise Http404
        user = get_object_or_404(get_user_model(), email=demo_person(chosen).email)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        UserSession.objects.create_from_request(request)  # as the portal's own sign-in does
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "demo/sign_in.html", {"people": people})


@login_not_required
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mail_list.html", {"mails": caught_mails()})


@login_not_required
@require_safe
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    mail = caught_mail(name)
    if mail is None:
        raise Http404
    return render(request, "demo/mail_detail.html", {"mail": mail})
