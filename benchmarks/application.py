"""The platform with the floors beside its own pages, for the real server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ifn.settings")
application = get_wsgi_application()
settings.ROOT_URLCONF = "benchmarks.floors"
