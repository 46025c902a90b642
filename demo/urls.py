from django.urls import path

from demo import views
from portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("demo/", views.sign_in_as, name="demo-sign-in"),
    path("demo/mail/", views.mail_list, name="demo-mail-list"),
    path("demo/mail/<str:name>/", views.mail_detail, name="demo-mail-detail"),
    *urlpatterns,
]
