"""The Celery application: workers run tasks, beat says when to look for due work."""

import os

from celery import Celery

from orangefriday.worker import LastMinute

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orangefriday.settings")

app = Celery("orangefriday")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(LastMinute)
