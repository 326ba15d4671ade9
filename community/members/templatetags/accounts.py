"""`{% load accounts %}`: what only the account pages need."""

from django import template

from community.members.browsers import browser_name

register = template.Library()

register.filter("browser", browser_name)
