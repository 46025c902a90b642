"""What factories make stands in lists in the order in which it was made, however much was made before."""

import pytest

from students.models import Student
from tests.factories.accounts import PersonFactory, PersonWithAccountFactory, UserFactory
from tests.factories.students import StudentFactory

pytestmark = pytest.mark.django_db
COUNTED = (PersonFactory, UserFactory, StudentFactory)


@pytest.fixture
def counters():
    """Of each factory how much it made goes on from where it was."""
    before = [(factory, factory._meta.next_sequence()) for factory in COUNTED]
    yield
    for factory, made in before:
        factory.reset_sequence(made, force=True)


@pytest.mark.parametrize("factory", [PersonFactory, PersonWithAccountFactory, UserFactory, StudentFactory])
@pytest.mark.parametrize("made_before", [9, 99, 9999])
def test_names_of_people_sort_as_they_were_made(factory, made_before, counters):
    for counted in COUNTED:
        counted.reset_sequence(made_before, force=True)
    rows = [factory() for _ in range(2)]
    people = [row if hasattr(row, "sort_name") else row.person for row in rows]
    assert sorted(people, key=lambda person: person.sort_name) == people
    if factory is StudentFactory:
        assert list(Student.objects.all()) == rows
