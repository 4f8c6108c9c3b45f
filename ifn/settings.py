"""All settings, each read once from the environment; docs/operate/settings.md lists every one."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ifn import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(environment.text("IFN_VAR", str(BASE_DIR / "var")))

DEBUG = environment.flag("IFN_DEBUG", default=False)
PRODUCTION = environment.flag("IFN_PRODUCTION", default=False)
DEFAULT_SECRET = "only-for-trying-the-platform-on-your-own-machine"  # noqa: S105  # refused below
SECRET_KEY = environment.secret("IFN_SECRET_KEY", DEFAULT_SECRET)
OLD_SECRET_KEY = environment.secret("IFN_OLD_SECRET_KEY")
SECRET_KEY_FALLBACKS = [OLD_SECRET_KEY] if OLD_SECRET_KEY else []
ALLOWED_HOSTS = environment.words(
    "IFN_ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1],testserver"
)
#: Where the platform is reached from outside; canonical addresses and links in messages use it.
PUBLIC_ADDRESS = environment.text("IFN_PUBLIC_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
#: Whom people write to about their data; empty: the texts name the office only.
CONTACT_EMAIL = environment.text("IFN_CONTACT_EMAIL", "")
#: Where visitors without e-mail show by WhatsApp that a number is theirs; empty: the office writes.
OFFICE_WHATSAPP = environment.phone("IFN_OFFICE_WHATSAPP")
#: Where the source of this installation can be had, which its licence asks to be said.
SOURCE_CODE = environment.text("IFN_SOURCE_CODE", "")
HTTPS = environment.flag("IFN_HTTPS", default=PRODUCTION)

if PRODUCTION:
    faults = [
        fault
        for broken, fault in [
            (SECRET_KEY == DEFAULT_SECRET, "IFN_SECRET_KEY still has its default value"),
            (len(SECRET_KEY) < 50, "IFN_SECRET_KEY is shorter than 50 characters"),  # noqa: PLR2004
            (DEBUG, "IFN_DEBUG is on"),
            (not ALLOWED_HOSTS, "IFN_ALLOWED_HOSTS names no host"),
            ("*" in ALLOWED_HOSTS, "IFN_ALLOWED_HOSTS allows every host"),
        ]
        if broken
    ]
    if faults:
        raise ImproperlyConfigured(f"Not fit for production: {'; '.join(faults)}.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "csp",
    "template_partials",
    "ifn.audit",
    "ifn.jobs",
    "ifn.linkage",
    "ifn.quotas",
    "ifn.regions",
    "ifn.textsearch",
    "ifn.ui",
    "ifn.mail",
    "ifn.accounts",
    "ifn.notices",
    "ifn.vocabulary",
    "ifn.directory",
    "ifn.assessments",
    "ifn.connections",
    "ifn.intake",
    "ifn.programmes",
    "ifn.statistics",
    "ifn.collaboration",
    "ifn.moderation",
    "ifn.demo",
    "ifn.api",
    "ifn.privacy",
    "ifn.site",
]
MIDDLEWARE = [
    "ifn.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ifn.ui.compression.Compression",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ifn.ui.requestlimit.RequestLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ifn.accounts.sessions.Authentication",
    "ifn.accounts.access.SignInUnlessOpen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "ifn.urls"
WSGI_APPLICATION = "ifn.wsgi.application"
FORM_RENDERER = "ifn.ui.controls.Controls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials", "ifn.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ifn.ui.context.page",
                "ifn.notices.context.unread",
                "ifn.connections.context.followed",
            ],
        },
    }
]

DATABASES = {
    "default": environment.database(
        environment.text("DATABASE_URL", f"sqlite:///{VAR / 'ifn.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["ifn.accounts.backends.EmailOrPhone"]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "site:start"
SESSION_ENGINE = "ifn.accounts.sessions"
#: Whether pages for staff open only to those who sign in with a second factor.
STAFF_SECOND_FACTOR = environment.flag("IFN_STAFF_SECOND_FACTOR", default=True)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email", "phone"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(environment.text("IFN_MEDIA", str(VAR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ifn.ui.storage.StaticFilesStorage"},
    # No address leads here: what lies in it is sent by views that ask who may see it.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": environment.text("IFN_PRIVATE", str(VAR / "private")),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
#: Files larger than this go to disk while they arrive; the form for photos has its own bound, and
#: ``ifn.ui.requestlimit`` bounds all that arrives at once.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
#: Seconds a silent worker keeps its job.
JOB_LEASE = environment.number("IFN_JOB_LEASE", 60)
#: Months after which a profile that nobody confirmed says so and sinks, and leaves the usual list.
STALE_MONTHS = environment.number("IFN_STALE_MONTHS", 12, least=1)
DORMANT_MONTHS = environment.number("IFN_DORMANT_MONTHS", 24, least=1)
#: How likely a row of a list must be a profile to be taken for it, or else shown to a person.
LINK_SAME = environment.number("IFN_LINK_SAME", 95, least=50) / 100
LINK_ASK = environment.number("IFN_LINK_ASK", 50, least=1) / 100
#: Months that a check of each topic holds, unless the officer sets another day.
VERIFIED_MONTHS = {
    "legality": environment.number("IFN_LEGALITY_MONTHS", 24, least=1),
    "capability": environment.number("IFN_CAPABILITY_MONTHS", 24, least=1),
    "place": environment.number("IFN_PLACE_MONTHS", 24, least=1),
    "order": environment.number("IFN_ORDER_MONTHS", 12, least=1),
}
TASKS = {"default": {"BACKEND": "ifn.jobs.backend.LeaseBackend"}}

#: Letters a day that somebody may write to firms, each to five of them at most, by trust.
LETTERS_A_DAY = {
    "visitor": environment.number("IFN_LETTERS_VISITOR", 3, least=1),
    "member": environment.number("IFN_LETTERS_MEMBER", 10, least=1),
    "verified": environment.number("IFN_LETTERS_VERIFIED", 50, least=1),
}

#: Requests a minute that the API answers from one place, and for one key.
API_RATE = environment.number("IFN_API_RATE", 60)
API_KEY_RATE = environment.number("IFN_API_KEY_RATE", 600)

EMAIL_BACKEND = environment.text(
    "IFN_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_HOST = environment.text("IFN_EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("IFN_EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("IFN_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = environment.secret("IFN_EMAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("IFN_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text(
    "IFN_EMAIL_FROM", "Indonesia Footwear Network <ifn@localhost>"
)
#: Where failures come back to; the name of each message is added to it after a plus sign.
BOUNCE_ADDRESS = environment.text("IFN_BOUNCE_ADDRESS", "")
#: The mbox or Maildir that they are read from every ten minutes.
BOUNCE_BOX = environment.text("IFN_BOUNCE_BOX", "")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^sehat$", r"^siap$"]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if environment.flag("IFN_BEHIND_PROXY", default=False)
    else None
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS] if PUBLIC_ADDRESS.startswith("https://") else []
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
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOG_LEVEL = environment.text("IFN_LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "ifn.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        "ifn": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

environment.refuse_unknown()
