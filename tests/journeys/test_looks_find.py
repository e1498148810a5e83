"""What looks at pages finds what is wrong in one look alone, whichever that is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("transactional_db"),
]

# What stands on a page, and what it looks like there.
ADD = """([markup, style]) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
  document.querySelector("main").insertAdjacentHTML("beforeend", markup);
}"""
WORDS = '<p class="tried">Words to be read</p>'
NAMELESS = '<button class="tried"></button>'
NARROW, WIDE = "(max-width: 40rem)", "(min-width: 40rem)"


@pytest.mark.parametrize(
    ("markup", "style", "found"),
    [
        (WORDS, f"@media {WIDE} {{ .tried {{ color: light-dark(#999, #fff) }} }}", "contrast"),
        (WORDS, f"@media {NARROW} {{ .tried {{ color: light-dark(#999, #fff) }} }}", "contrast"),
        (WORDS, f"@media {WIDE} {{ .tried {{ color: light-dark(#000, #666) }} }}", "contrast"),
        (WORDS, f"@media {NARROW} {{ .tried {{ color: light-dark(#000, #666) }} }}", "contrast"),
        (NAMELESS, f"@media {WIDE} {{ .tried {{ display: none }} }}", "button-name"),
        (NAMELESS, f"@media {NARROW} {{ .tried {{ display: none }} }}", "button-name"),
        (WORDS, f"@media {WIDE} {{ .tried {{ width: 2000px }} }}", "wider than 1440 px"),
        (WORDS, f"@media {NARROW} {{ .tried {{ width: 500px }} }}", "wider than 360 px"),
    ],
    ids=[
        "colour by day at a desk",
        "colour by day on a phone",
        "colour by night at a desk",
        "colour by night on a phone",
        "name on a phone",
        "name at a desk",
        "width at a desk",
        "width on a phone",
    ],
)
def test_what_is_wrong_in_one_look_alone_is_found(
    page: Page, in_all_looks: Callable[[Page], None], markup: str, style: str, found: str
) -> None:
    page.goto("/login/")
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    page.evaluate(ADD, [markup, style])

    with pytest.raises(AssertionError, match=found):
        in_all_looks(page)


def test_links_that_only_their_colour_tells_are_found(
    page: Page, in_all_looks: Callable[[Page], None]
) -> None:
    page.goto("/login/")
    page.evaluate(
        ADD,
        [
            '<p class="tried">Some words, and <a href="/">a link</a> among them.</p>',
            ".tried a { color: light-dark(#333, #fff) !important; text-decoration: none; }",
        ],
    )

    with pytest.raises(AssertionError, match="link-in-text-block"):
        in_all_looks(page)
