"""What became of each word from one text to another."""

import json

import pytest

from articles.related.comparing.comparison import (
    MOST_BLOCKS,
    Comparison,
    Fate,
    Row,
    RowFate,
    Run,
    Text,
    as_data,
    compare,
)
from articles.text import Block, BlockKind, compose

BRIDGE = "The bridge opened on Tuesday after nine years of work on both banks of the river."
CROWD = "Crowds came from every suburb to see the ribbon cut, and stayed until the lamps were lit."
TOLL = "A toll of sixpence will be asked of every motor car until the loan has been repaid in full."
FERRY = "The ferry company said its last boat would cross on Sunday with the men who built her."


def text(*blocks: str | tuple[BlockKind, str]) -> Text:
    composed = compose(
        Block(BlockKind.PARAGRAPH, each) if isinstance(each, str) else Block(*each)
        for each in blocks
    )
    return Text(composed.text, composed.spans)


def words(of: Text, runs: tuple[Run, ...], *fates: Fate) -> list[str]:
    return [of.text[run.start : run.end].strip() for run in runs if run.fate in fates]


def fates(comparison: Comparison) -> list[tuple[int | None, int | None, str]]:
    return [(row.first, row.second, row.fate.value) for row in comparison.rows]


def only_row(first: str, second: str) -> tuple[Text, Text, Row]:
    one, other = text(first), text(second)
    [row] = compare(one, other).rows
    return one, other, row


def test_equal_texts_are_kept_whole() -> None:
    found = compare(text(BRIDGE, CROWD), text(BRIDGE, CROWD))

    assert fates(found) == [(0, 0, "same"), (1, 1, "same")]
    assert found.is_same
    assert found.summary.first.share == found.summary.second.share == 1


def test_texts_without_a_word_in_common_are_cut_and_added_whole() -> None:
    found = compare(text("Rain fell."), text("Snow lies deep."))

    assert fates(found) == [(0, None, "cut"), (None, 0, "added")]
    assert (found.summary.cut, found.summary.added) == (2, 3)


def test_an_empty_text_can_be_compared() -> None:
    assert compare(text(), text()).rows == ()
    assert fates(compare(text(), text(BRIDGE))) == [(None, 0, "added")]
    assert fates(compare(text(BRIDGE), text())) == [(0, None, "cut")]


def test_cut_and_added_words_stand_in_their_paragraph() -> None:
    one, other, row = only_row(
        "Police said hundreds of thousands and possibly more than a million people had marched.",
        "Police said as many as a million people had marched.",
    )

    assert words(one, row.first_runs, Fate.CUT) == ["hundreds of thousands and possibly more than"]
    assert words(other, row.second_runs, Fate.ADDED) == ["as many as"]


def test_a_paragraph_that_was_cut_leaves_the_others_beside_each_other() -> None:
    found = compare(text(BRIDGE, CROWD, TOLL), text(BRIDGE, TOLL))

    assert fates(found) == [(0, 0, "same"), (1, None, "cut"), (2, 1, "same")]
    assert found.summary.first.lone_blocks == 1


def test_a_paragraph_that_moved_is_neither_cut_nor_added() -> None:
    found = compare(text(BRIDGE, CROWD, TOLL, FERRY), text(FERRY, BRIDGE, CROWD, TOLL))

    assert fates(found) == [
        (None, 0, "moved"),
        (0, 1, "same"),
        (1, 2, "same"),
        (2, 3, "same"),
        (3, None, "moved"),
    ]
    moved = found.rows[-1]
    assert moved.counterpart == 0
    assert found.summary.cut == found.summary.added == 0
    assert found.summary.first.moved == found.summary.second.moved == 17


def test_words_changed_in_a_paragraph_that_moved_are_told() -> None:
    edited = FERRY.replace("on Sunday", "on Monday night")
    one, other = text(BRIDGE, CROWD, TOLL, FERRY), text(edited, BRIDGE, CROWD, TOLL)

    found = compare(one, other)

    assert words(one, found.rows[-1].first_runs, Fate.CUT) == ["Sunday"]
    assert words(other, found.rows[0].second_runs, Fate.ADDED) == ["Monday night"]


def test_paragraphs_that_were_joined_stay_next_to_what_they_became() -> None:
    one, other = text(BRIDGE, CROWD, TOLL), text(f"{BRIDGE} {CROWD}", TOLL)

    found = compare(one, other)

    assert fates(found) in (
        [(0, 0, "edited"), (1, None, "edited"), (2, 1, "same")],
        [(0, None, "edited"), (1, 0, "edited"), (2, 1, "same")],
        [(0, 0, "same"), (1, None, "edited"), (2, 1, "same")],
        [(0, None, "edited"), (1, 0, "same"), (2, 1, "same")],
    )
    assert found.summary.first.share == found.summary.second.share == 1
    assert all(run.fate is Fate.KEPT for row in found.rows for run in row.first_runs)


def test_a_paragraph_that_was_parted_stays_next_to_its_parts() -> None:
    found = compare(text(f"{BRIDGE} {CROWD}", TOLL), text(BRIDGE, CROWD, TOLL))

    alone = next(row for row in found.rows if row.first is None)
    assert alone.counterpart == 0
    assert alone.fate is RowFate.EDITED
    assert found.summary.second.kept == found.summary.second.words


def test_a_sentence_handed_to_another_paragraph_is_not_cut() -> None:
    one = text(f"{BRIDGE} {CROWD}", f"{TOLL} {FERRY}")
    other = text(BRIDGE, f"{TOLL} {CROWD} {FERRY}")

    found = compare(one, other)

    assert found.summary.cut == found.summary.added == 0


def test_another_spelling_is_told_from_another_word() -> None:
    one, other, row = only_row(
        "His work publicizing the plight of neighboring towns won honors and a prize.",
        "His work publicising the plight of neighbouring towns won honours and a medal.",
    )

    assert words(one, row.first_runs, Fate.RESPELLED) == ["publicizing", "neighboring", "honors"]
    assert words(other, row.second_runs, Fate.RESPELLED) == [
        "publicising",
        "neighbouring",
        "honours",
    ]
    assert words(one, row.first_runs, Fate.CUT) == ["prize."]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("web site", "website"), ("cease-fire", "ceasefire"), ("well known", "well-known")],
)
def test_words_that_a_hyphen_or_a_space_joins_are_respelled(ours: str, theirs: str) -> None:
    one, other, row = only_row(
        f"They said the {ours} was their own work.", f"They said the {theirs} was their own work."
    )

    assert words(one, row.first_runs, Fate.RESPELLED) == [ours]
    assert words(other, row.second_runs, Fate.RESPELLED) == [theirs]


def test_case_and_punctuation_alone_do_not_shout() -> None:
    _, _, row = only_row(
        'The Foreign Ministry said, "No comment" - then left.',
        "The foreign ministry said “no comment”, then left.",
    )

    assert {run.fate for run in row.first_runs} == {Fate.KEPT}
    assert any(not run.is_exact for run in row.first_runs)
    assert row.fate is RowFate.SAME


def test_another_sum_of_money_is_another_word() -> None:
    one, _, row = only_row(
        "The town paid $5,000 for the clock and 5% more for the bell.",
        "The town paid £5,000 for the clock and 6% more for the bell.",
    )

    assert words(one, row.first_runs, Fate.CUT) == ["$5,000", "5%"]


def test_headlines_stand_beside_each_other_however_they_were_rewritten() -> None:
    one = text((BlockKind.HEADLINE, "Harbour bridge opens"), BRIDGE)
    other = text((BlockKind.HEADLINE, "Nine years, and then a ribbon"), BRIDGE)

    found = compare(one, other)

    assert [(row.first, row.second) for row in found.rows] == [(0, 0), (1, 1)]
    assert found.summary.second.share == 1


def test_a_key_point_does_not_take_its_paragraph_s_place() -> None:
    one = text((BlockKind.KEY_POINT, BRIDGE), BRIDGE, CROWD)

    found = compare(one, text(BRIDGE, CROWD))

    assert fates(found) == [(0, None, "cut"), (1, 0, "same"), (2, 1, "same")]


def test_a_word_or_two_in_common_are_not_said_to_be_kept() -> None:
    found = compare(
        text("The minister resigned after the vote on the harbour dues was lost by a wide margin."),
        text("In the orchard the pickers found a swarm of bees and were driven off the ladders."),
    )

    assert {run.fate for row in found.rows for run in row.first_runs} == {Fate.CUT}


def test_paragraphs_that_share_short_words_alone_do_not_stand_beside_each_other() -> None:
    found = compare(
        text("The nearest of them was more than 1000 miles from the volcano."),
        text("The way from London to Bombay is shorter by more than 4,000 miles with the canal."),
    )

    assert fates(found) == [(0, None, "cut"), (None, 0, "added")]


def test_a_sentence_told_in_other_words_stands_beside_what_it_was() -> None:
    found = compare(
        text("All passengers of the White Star liner Titanic, which struck an iceberg, are safe."),
        text("The White Star liner Titanic sank three hours after she struck an iceberg."),
    )

    assert fates(found) == [(0, 0, "edited")]


def test_arabic_keeps_its_words_whole() -> None:
    one, other, row = only_row(
        "قالت وزارة الخارجية إن ألفي كازاخي سيغادرون البلاد هذا العام",
        "قالت وزارة الخارجية إن آلاف الكازاخ سيغادرون البلاد قريبا",
    )

    assert words(one, row.first_runs, Fate.CUT) == ["ألفي كازاخي", "هذا العام"]
    assert words(other, row.second_runs, Fate.ADDED) == ["آلاف الكازاخ", "قريبا"]


def test_chinese_is_compared_sign_by_sign() -> None:
    one, other, row = only_row("大桥星期二正式通车。", "大桥星期三正式通车。")

    assert words(one, row.first_runs, Fate.CUT) == ["二"]
    assert words(other, row.second_runs, Fate.ADDED) == ["三"]


def test_emoji_and_signs_beyond_the_first_plane_count_as_one() -> None:
    one, other, row = only_row(
        "Rain 🌧️ fell on the town all day.", "Rain 🌧️ fell on the city all day."
    )

    assert words(one, row.first_runs, Fate.CUT) == ["town"]
    assert words(other, row.second_runs, Fate.ADDED) == ["city"]


def test_as_data_is_json_with_the_places_of_both_sides() -> None:
    data = json.loads(json.dumps(as_data(compare(text(BRIDGE, CROWD), text(BRIDGE)))))

    assert data["summary"]["is_whole"] is True
    assert data["summary"]["first"]["cut"] == 17
    assert data["summary"]["second"]["added"] == 0
    assert data["rows"][0]["first_runs"] == [
        {
            "start": 0,
            "end": len(BRIDGE),
            "fate": "kept",
            "other": [0, len(BRIDGE)],
            "exact": True,
        }
    ]
    assert data["rows"][1]["second"] is None


def test_one_word_repeated_without_end_is_compared_in_bounded_work() -> None:
    found = compare(text("word " * 100_000), text("word " * 90_000))

    assert found.summary.second.kept == 90_000
    assert found.summary.cut == 10_000


def test_long_unlike_paragraphs_are_not_compared_word_by_word_and_it_is_said() -> None:
    # Ten words in an order of their own: everything is alike everywhere.
    one = " ".join(f"w{n * n % 10}" for n in range(30_000))
    other = " ".join(f"w{n * n * n % 10}" for n in range(30_000))

    found = compare(text(one), text(other))

    assert not found.summary.is_whole


def test_of_five_megabytes_only_what_changed_is_compared() -> None:
    paragraphs = [" ".join(f"w{n * m % 997}" for m in range(60)) + f" {n}" for n in range(15_000)]
    edited = [*paragraphs]
    edited[7_000] = f"{paragraphs[7_000]} and more"

    found = compare(text(*paragraphs), text(*edited))

    assert found.summary.is_whole
    assert (found.summary.cut, found.summary.added) == (0, 2)


def test_five_unlike_megabytes_are_compared_as_wholes_and_it_is_said() -> None:
    one = [" ".join(f"w{n * m % 997}" for m in range(60)) + f" {n}" for n in range(15_000)]
    other = [" ".join(f"v{n * m % 997}" for m in range(60)) + f" {n}" for n in range(15_000)]

    found = compare(text(*one), text(*other))

    assert not found.summary.is_whole
    assert found.summary.second.share == 0


def test_more_blocks_than_can_be_shown_are_left_out_and_it_is_said() -> None:
    found = compare(text(*["word"] * (MOST_BLOCKS + 1)), text("word"))

    assert not found.summary.is_whole
    assert len(found.rows) <= MOST_BLOCKS + 1
