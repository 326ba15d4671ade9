"""Who sits at the desk by the API: all else answers 404, as if there were none."""

from typing import Any

from django.http import Http404
from rest_framework.request import Request

from community.members.api.scoped import Scoped
from community.members.models import ApiToken
from community.moderation import permissions
from community.moderation.desk import Desk


class AtTheDesk(Scoped):
    """For moderators; a token of theirs needs the scope for it, also to read."""

    reads_with = ApiToken.Scope.MODERATION
    writes_with = ApiToken.Scope.MODERATION
    desk: Desk

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        desk = permissions.desk_of(request.user)
        if desk is None:
            raise Http404
        self.desk = desk
