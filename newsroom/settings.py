"""The one settings file: fed by the environment, failing loudly. docs/operating.md lists it all.

With no settings at all the app is in local mode: loopback only, a generated secret kept in the
data folder, the embedded PostgreSQL 18. Any setting of ``PRODUCTION_SETTINGS`` ends local mode and
switches on the checks of :mod:`newsroom.safety`.
"""

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.csp import CSP

from newsroom import postgres, safety

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("NEWSROOM_DATA_DIR", str(BASE_DIR / "var"))).resolve()
CAPTURES_DIR = DATA_DIR / "captures"
SEARCH_DIR = DATA_DIR / "index"
RELATED_DIR = DATA_DIR / "related"
# Processes that prepare many articles to be related, beside the one that relates.
RELATE_PROCESSES = safety.number(os.environ, "NEWSROOM_RELATE_PROCESSES") or min(
    2, os.process_cpu_count() or 1
)
EXPORTS_DIR = DATA_DIR / "exports"
TAG_FILES_DIR = DATA_DIR / "tag_files"
# An answer that takes longer is given up with a 503.
SEARCH_SECONDS = 10.0

LOCAL_MODE = safety.is_local(os.environ)
DEBUG = safety.flag(os.environ, "NEWSROOM_DEBUG")
DEMO = LOCAL_MODE and safety.flag(os.environ, "NEWSROOM_DEMO")
TESTING = "pytest" in sys.modules

if LOCAL_MODE:
    safety.make_private_folders(DATA_DIR, CAPTURES_DIR)
    SECRET_KEY = safety.kept_secret(DATA_DIR / "secret" / "key")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
else:
    safety.refuse_unsafe(os.environ)
    safety.make_private_folders(DATA_DIR, CAPTURES_DIR)
    SECRET_KEY = os.environ["NEWSROOM_SECRET_KEY"]
    ALLOWED_HOSTS = safety.words(os.environ, "NEWSROOM_ALLOWED_HOSTS")
    HTTPS = safety.flag(os.environ, "NEWSROOM_HTTPS", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
    SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
    scheme = "https" if HTTPS else "http"
    CSRF_TRUSTED_ORIGINS = [f"{scheme}://{host}" for host in ALLOWED_HOSTS]
    if safety.number(os.environ, "NEWSROOM_TRUSTED_PROXIES"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# How many proxies of ours stand before the app; only their X-Forwarded-For entries are believed.
TRUSTED_PROXIES = safety.number(os.environ, "NEWSROOM_TRUSTED_PROXIES")

# What looks for names where no recogniser is asked for, in this order; see docs/suggestions.md.
RECOGNISERS = safety.words(os.environ, "NEWSROOM_RECOGNISERS") or ["known names", "capitals"]
# The spaCy model that the recogniser “spacy” uses: a package's name or a folder.
SPACY_MODEL = os.environ.get("NEWSROOM_SPACY_MODEL", "")

# Only for feeds and pages on this machine's own network, e.g. in tests: "127.0.0.1:8001".
FETCH_ALLOWED_PRIVATE = frozenset(safety.words(os.environ, "NEWSROOM_FETCH_ALLOWED_PRIVATE"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "pghistory",
    "articles",
]

MIDDLEWARE = [
    "articles.api.middleware.problems_under_api",
    "newsroom.middleware.FaultsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "newsroom.middleware.say_what_a_form_sends",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


# The longest that a page or an API call may keep the database busy with one statement.
REQUEST_STATEMENT_TIMEOUT_MS = (
    safety.number(os.environ, "NEWSROOM_STATEMENT_TIMEOUT_MS") or 10_000  # milliseconds
)

# Whether connections are made with that bound: those of who serves pages are.
STATEMENTS_ARE_BOUNDED = os.environ.get("NEWSROOM_PROCESS") == "web"


def _database() -> dict[str, Any]:
    """Return the database of DATABASE_URL, else the embedded one, found or started."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        config: dict[str, Any] = {**dj_database_url.parse(url)}
    else:
        postgres.ensure_running(DATA_DIR)
        config = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": postgres.DATABASE,
            "USER": "postgres",
            "HOST": str(postgres.socket_folder(DATA_DIR)),
        }
    options = config.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", 5)
    if STATEMENTS_ARE_BOUNDED:
        # Commands and the worker may take as long as it takes.
        given = f"{options.get('options', '')} -c statement_timeout={REQUEST_STATEMENT_TIMEOUT_MS}"
        options["options"] = given.strip()
    config.setdefault("CONN_MAX_AGE", 0 if TESTING else 60)
    # A connection that the server dropped is noticed before it is used again.
    config.setdefault("CONN_HEALTH_CHECKS", True)
    return config


# Whether the database is ours to start.
EMBEDDED_POSTGRES = not os.environ.get("DATABASE_URL")
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Counts of failed logins lie here: someone who guesses many names must not push them out.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "article-list"
LOGOUT_REDIRECT_URL = "article-list"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Found in their folders: no collecting, no build step.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"

# What one request may send: imports of large files go through the command line or in parts.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "articles.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PARSER_CLASSES": ["articles.api.parsing.JsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["articles.api.parsing.JsonRenderer"],
    "DEFAULT_SCHEMA_CLASS": "articles.api.schema.EndpointSchema",
    "EXCEPTION_HANDLER": "articles.api.problems.handle",
    # Formats are chosen by the Accept header alone.
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Newsroom",
    "DESCRIPTION": (
        "The corpus over REST. Lists are pages of `{results, next, previous}`. Errors are problem "
        "details (RFC 9457) with a sentence for each field. Offsets into texts count Unicode code "
        "points. docs/api.md has worked examples."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_COERCE_PATH_PK_SUFFIX": False,
    "POSTPROCESSING_HOOKS": ["articles.api.schema.add_components"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_secrets": {"()": "newsroom.logs.HideSecrets"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["hide_secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # The server for developing says each address it is asked for.
    "loggers": {"django.server": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
