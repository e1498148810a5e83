"""The colours: text at 7:1 on every ground it stands on, lines that can be acted on at 3:1."""

import re
from itertools import product

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
COLOURS = {
    name: (day, night)
    for name, day, night in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS
    )
}
WORDS = ("ink", "ink-soft", "accent", "accent-strong", "good", "warn", "bad", "note")
EDGES = ("edge", "focus", *(f"series-{number}" for number in range(1, 6)))
GROUNDS = ("paper", "raised", "sunken", "selected", "good-ground", "warn-ground", "bad-ground")


def luminance(colour: str) -> float:
    """Return relative luminance as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("front", "ground"), list(product(WORDS + EDGES, GROUNDS)))
def test_colours_can_be_read(front: str, ground: str, theme: int) -> None:
    least = 3 if front in EDGES else 7

    assert contrast(COLOURS[front][theme], COLOURS[ground][theme]) >= least


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "night"])
def test_words_on_the_accent_can_be_read(theme: int) -> None:
    assert contrast(COLOURS["on-accent"][theme], COLOURS["accent"][theme]) >= 7


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize("ground", ["hit", "hit-here"])
def test_what_was_looked_for_can_be_read(ground: str, theme: int) -> None:
    assert contrast(COLOURS["ink"][theme], COLOURS[ground][theme]) >= 7
