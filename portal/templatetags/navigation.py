"""The menu in base.html: `{% menu as menu %}`."""

from django import template
from django.template import Context

from portal.navigation import Menu, menu_of

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: Context) -> Menu:
    """The menu of the person who looks; without a request (an error page) an empty one."""
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return Menu(nav=())
    return menu_of(request, str(context.get("space", "")), str(context.get("belongs_under", "")))
