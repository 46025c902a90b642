"""The demo's static files, hashed and compressed. `python -m demo.static_files`, with settings.demo."""

import hashlib

import django
from django.conf import settings
from django.core.management import call_command

from ui.stylesheet import stylesheet


def collect() -> None:
    """When anything changed."""
    stamp = settings.STATIC_ROOT / "fingerprint"
    files = sorted(file for file in (settings.ROOT / "static").rglob("*") if file.is_file())
    state = hashlib.sha256(f"{django.__version__}\n{stylesheet()}".encode())
    for file in files:
        state.update(f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}".encode())
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state.hexdigest())


if __name__ == "__main__":
    django.setup()
    collect()
