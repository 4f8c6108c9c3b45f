"""How views say: not now."""

from datetime import datetime
from http import HTTPStatus

from django.forms import Form
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def refuse_for_now(form: Form, again_at: datetime) -> HTTPStatus:
    """Say in the form when to try again."""
    form.add_error(
        None,
        _("Too many tries. Try again after %(time)s.")
        % {"time": time_format(localtime(again_at), "H:i")},
    )
    return HTTPStatus.TOO_MANY_REQUESTS
