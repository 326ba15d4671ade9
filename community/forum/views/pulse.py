"""What a topic counts now: asked by whoever has it open, answered once for all of them."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from community.forum.finding import topic_or_404
from community.forum.queries.posts import counts_on, page_of


@require_safe
def pulse(request: HttpRequest, pk: int) -> JsonResponse:
    """Posts and me-toos of a topic, and the reactions to the posts of `?page=`.

    Visitors' answers are kept at the edge (orangefriday/edge.py), whatever the number of readers;
    see docs/decisions/0031-polling-or-events.md.
    """
    topic = topic_or_404(request, pk)
    page = page_of(topic, request.GET.get("page", "1"))
    return JsonResponse(
        {
            "posts": topic.post_count,
            "me_too": topic.me_too_count,
            "reactions": counts_on(topic, page),
        }
    )
