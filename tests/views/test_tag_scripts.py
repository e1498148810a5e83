"""The scripts of tagging are all told at once."""

import re

from django.conf import settings
from django.template.loader import render_to_string

IMPORTED = re.compile(r'^(?:import|export) .*?"(\./|\.\./)([\w/]+\.js)";', re.MULTILINE)


def test_every_script_that_tagging_imports_is_told_at_once() -> None:
    folder = settings.BASE_DIR / "static" / "js"
    modules = sorted((folder / "tagging").glob("*.js"))
    wanted = {
        f"js/{'tagging/' if where == './' else ''}{name}"
        for module in modules
        for where, name in IMPORTED.findall(module.read_text())
    }

    html = render_to_string("article/tag_scripts.html")

    assert set(re.findall(r'href="/static/([^"]+)"', html)) == wanted
