"""Templates are written for reading; what is sent leaves their indentation out.

Done once, when a template is read, so no page pays for it. As Jinja's lstrip_blocks and trim_blocks do: no spaces at the
start of a line, no line break behind tags that print nothing and have the line to themselves. What stands between two words
or two inline elements keeps its line break, and that shows as a space. Texts of mails are taken as they are.
"""

import re

from django.template import Origin
from django.template.loaders import filesystem

INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
# Notes, and tags that print nothing, with the line to themselves
COMMENT = re.compile(r"^\{% comment %\}.*?\{% endcomment %\}\n", re.MULTILINE | re.DOTALL)
SILENT = re.compile(
    r"^((?:\{% (?:"
    r"(?:(?:end)?(?:block|for|if|with)|elif|else|extends|load)\b(?:(?!%\}).)*|(?:(?!%\}).)+ as \w+ "
    r")%\})+)\n",
    re.MULTILINE,
)


class Loader(filesystem.Loader):
    """Django's loader of files, for pages and their parts."""

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        return without_layout(contents) if str(origin.name).endswith(".html") else contents


def without_layout(source: str) -> str:
    """A template's text without what only serves the reader of the file."""
    return SILENT.sub(r"\1", COMMENT.sub("", INDENT.sub("", source)))
