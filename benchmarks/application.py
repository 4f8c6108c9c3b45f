"""The platform with the floors beside its own pages, for the real server."""

from django.conf import settings

from ifn.wsgi import application

settings.ROOT_URLCONF = "benchmarks.floors"

__all__ = ["application"]
