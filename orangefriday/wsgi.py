"""The WSGI application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from orangefriday.edge import Edge

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orangefriday.settings")

application = Edge(get_wsgi_application())
