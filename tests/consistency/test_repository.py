"""What may not stand in the repository, and what its documents must say."""

import re
from collections.abc import Iterator

import pytest

from tests.consistency.source import APPS, ROOT, faults, modules, own_files, refuse, text_of, texts

# Names that documents, licences and namespaces may carry; reserved names are always fine.
# Names of formats, and the machine itself.
KNOWN_HOSTS = {
    "www.w3.org",
    "schemas.openxmlformats.org",
    "schema.org",
    "www.sitemaps.org",
    "localhost",
    "127.0.0.1",
}
RESERVED = re.compile(r"(^|\.)(example(\.(org|com|net))?|test|invalid|localhost)$")
SOMEBODYS = re.compile(r"(?<![\w.}/-])/(?:work|root|home|Users)/\w")
READS_ENVIRONMENT = re.compile(r"os\.(environ|getenv)")
MAY_READ_ENVIRONMENT = {
    "demo/__main__.py",
    "portal/wsgi.py",
    "portal/gunicorn_conf.py",
    "portal/settings/tooling.py",
}


def foreign_hosts(text: str) -> Iterator[str]:
    for host in sorted(set(re.findall(r"https?://([\w-]+(?:\.[\w-]+)*)", text))):
        if host.lower() not in KNOWN_HOSTS and not RESERVED.search(host.lower()):
            yield host


def somebodys_paths(text: str) -> Iterator[str]:
    yield from sorted(set(SOMEBODYS.findall(text)))


def test_no_foreign_host_and_no_path_of_somebodys_machine_is_named():
    """A page fetches nothing from elsewhere, and a locked file names no registry."""
    found = texts(own_files())
    assert len(found) >= 900
    refuse([*faults(foreign_hosts, found), *faults(somebodys_paths, found)])


@pytest.mark.parametrize(
    ("guard", "text", "found"),
    [
        (foreign_hosts, "see https:" + "//cdn.fonts.nl/x and https://voorbeeld.test/", ["cdn.fonts.nl"]),
        (somebodys_paths, "cd /" + "home/anna/leerpact and https://x.test/work/here", ["/" + "home/a"]),
    ],
)
def test_guards_of_names_see_what_they_are_for(guard, text, found):
    assert list(guard(text)) == found


def readers_of_environment(found: dict[str, str]) -> set[str]:
    return {name for name, text in found.items() if READS_ENVIRONMENT.search(text)}


def settings_read(text: str) -> set[str]:
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text))


def settings_documented(text: str) -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)`", text, re.M))


def test_environment_is_read_in_one_place():
    assert readers_of_environment(texts(modules(*APPS))) == MAY_READ_ENVIRONMENT


def test_page_of_settings_lists_every_setting():
    read = settings_read(text_of(ROOT / "portal/settings/environment.py"))
    assert len(read) >= 20
    assert read == settings_documented(text_of(ROOT / "docs/settings.md"))


def test_guards_of_settings_see_what_is_read_and_what_is_told():
    found = {"core/new.py": 'os.getenv("SECRET")', "core/old.py": "settings.SECRET"}
    assert readers_of_environment(found) == {"core/new.py"}
    assert settings_read('A = env.str(\n    "SECRET_KEY")\nB = env.bool("DEBUG", False)') == {
        "SECRET_KEY",
        "DEBUG",
    }
    assert settings_documented("| `DEBUG` | off |\nsee `SECRET_KEY`") == {"DEBUG"}


def test_no_test_needs_its_thread_without_a_loop():
    """Playwright leaves a loop running in the thread of the tests: whoever needs one runs it in a thread of its own."""
    tests = {path: text for path, text in texts(own_files()).items() if path.startswith("tests/")}
    assert len(tests) >= 400

    def own_loops(text: str) -> Iterator[str]:
        yield from re.findall(r"asyncio\.run\(|run_until_complete\(|async_to_sync\(", text)

    assert list(own_loops("x = asyncio." + "run(come())"))
    refuse(faults(own_loops, tests))
