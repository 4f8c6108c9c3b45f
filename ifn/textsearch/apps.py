from django.apps import AppConfig


class TextsearchConfig(AppConfig):
    name = "ifn.textsearch"
