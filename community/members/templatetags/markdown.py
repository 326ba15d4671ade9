"""`{% load markdown %}`: members' words as safe HTML, or as a line of plain text."""

from django import template
from django.utils.safestring import SafeString

from community.text.markdown import excerpt, render
from community.text.stencils import late

register = template.Library()


@register.filter
@late
def markdown(text: str, breaks: str = "") -> SafeString:
    """`{{ notes|markdown }}`; `{{ post.body|markdown:"lines" }}` keeps the lines as typed."""
    return render(text, keeps_lines=breaks == "lines")


register.filter("excerpt", late(excerpt))
