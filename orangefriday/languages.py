"""In which language a page is written, told by cookie or browser."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers


class Language(LocaleMiddleware):
    """Django's middleware for a site whose addresses are the same in every language.

    It does not look for a language in the address, and so does not lead from one to another.
    """

    def process_request(self, request: HttpRequest) -> None:
        language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django says both
        response: HttpResponseBase,
    ) -> HttpResponseBase:
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
