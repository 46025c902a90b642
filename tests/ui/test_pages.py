"""Pages of a list."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from core.models import OutgoingMail
from tests.factories.core import OutgoingMailFactory
from ui import pages
from ui.pages import Known, paginate


def ordered():
    return OutgoingMail.objects.order_by("pk")


@pytest.fixture
def seven(db):
    return OutgoingMailFactory.create_batch(7)


def test_pages_keep_the_filters(rf, seven, django_assert_num_queries):
    request = rf.get("/lijst/", {"q": "zorg & wijk", "page": "2", "thema": ["a", "b"]})
    with django_assert_num_queries(2):
        page = paginate(request, ordered(), per_page=3)
    assert list(page) == seven[3:6]
    assert (page.number, page.total, page.total_is_capped) == (2, 7, False)
    assert page.previous_url == "/lijst/?q=zorg+%26+wijk&thema=a&thema=b"
    assert page.next_url == "/lijst/?q=zorg+%26+wijk&thema=a&thema=b&page=3"
    assert [(link.number, bool(link.url)) for link in page.numbers] == [(1, True), (2, False), (3, True)]


@pytest.mark.parametrize(("per_page", "queries"), [(8, 1), (7, 2), (3, 2)])
def test_short_list_is_counted_only_when_it_fills_a_page(
    rf, seven, django_assert_num_queries, per_page, queries
):
    with django_assert_num_queries(queries):
        page = paginate(rf.get("/"), ordered(), per_page=per_page, short=True)
    usual = paginate(rf.get("/"), ordered(), per_page=per_page)
    assert page == usual


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 40, 1), ("999", 3), ("3", 3)],
)
def test_nonsense_gives_the_first_page_and_too_far_the_last(rf, seven, asked, number):
    page = paginate(rf.get("/", {"page": asked}), ordered(), per_page=3)
    assert (page.number, len(page) > 0) == (number, True)


def test_empty_list_is_one_empty_page(rf, db):
    page = paginate(rf.get("/"), ordered())
    assert (list(page), page.number, page.previous_url, page.next_url) == ([], 1, "", "")
    assert [link.number for link in page.numbers] == [1]


def test_list_without_order_is_refused(rf, db):
    with pytest.raises(ImproperlyConfigured):
        paginate(rf.get("/"), OutgoingMail.objects.all())


def test_page_past_the_cap_is_not_counted(rf, seven, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(pages, "MOST_COUNTED", 4)
    with django_assert_num_queries(2):  # its rows, and whether more follow
        page = paginate(rf.get("/", {"page": "3"}), ordered(), per_page=2)
    assert (page.number, page.total, page.total_is_capped, list(page)) == (3, 4, True, seven[4:6])


def test_count_stops_at_the_cap_and_reading_goes_on(rf, seven, monkeypatch):
    monkeypatch.setattr(pages, "MOST_COUNTED", 4)
    last_known = paginate(rf.get("/", {"page": "2"}), ordered(), per_page=2)
    assert (last_known.total, last_known.total_is_capped, last_known.number) == (4, True, 2)
    beyond = paginate(rf.get("/", {"page": "4"}), ordered(), per_page=2)
    assert (list(beyond), beyond.next_url) == (seven[6:], "")
    too_far = paginate(rf.get("/", {"page": "50"}), ordered(), per_page=2)
    assert too_far.number == 2


def test_long_pager_has_gaps(rf, db):
    OutgoingMailFactory.create_batch(12)
    page = paginate(rf.get("/", {"page": "6"}), ordered(), per_page=1)
    assert [link.number for link in page.numbers] == [1, 0, 4, 5, 6, 7, 8, 0, 12]


@pytest.mark.parametrize("most", [4, 100])
@pytest.mark.parametrize("asked", ["", "1", "2", "3", "4", "5", "x"])
def test_known_keys_give_the_same_pages(rf, seven, monkeypatch, asked, most):
    monkeypatch.setattr(pages, "MOST_COUNTED", most)

    def rows(*, keys):
        return list(OutgoingMail.objects.filter(pk__in=keys))

    def keys():
        return list(ordered().values_list("pk", flat=True)[: most + 1])

    request = rf.get("/", {"page": asked} if asked else {})
    assert paginate(request, ordered(), per_page=2, rows=rows, known=Known(keys=keys)) == paginate(
        request, ordered(), per_page=2
    )


def test_list_is_not_asked_for_what_its_known_keys_tell(rf, seven):
    def refuse():
        raise AssertionError("the list was asked")

    rest = SimpleLazyObject(refuse)
    keys = [one.pk for one in seven]
    page = paginate(
        rf.get("/"),
        rest,
        per_page=2,
        rows=lambda *, keys: [one for one in seven if one.pk in keys],
        known=Known(keys=lambda: keys),
    )
    assert (list(page), page.total, page.next_url) == (seven[:2], 7, "/?page=2")
