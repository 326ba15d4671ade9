"""The home page: where in the week we are, and what I can do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "orangefriday/home.html")
