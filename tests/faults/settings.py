"""The site's settings with a beat in a hurry; controls bring back what made it fragile."""

import os

from orangefriday.settings import *  # noqa: F403 settings, all of them
from orangefriday.settings import CACHES as LOCAL_CACHES
from orangefriday.settings import CELERY_BEAT_SCHEDULE as UNHURRIED
from orangefriday.settings import REDIS_URL

HURRY = int(os.environ.get("FAULT_HURRY", "10"))
CELERY_BEAT_SCHEDULE = {
    name: entry | {"schedule": entry["schedule"] / HURRY} for name, entry in UNHURRIED.items()
}

match os.environ.get("FAULT_CONTROL"):
    case "sessions in the broker":
        SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
        BACKEND = "django.core.cache.backends.redis.RedisCache"
        CACHES = LOCAL_CACHES | {"default": {"BACKEND": BACKEND, "LOCATION": REDIS_URL}}
    case "worker keeps its connection":
        CELERY_DB_REUSE_MAX = 10**9
