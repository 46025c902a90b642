"""Files in the store that no row names go after a day; nothing else does."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core import orphans, tasks
from core.models import StoredFile
from tests.factories.core import StoredFileFactory
from tests.factories.students import EvidenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(settings, tmp_path):
    """A store of this test alone, on a disk."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "core.storage.WholeFiles"}}
    return tmp_path


def old(path, days=2):
    moment = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))


def there(store):
    return {str(path.relative_to(store)) for path in store.rglob("*") if path.is_file()}


def test_file_of_an_act_that_was_broken_off_goes_after_a_day(store):
    kept = EvidenceFactory(content=b"%PDF-1.4 een").file.path
    with transaction.atomic():
        EvidenceFactory(content=b"%PDF-1.4 twee")
        transaction.set_rollback(True)
    (lost,) = there(store) - {kept}
    assert tasks.remove_orphans() == 0  # it may be of an act that is still going on
    for path in (kept, lost):
        old(store / path)
    assert tasks.remove_orphans() == 1
    assert there(store) == {kept}


def test_row_that_nothing_names_goes_with_its_file(store, django_capture_on_commit_callbacks):
    piece = EvidenceFactory(content=b"%PDF-1.4 een")
    file, path = piece.file, piece.file.path
    StoredFile.objects.update(at=timezone.now() - timedelta(days=2))
    young = StoredFileFactory()
    tasks.remove_orphans()
    assert set(StoredFile.objects.all()) == {file, young}
    piece.file, piece.file_name = None, ""
    piece.save()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.remove_orphans()
    assert set(StoredFile.objects.all()) == {young}
    assert path not in there(store)


def test_store_of_another_database_is_left_alone(store, monkeypatch, caplog):
    monkeypatch.setattr(orphans, "FEW", 2)
    for number in range(3):
        (store / "evidence").mkdir(exist_ok=True)
        (store / "evidence" / str(number)).write_bytes(b"x")
        old(store / "evidence" / str(number))
    assert tasks.remove_orphans() == 0
    assert len(there(store)) == 3
    assert "is this the database of this store" in caplog.text
    (store / "evidence" / "0").unlink()
    assert tasks.remove_orphans() == 2


def test_store_that_was_never_written_to_is_no_trouble(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "nothing"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "core.storage.WholeFiles"}}
    assert tasks.remove_orphans() == 0
