"""Settings: one file, read from the environment."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from orangefriday.schedule import SECONDS_BETWEEN

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

STATE_DIR = Path(env.str("STATE_DIR", default=str(BASE_DIR / ".local")))
DEBUG = env.bool("DEBUG", default=False)
# A local instance on loopback: development database, demo accounts, plain HTTP.
LOCAL = env.bool("LOCAL", default=not env.str("ALLOWED_HOSTS", default=""))

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not LOCAL:
        raise ImproperlyConfigured("Set SECRET_KEY: a site that answers to hosts needs its own.")
    SECRET_KEY = "only-for-a-local-instance-without-secrets-" + "0" * 20

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- the house -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "orangefriday",
    "awards.popcorn",
    "feedback.reports",
    "feedback.fourgrid",
    "feedback.proposals",
    "feedback.polls",
    "community.gifts",
    "community.builds",
    "community.dashboard",
    "community.forum",
    "community.conversations",
    "community.moderation",
    "community.notices",
    "community.media",
    "community.honours",
    "community.members",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "axes",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.forms",
    "django_filters",
    "django_htmx",
    "django_prometheus",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "heroicons",
    "pgtrigger",
    "rest_framework",
    "template_partials",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *env.list("EXTRA_APPS", default=[]),
]
SITE_ID = 1

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "feedback.fourgrid.middleware.BallotLane",
    "orangefriday.edge.PublicPages",
    "orangefriday.policy.ContentPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "orangefriday.languages.Language",
    "orangefriday.addresses.NoNul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "community.members.middleware.PreferencesMiddleware",
    "community.members.middleware.ActiveDaysMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "community.members.middleware.StaffSecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "orangefriday.urls"
WSGI_APPLICATION = "orangefriday.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "orangefriday" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "orangefriday.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- databases and queues ----------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres:///orangefriday")}
DATABASES["default"].update(
    ATOMIC_REQUESTS=False,
    CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=600),
    CONN_HEALTH_CHECKS=True,
)
# psycopg waits for two minutes and ten seconds.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What members' pages have in common ({% shared_page %}) may be this many seconds old; 0: never.
SHARED_FRESH_S = env.float("SHARED_FRESH_S", default=2.0)
CACHES = {
    # Limits on signing in and used codes; in the database, so that only tasks need the broker.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "orangefriday_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What all readers of a page share, in each process's own memory.
    "moments": {
        "BACKEND": "orangefriday.moments.Moments",
        "TIMEOUT": SHARED_FRESH_S,
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = env.str("BROKER_URL", default=REDIS_URL.replace("unix://", "redis+socket://"))
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1700
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest task, so that a slow one is not given out twice.
    "visibility_timeout": 3600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": seconds} for task, seconds in SECONDS_BETWEEN.items()
}

# How mails lead back to the site.
SITE_URL = env.str(
    "SITE_URL", default="http://127.0.0.1:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0]}"
)

# --- people ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.Member"
# What the site knows about people, and what becomes of it.
DATA_MAP = BASE_DIR / "orangefriday" / "data_map.toml"
SESSION_ENGINE = "community.members.signed_in"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "community.members.signed_in.Backend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# django-allauth: signing up, in and out; the address is shown to be one's own by a mailed code.
ACCOUNT_ADAPTER = "community.members.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "community.members.forms.SignInForm",
    "signup": "community.members.forms.SignUpForm",
    "add_email": "community.members.forms.ChangeEmailForm",
    "change_password": "community.members.forms.ChangePasswordForm",
    "set_password": "community.members.forms.FirstPasswordForm",
    "reset_password": "community.members.forms.ResetForm",
    "reset_password_from_key": "community.members.forms.NewPasswordForm",
    "reauthenticate": "community.members.forms.ConfirmForm",
    "confirm_email_verification_code": "community.members.forms.MailedCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Wrong passwords are counted for an account by axes, for an address here.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if LOCAL else "https"
MFA_ADAPTER = "community.members.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "community.members.forms.FactorForm",
    "reauthenticate": "community.members.forms.ConfirmFactorForm",
    "activate_totp": "community.members.forms.SetUpAppForm",
    "add_webauthn": "community.members.forms.AddKeyForm",
    "signup_webauthn": "community.members.forms.FirstKeyForm",
    "edit_webauthn": "community.members.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "Orange Friday"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL

# django-axes: five wrong passwords rest an account for half an hour; a reset by mail or a passkey
# opens it at once, so that strangers cannot keep somebody out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "community.members.limits.account_key"
AXES_LOCKOUT_TEMPLATE = "members/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # addresses are limited by ACCOUNT_RATE_LIMITS

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True

# --- language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "orangefriday" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- security ----------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not LOCAL and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 0 if LOCAL else env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_000_000
FILE_UPLOAD_HANDLERS = [
    "community.media.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Base64 of the 32 bytes of the Ed25519 key that signs award snapshots.
AWARD_SIGNING_KEY = env.str("AWARD_SIGNING_KEY", default="")

# Cards below posts whose paragraph is nothing but a link. Off: nothing is asked of other sites.
LINK_PREVIEWS = env.bool("LINK_PREVIEWS", default=False)
LINK_PREVIEW_AGENT = env.str("LINK_PREVIEW_AGENT", default="OrangeFriday/1 (link preview)")

# Whom to tell of a weakness: mailto:… or https://…, shown by /.well-known/security.txt.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

# Base64 of the 32 bytes of the P-256 key that signs web pushes; without one there are none.
WEB_PUSH_KEY = env.str("WEB_PUSH_KEY", default="")
# Pushes go to public hosts alone, by certificates the system trusts; tests have a service of
# their own.
WEB_PUSH_PRIVATE_HOSTS: list[str] = []
WEB_PUSH_AUTHORITY = ""

# --- files, mail, logs -------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(STATE_DIR / "static"))
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(STATE_DIR / "media"))
MEDIA_URL = "media/"
# Pictures: in a directory that all web processes share, or in a bucket (S3 and what speaks it).
MEDIA_BUCKET = env.str("MEDIA_BUCKET", default="")
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": MEDIA_BUCKET,
            "endpoint_url": env.str("MEDIA_ENDPOINT_URL", default="") or None,
            "region_name": env.str("MEDIA_REGION", default="") or None,
        },
    }
    if MEDIA_BUCKET
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"allow_overwrite": True},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "orangefriday.storage.ReleasedFiles"
    },
}
WHITENOISE_USE_FINDERS = LOCAL

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://" if LOCAL else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = str(STATE_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Orange Friday <hello@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Otherwise a line for every sign-in and two for every task that went well.
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("axes", "celery.app.trace", "celery.worker.strategy")
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}

# --- API ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "community.members.api.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "EXCEPTION_HANDLER": "orangefriday.problems.handler",
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["orangefriday.parsing.JSON"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Orange Friday",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "DEFAULT_GENERATOR_CLASS": "orangefriday.openapi.WrittenOnce",
    "ENUM_NAME_OVERRIDES": {
        "BuildState": "community.builds.models.Build.State",
        "AwardState": "awards.popcorn.models.Award.State",
        "FeatureKind": "community.builds.models.Feature.Kind",
        "BuildChannel": "community.builds.models.Build.Channel",
        "NoticeChannel": "community.notices.models.Channel",
        "CaseOutcome": "community.moderation.models.Case.Outcome",
        "CaseState": "community.moderation.models.Case.State",
        "TopicKind": "community.forum.models.Kind",
        "ReactionKind": "community.forum.models.Reaction.Kind",
        "PollKind": "feedback.polls.models.Poll.Kind",
        "Audience": "community.members.models.Audience",
        "RelationKind": "community.members.models.Relation.Kind",
        "FollowUpKind": "feedback.reports.models.FollowUp.Kind",
        "ProposalStatus": "feedback.proposals.models.Proposal.Status",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "orangefriday.openapi.tell_problems",
        "orangefriday.openapi.say_null_as_a_type",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    # No validator: it would send the description to another site.
    # Hundreds of operations: drawn when their heading is opened.
    "SWAGGER_UI_SETTINGS": {
        "deepLinking": True,
        "docExpansion": "none",
        "filter": True,
        "validatorUrl": None,
    },
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
