from django.apps import AppConfig


class StudentsConfig(AppConfig):
    name = "students"

    def ready(self) -> None:
        from students import receivers  # noqa: F401, PLC0415  models must be loaded first
        from students.imports import enrolments  # noqa: F401, PLC0415  makes its importer known
        from students.presenters import added  # noqa: F401, PLC0415  names what it shows elsewhere
