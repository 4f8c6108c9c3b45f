from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "ifn.privacy"

    def ready(self) -> None:
        from ifn.privacy import work  # noqa: PLC0415  # models are there only now

        work.join()
