"""The lines of three editions: what stands beside what."""

from hypothesis import given
from hypothesis import strategies as st

from articles.related.comparing.comparison import Text, compare
from articles.text import BlockKind, Span
from articles.views.editions.compare_drawing import Edition
from articles.views.editions.compare_lines import Line
from articles.views.editions.compare_three import lines_of_three

BRIDGE = "The bridge opened on Tuesday after nine years of work on both of the banks."
FERRY = "The ferry makes its last crossing on Sunday with the band of the fire brigade on board."
TOLL = "A toll of sixpence will be asked of every motor car until the loan has been repaid."
TRAMS = "Trams run across from the first of next month, every ten minutes in the morning."
SNOW = "Snow lay on the hills behind the town and nobody had the heart to speak of it."
MAYOR = "The mayor, who had opposed the scheme since his youth, was seen to cross it twice."
PARAGRAPHS = (BRIDGE, FERRY, TOLL, TRAMS, SNOW, MAYOR)


def edition(sign: str, *paragraphs: str) -> Edition:
    spans = []
    at = 0
    for words in paragraphs:
        spans.append(Span(BlockKind.PARAGRAPH, at, at + len(words)))
        at += len(words) + 2
    return Edition(Text("\n\n".join(paragraphs), spans), sign, f"the {sign}")


def lines_of(*texts: tuple[str, ...]) -> list[Line]:
    first, second, third = (edition(sign, *words) for sign, words in zip("abc", texts, strict=True))
    found = compare(first.text, second.text), compare(first.text, third.text)
    return lines_of_three((first, second, third), found, compare(second.text, third.text))


def ids(lines: list[Line]) -> list[str]:
    """Return the blocks on each line, by sign and number, gaps as hyphens."""
    return [
        " ".join("+".join(each.id for each in cell) or "-" for cell in line.cells) for line in lines
    ]


def test_what_two_share_and_the_first_lacks_is_on_one_line() -> None:
    lines = lines_of((BRIDGE, TOLL), (BRIDGE, FERRY, TRAMS, TOLL), (BRIDGE, FERRY, TRAMS, TOLL))

    assert ids(lines) == ["a-1 b-1 c-1", "- b-2 c-2", "- b-3 c-3", "a-2 b-4 c-4"]


def test_what_one_alone_has_stands_between_what_two_share() -> None:
    lines = lines_of((BRIDGE,), (BRIDGE, SNOW, FERRY, TRAMS), (BRIDGE, MAYOR, FERRY, TOLL, TRAMS))

    assert ids(lines) == [
        "a-1 b-1 c-1",
        "- b-2 -",
        "- - c-2",
        "- b-3 c-3",
        "- - c-4",
        "- b-4 c-5",
    ]


def test_what_two_share_is_on_one_line_though_one_of_them_cut_what_is_before_it() -> None:
    lines = lines_of((BRIDGE, TOLL, TRAMS), (BRIDGE, FERRY, TOLL), (BRIDGE, TOLL, FERRY, TRAMS))
    cut_before = lines_of((BRIDGE, TOLL, TRAMS), (BRIDGE, FERRY, TRAMS), (BRIDGE, FERRY, TOLL))

    # At two places of the first text: they are left there.
    assert ids(lines) == ["a-1 b-1 c-1", "- b-2 -", "a-2 b-3 c-2", "- - c-3", "a-3 - c-4"]
    assert ids(cut_before) == ["a-1 b-1 c-1", "- b-2 c-2", "a-2 - c-3", "a-3 b-3 -"]


def test_what_the_first_shares_with_one_stands_beside_that_of_the_other() -> None:
    rest = "and the harbour master said in the evening that he had counted every one of them"
    first, second = f"Forty boats came, {SNOW}", f"Forty boats came, {SNOW} {rest} {MAYOR}"
    third = f"{rest} {MAYOR}"

    assert ids(lines_of((BRIDGE, first, TOLL), (BRIDGE, second, TOLL), (BRIDGE, third, TOLL))) == [
        "a-1 b-1 c-1",
        "a-2 b-2 c-2",
        "a-3 b-3 c-3",
    ]


def test_what_was_parted_in_one_stays_on_the_line_of_what_it_was() -> None:
    lines = lines_of((f"{BRIDGE} {TOLL}", SNOW), (BRIDGE, TOLL, SNOW), (f"{BRIDGE} {TOLL}", SNOW))

    assert ids(lines) == ["a-1 b-1+b-2 c-1", "a-2 b-3 c-2"]


def test_where_two_differ_in_what_the_first_lacks_each_says_what_the_other_has_not() -> None:
    told = TOLL.replace("sixpence", "a shilling")
    spelled = FERRY.replace("crossing", "crossing past the harbour")
    respelled = spelled.replace("harbour", "harbor")

    joint, other = lines_of((BRIDGE,), (BRIDGE, TOLL, spelled), (BRIDGE, told, respelled))[1:]

    heard = '<span class="visually-hidden">{}: </span>'
    for cell, words, lacking, number in ((1, "sixpence", "c", 3), (2, "a shilling", "b", 2)):
        marked = f"{heard.format(f'added, not in the {lacking}')}{words}"
        assert (
            f'<ins class="w-added is-by-one">{marked}<sup aria-hidden="true">{number}</sup></ins>'
        ) in joint.cells[cell][0].words
    assert f'<mark class="w-respelled">{heard.format("respelled")}harbor</mark>' in (
        other.cells[2][0].words
    )


def test_keys_stop_at_what_others_alone_have_and_where_they_differ_in_it() -> None:
    told = TOLL.replace("sixpence", "a shilling")

    lines = lines_of(
        (BRIDGE,), (BRIDGE, FERRY, TRAMS, TOLL, SNOW), (BRIDGE, FERRY, TRAMS, told, MAYOR)
    )

    assert ids(lines)[1:] == ["- b-2 c-2", "- b-3 c-3", "- b-4 c-4", "- b-5 -", "- - c-5"]
    assert [line.is_stop for line in lines] == [False, True, False, True, True, True]


texts = st.lists(st.sampled_from(PARAGRAPHS), max_size=7).map(tuple)


@given(texts, texts, texts)
def test_each_block_stands_once_and_in_its_order(
    first: tuple[str, ...], second: tuple[str, ...], third: tuple[str, ...]
) -> None:
    lines = lines_of(first, second, third)

    for cell, (sign, text) in enumerate(zip("abc", (first, second, third), strict=True)):
        shown = [each.id for line in lines for each in line.cells[cell]]
        assert shown == [f"{sign}-{number + 1}" for number in range(len(text))]
    assert all(any(line.cells) for line in lines)
