from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "ifn.mail"
