import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.formats.jsonl import JsonLinesFormat
from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.parsed import ParsedArticle, ReadItem, Refused
from articles.text import BlockKind

READER = JsonLinesFormat()


def read(data: bytes, **mapping: str) -> list[ReadItem]:
    return list(READER.read(io.BytesIO(data), Origin(), ReadOptions(mapping=mapping)))


def article(data: bytes, **mapping: str) -> ParsedArticle:
    (item,) = read(data, **mapping)
    assert isinstance(item, ParsedArticle), item
    return item


def words(item: ParsedArticle, kind: BlockKind) -> list[str]:
    return [block.text for block in item.blocks if block.kind is kind]


def test_a_line_is_an_article_with_its_line_as_locator() -> None:
    first, second = read(b'{"title": "Bridge opens"}\n\n{"title": "Bridge shut"}\n')

    assert isinstance(first, ParsedArticle)
    assert first.locator == "line 1"
    assert second.locator == "line 3"


def test_the_answer_of_a_news_api_is_understood_by_its_names() -> None:
    record = {
        "source": {"id": "harbour", "name": "Harbour Post"},
        "author": "Jane Doe",
        "title": "Bridge opens",
        "description": "After nine years.",
        "url": "https://harbour.example/2019/bridge",
        "publishedAt": "2019-01-09T10:00:00Z",
        "content": "It opened.\n\nIt shut.",
        "sentiment": 0.4,
    }

    found = article(json.dumps({"status": "ok", "articles": [record]}).encode())

    assert found.locator == "record 1"
    assert found.source == "Harbour Post"
    assert found.byline == "Jane Doe"
    assert found.published is not None
    assert found.published.at == datetime(2019, 1, 9, 10, tzinfo=UTC)
    assert found.canonical_url == "https://harbour.example/2019/bridge"
    assert words(found, BlockKind.STANDFIRST) == ["After nine years."]
    assert words(found, BlockKind.PARAGRAPH) == ["It opened.", "It shut."]
    assert found.extra == {"source.id": "harbour", "sentiment": 0.4}
    assert found.provenance["source"].rule == "column source.name"


def test_a_bad_line_is_reported_and_the_others_go_on() -> None:
    lines = [b'{"title": "Day %d"}' % day for day in range(10_000)]
    lines[4_711] = b'{"title": "Day'

    items = read(b"\n".join(lines))

    refused = [item for item in items if isinstance(item, Refused)]
    assert len(items) == 10_000
    assert [item.locator for item in refused] == ["line 4712"]
    assert refused[0].code == "bad_json"
    assert "at character" in refused[0].reason
    assert refused[0].raw == '{"title": "Day'


def test_a_bad_record_in_a_list_leaves_the_next_alone() -> None:
    items = read(b'[{"title": "A"}, {"title": }, {"title": "]}"}]')

    assert [item.locator for item in items] == ["record 1", "record 2", "record 3"]
    assert isinstance(items[1], Refused)
    assert isinstance(items[2], ParsedArticle)


def test_a_list_longer_than_a_chunk_is_read_whole() -> None:
    records = [{"title": f"Day {day}", "body": 'a "quoted\\" {brace' * 40} for day in range(3_000)]

    items = read(json.dumps(records, indent=1).encode())

    assert len(items) == 3_000
    assert items[-1].locator == "record 3000"
    assert all(isinstance(item, ParsedArticle) for item in items)


@pytest.mark.parametrize("size", range(1, 40))
def test_a_list_is_cut_alike_wherever_a_chunk_ends(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.formats.json_values._CHUNK", size)
    titles = ['A "quoted\\" {brace', "]", "\\"]
    records = [{"title": title, "tags": [["}"], {}]} for title in titles]

    items = read(json.dumps(records).encode())

    assert [item.locator for item in items] == ["record 1", "record 2", "record 3"]
    assert [
        words(item, BlockKind.HEADLINE) for item in items if isinstance(item, ParsedArticle)
    ] == [[title] for title in titles]


def test_a_pretty_printed_object_is_one_article() -> None:
    data = json.dumps({"title": "A", "captions": [{"text": "A bridge."}]}, indent=2)

    assert article(data.encode()).captions[0].text == "A bridge."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_a_byte_order_mark_is_no_part_of_the_text(encoding: str) -> None:
    items = read('{"title": "Café"}\r\n{"title": "Łódź 😀"}\r\n'.encode(encoding))

    assert [
        words(item, BlockKind.HEADLINE) for item in items if isinstance(item, ParsedArticle)
    ] == [
        ["Café"],
        ["Łódź 😀"],
    ]


@pytest.mark.parametrize("nul", [b"\\u0000", b"\0"])
def test_nul_is_stripped_and_noted(nul: bytes) -> None:
    found = article(b'{"title": "Brid' + nul + b'ge", "tags": {"a' + nul + b'": ["' + nul + b'"]}}')

    assert words(found, BlockKind.HEADLINE) == ["Bridge"]
    assert found.dropped[0].reason == "NUL character"
    assert found.extra == {"tags.a": [""]}


def test_half_a_surrogate_pair_is_replaced() -> None:
    found = article(b'{"title": "Brid\\ud800ge", "tags": ["\\udc00"]}')

    assert words(found, BlockKind.HEADLINE) == ["Brid\ufffdge"]
    assert found.extra == {"tags": ["\ufffd"]}


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":' * 100_000,
        b'{"title":"A","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"title":"A\\ud800","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"title":"A","a":' + b"[" * 200 + b"]" * 200 + b"}",
        b'{"a":\n' * 50_000,
        b"[" * 100_000,
    ],
)
def test_deep_json_is_refused(data: bytes) -> None:
    (item,) = read(data)

    assert isinstance(item, Refused)


@pytest.mark.parametrize("value", [b"NaN", b"Infinity"])
def test_numbers_that_json_has_not_are_unknown(value: bytes) -> None:
    assert article(b'{"title": "A", "score": ' + value + b"}").extra == {}


def test_a_record_without_words_is_refused_and_kept() -> None:
    (item,) = read(b'{"id": 17, "url": "https://harbour.example/"}\n')

    assert isinstance(item, Refused)
    assert item.code == "no_text"
    assert json.loads(item.raw) == {"id": 17, "url": "https://harbour.example/"}


def test_a_given_mapping_wins_over_names() -> None:
    found = article(b'{"title": "A", "t2": "B", "id": "7"}', t2="headline", id="")

    assert words(found, BlockKind.HEADLINE) == ["B"]
    assert found.external_id is None
    assert found.extra == {"title": "A", "id": "7"}


def test_a_mapping_to_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(FormatError, match="no field called headlin"):
        read(b'{"title": "A"}', title="headlin")


def test_what_a_key_means_does_not_depend_on_the_keys_of_its_record() -> None:
    first, second = read(
        b'{"title": "A", "description": "Short.", "body": "Long."}\n'
        b'{"title": "B", "description": "Short too.", "newkey": 1, "section": "World"}\n'
    )

    assert isinstance(first, ParsedArticle)
    assert isinstance(second, ParsedArticle)
    assert words(second, BlockKind.STANDFIRST) == ["Short too."]
    assert second.section == "World"
    assert second.extra == {"newkey": 1}


def test_a_date_that_no_calendar_holds_is_unknown_and_kept() -> None:
    found = article(b'{"title": "A", "date": "2019-02-30"}')

    assert found.published is None
    assert found.extra == {"date": "2019-02-30"}


def test_a_second_choice_is_read_where_the_first_is_no_date() -> None:
    found = article(b'{"title": "A", "date": "soon", "year": "2019-01-09"}')

    assert found.published is not None
    assert found.published.date == date(2019, 1, 9)


def test_a_link_that_runs_script_is_no_address() -> None:
    found = article(b'{"title": "A", "url": "javascript:alert(1)"}')

    assert found.canonical_url is None
    assert found.extra == {"url": "javascript:alert(1)"}


def test_a_line_over_the_limit_is_refused_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("articles.formats.jsonl.MAX_LINE", 100)

    items = read(b'{"title": "A"}\n{"title": "' + b"x" * 500 + b'"}\n{"title": "C"}\n')

    assert [type(item) for item in items] == [ParsedArticle, Refused, ParsedArticle]
    assert [item.locator for item in items] == ["line 1", "line 2", "line 3"]


def test_json_is_recognised_by_how_it_begins() -> None:
    assert READER.sniff(b'{"title": "A"}\n', Origin()) > 40
    assert READER.sniff(b' [ {"title": "A"}]', Origin()) > 40
    assert READER.sniff(b"[FULL STORY]\nThe Guardian", Origin()) == 0
    assert READER.sniff(b"{{ template }}", Origin()) == 0


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_items_or_one_error(data: bytes) -> None:
    try:
        items = read(data)
    except FormatError:
        return
    assert items == read(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
_KEYS = st.sampled_from(
    [
        "title",
        "body",
        "blocks",
        "published",
        "modified",
        "byline",
        "authors",
        "agency",
        "source",
        "section",
        "url",
        "captions",
        "dateline",
        "key_points",
        "language",
        "extra",
        "source_domain",
        "text",
        "id",
    ]
)


@settings(deadline=None)
@given(st.lists(st.dictionaries(_KEYS | st.text(max_size=8), _JSON, max_size=8), max_size=4))
@example([{"title": float("inf")}, {"title": float("nan")}])
def test_any_records_give_an_item_each(records: list[dict[str, object]]) -> None:
    data = "\n".join(json.dumps(record) for record in records).encode()

    items = read(data)

    assert [item.locator for item in items] == [f"line {n}" for n in range(1, len(records) + 1)]
    for item in items:
        assert "\\x00" not in repr(item)
