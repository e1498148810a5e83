"""The colours: text at 7:1 on every ground it stands on, lines that can be acted on at 3:1."""

import re
from collections.abc import Sequence
from itertools import combinations, product
from math import dist

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
KINDS = tuple(f"kind-{number}" for number in range(12))
EDGES = ("edge", "focus", *(f"series-{number}" for number in range(1, 6)), *KINDS)
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


# What is left of red, green and blue (linear) in sight that lacks a cone: Machado and others, 2009.
SIGHTS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen(colour: str, sight: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Return a colour as it is seen, in Oklab: lightness and two hues."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    red, green, blue = (
        max(0.0, sum(share * part for share, part in zip(row, linear, strict=True)))
        for row in sight
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_kinds_can_be_told_apart_with_whatever_cones(sight: str, theme: int) -> None:
    lightnesses_and_hues = [seen(COLOURS[kind][theme], SIGHTS[sight]) for kind in KINDS]

    for (one, first), (other, second) in combinations(enumerate(lightnesses_and_hues), 2):
        # Those that every codebook begins with most of all; of others the underline helps.
        least = 0.07 if max(one, other) < 5 else 0.03
        assert dist(first, second) > least, (one, other)


def test_a_theme_is_nothing_but_colours() -> None:
    # So the journeys look at all but colours in one theme alone.
    asks = re.compile(r"prefers-color-scheme|light-dark\(|data-theme|dataset\.theme")
    of_ours = [
        path
        for path in sorted((settings.BASE_DIR / "static").rglob("*.*"))
        if path.suffix in {".css", ".js"} and "vendor" not in path.parts
    ]

    ask = {path.name for path in of_ours if asks.search(path.read_text())}
    themed = re.findall(r":root\[data-theme[^{]*\{([^}]*)\}", TOKENS)

    assert ask == {"tokens.css", "print.css", "theme.js"}
    assert [rule.strip() for rule in themed] == ["color-scheme: light;", "color-scheme: dark;"]
    assert "prefers-color-scheme" not in TOKENS
