import json
from pathlib import Path

import brotli
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

#: Compressed bytes of a first view besides the page itself: 60 kB less 20 kB for the page.
MOST_BYTES, MOST_SCRIPT = 40_000, 30_000


def collect(folder):
    hashed = {"staticfiles": {"BACKEND": "ifn.ui.storage.StaticFilesStorage"}}
    with override_settings(STATIC_ROOT=folder, STORAGES=settings.STORAGES | hashed):
        call_command("collectstatic", interactive=False, verbosity=0)
    return json.loads((folder / "staticfiles.json").read_text())["paths"]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    return collect(folder), folder


def test_stylesheet_is_one_file_with_every_part_in_its_layer(collected):
    names, folder = collected
    style = (folder / names["ui/css/ifn.css"]).read_text()

    assert "@import" not in style
    assert "/*" not in style
    for layer in ("reset", "tokens", "base", "layouts", "components", "states", "print"):
        assert f"@layer {layer}{{" in style
    assert style.count("{") == style.count("}")


def test_every_part_of_the_stylesheet_is_used(collected):
    folder = Path(apps.get_app_config("ui").path) / "static" / "ui" / "css"
    entry = (folder / "ifn.css").read_text()

    for part in folder.glob("*.css"):
        assert part.name == "ifn.css" or f'url("{part.name}")' in entry


def test_modules_ask_for_each_other_by_hashed_name(collected):
    names, folder = collected
    script = (folder / names["ui/js/ifn.js"]).read_text()

    assert Path(names["ui/js/elements/suggest-box.js"]).name in script
    assert '"./elements/suggest-box.js"' not in script


def test_a_first_view_stays_within_its_budget(collected):
    names, folder = collected

    def weight(name):
        return len(brotli.compress((folder / names[name]).read_bytes()))

    script = sum(
        weight(name)
        for name in (
            "ui/js/ifn.js",
            "django_htmx/htmx-2.min.js",
            "ui/js/elements/suggest-box.js",
            "ui/js/elements/filter-form.js",
        )
    )
    assert script <= MOST_SCRIPT
    assert script + weight("ui/css/ifn.css") + weight("ui/icon.svg") <= MOST_BYTES


def test_a_second_collection_changes_nothing(collected):
    names, folder = collected

    assert collect(folder) == names
