"""Our pages, and the bare views they are compared with."""

from django.urls import path

from benchmarks import bare
from portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bare/initiatives/", bare.initiatives),
    path("bare/slots/<str:province>/", bare.slots),
    path("bare/cohort/<int:cohort>/", bare.cohort),
    path("bare/plan/<int:plan>/", bare.plan),
    path("bare/coordinator/<int:partnership>/", bare.coordinator),
    *urlpatterns,
]
