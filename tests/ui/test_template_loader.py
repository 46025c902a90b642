"""What the loader leaves out of a template shows nowhere."""

from django.template.loader import render_to_string

from ui.template_loader import without_layout

SOURCE = """\
{% comment %}
What it prints.
{% endcomment %}
{% load i18n %}
<ul>
  {% for item in items %}
    <li>
      {% if item.url %}
        <a href="{{ item.url }}">{{ item.label }}</a>
      {% endif %}
      {% url "help" as help_url %}
      {{ item.first }}
      {{ item.last }}
    </li>
  {% endfor %}
</ul>
"""
SENT = """\
{% load i18n %}<ul>
{% for item in items %}<li>
{% if item.url %}<a href="{{ item.url }}">{{ item.label }}</a>
{% endif %}{% url "help" as help_url %}{{ item.first }}
{{ item.last }}
</li>
{% endfor %}</ul>
"""


def test_indentation_and_lines_of_silent_tags_are_not_sent():
    assert without_layout(SOURCE) == SENT


def test_two_words_on_two_lines_stay_apart():
    assert without_layout("<p>\n  {{ a }}\n  {% if b %}\n    {{ b }}\n  {% endif %}\n</p>\n") == (
        "<p>\n{{ a }}\n{% if b %}{{ b }}\n{% endif %}</p>\n"
    )


def test_pages_come_through_it():
    page = render_to_string("components/empty.html", {"content": "Niets.", "url": ""})
    assert page == '<div class="empty">\n<p>Niets.</p>\n</div>\n'


def test_words_of_a_line_that_begins_and_ends_with_a_tag_stay_apart_from_the_next():
    source = """\
<td>
  {% if space != "employer" %}{{ employer }},{% endif %}
  {{ location }}
  {% if a %}{% if b %}
    ({{ b }})
  {% endif %}{% endif %}
</td>
"""
    assert (
        without_layout(source)
        == """\
<td>
{% if space != "employer" %}{{ employer }},{% endif %}
{{ location }}
{% if a %}{% if b %}({{ b }})
{% endif %}{% endif %}</td>
"""
    )
