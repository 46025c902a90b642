"""Our pages, and the bare views they are compared with."""

from django.urls import path

from benchmarks.bare import learning, public, starts
from portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bare/page/", public.page),
    path("bare/home/", public.home),
    path("bare/initiatives/", public.initiatives),
    path("bare/slots/<str:province>/", public.slots),
    path("bare/slot/<int:slot>/", public.slot),
    path("bare/cohort/<int:cohort>/", learning.cohort),
    path("bare/plan/<int:plan>/", learning.plan),
    path("bare/work/<int:student>/", learning.work),
    path("bare/agreement/<int:agreement>/", learning.agreement),
    path("bare/employer/<int:organisation>/", starts.employer),
    path("bare/school/<int:teacher>/", starts.school),
    path("bare/coordinator/<int:partnership>/", starts.coordinator),
    path("bare/matching/<int:partnership>/", starts.matching),
    *urlpatterns,
]
