"""What programs send, read as JSON."""

import json
import re
from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

_MAY_BE_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class JSON(JSONParser):
    """What is nested beyond reading, or holds half a character, is refused as broken text."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        body = stream.read()
        try:
            said = super().parse(BytesIO(body), media_type, parser_context)
            if _MAY_BE_HALF.search(body):
                # A surrogate without its other half: no answer could repeat it.
                json.dumps(said, ensure_ascii=False).encode()
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deep.")) from error
        except UnicodeEncodeError as error:
            raise ParseError(_("The JSON holds half a character.")) from error
        return said
