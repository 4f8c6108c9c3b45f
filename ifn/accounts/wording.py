"""What happened to an account, in words."""

from django.utils.translation import gettext as _


def event_name(event: str) -> str:
    """Return an event of the record as people would say it."""
    names = {
        "accounts.person.created": _("account opened by the office"),
        "accounts.person.registered": _("account opened"),
        "accounts.person.deactivated": _("account closed"),
        "accounts.person.reopened": _("account opened again"),
        "accounts.role.changed": _("role changed"),
        "accounts.duties.given": _("duties changed"),
        "accounts.territory.given": _("regions changed"),
        "accounts.password.changed": _("password changed"),
        "accounts.link.sent": _("link for signing in sent"),
        "accounts.link.made": _("link for signing in made by the office"),
        "accounts.link.used": _("signed in by a link"),
        "accounts.email.asked": _("new e-mail address entered"),
        "accounts.email.changed": _("e-mail address changed"),
        "accounts.email.given-back": _("change of the e-mail address undone"),
        "accounts.phone.changed": _("phone number changed"),
        "accounts.authenticator.added": _("app with codes added"),
        "accounts.authenticator.removed": _("app with codes removed"),
        "accounts.passkey.added": _("passkey added"),
        "accounts.passkey.removed": _("passkey removed"),
        "accounts.factors.reset": _("second factors taken away by the office"),
        "accounts.second-factor.ended": _("second factor no longer asked for"),
        "accounts.recovery-codes.made": _("recovery codes made"),
        "accounts.recovery-code.used": _("recovery code used"),
        "accounts.session.ended": _("device signed out"),
        "accounts.sessions.ended": _("other devices signed out"),
    }
    return names.get(event, event)
