# The platform's own settings, with a lease that a test can wait for.
from ifn.settings import *  # noqa: F403, TID251

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.probe"]  # noqa: F405
JOB_LEASE = 1
