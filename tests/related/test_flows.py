"""Who takes how much from whom, and what of it they lack."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.models import Access, Article, Corpus, Link, Source, Version
from articles.related.outlets import flows
from articles.related.outlets.cuts import lack
from articles.related.outlets.flows import Flow
from articles.related.outlets.pairs_read import READ_EACH
from articles.search.asking import ask
from articles.text import Block, BlockKind, compose
from tests.factories import (
    judge,
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
)

pytestmark = pytest.mark.django_db

WIRE = (
    "The bridge was opened by the Premier of the state before a great crowd on Saturday.",
    "“It is a dream come true,” said Dr Bradfield, the engineer of the whole work.",
    "A pageant followed it, and after dark Mr Mackay had the arch lit by searchlights.",
)


@pytest.fixture
def reader(corpus: Corpus) -> User:
    return make_member(corpus)


@pytest.fixture
def times(corpus: Corpus) -> Source:
    return make_source(corpus, "The Times")


@pytest.fixture
def reuters(corpus: Corpus) -> Source:
    return make_source(corpus, "Reuters")


def _article(source: Source, paragraphs: tuple[str, ...] = WIRE, **fields: Any) -> Article:
    return make_article(source.corpus, source=source, paragraphs=paragraphs, **fields)


def _from(child: Article, parent: Article, kind: str = "edited_version") -> Link:
    link = make_link(child, parent, kind)
    side = "first" if link.first_id == child.pk else "second"
    Link.objects.filter(pk=link.pk).update(direction=side, found_direction=side)
    return link


def _cut_short(article: Article) -> None:
    Version.objects.filter(article=article).update(read={"flags": ["truncated"]})


def _flows(corpus: Corpus) -> dict[tuple[str, str], Flow]:
    takers = flows.flows(flows.of_corpus(corpus))
    return {(taker.source.name, flow.name): flow for taker in takers for flow in taker.flows}


class TestFlows:
    """The table."""

    def test_says_how_much_is_from_where_the_direction_is_known(
        self, corpus: Corpus, times: Source, reuters: Source
    ) -> None:
        for _ in range(2):
            _from(_article(times, WIRE[:2], agencies=("Reuters",)), _article(reuters))
        _article(times, ("Nothing of anybody else’s is in this one.",))

        found = _flows(corpus)

        assert list(found) == [("The Times", "Reuters")]
        flow = found["The Times", "Reuters"]
        assert (flow.known, flow.articles, flow.credited, flow.words) == (True, 2, 2, 62)
        assert flow.kept == pytest.approx(31 / 46, abs=0.01)
        assert flow.share == pytest.approx(62 / 70, abs=0.01)

    def test_tells_both_where_it_is_not(
        self, corpus: Corpus, times: Source, reuters: Source
    ) -> None:
        make_link(_article(times), _article(reuters), "same_text")

        found = _flows(corpus)

        assert set(found) == {("The Times", "Reuters"), ("Reuters", "The Times")}
        assert not any(flow.known for flow in found.values())

    def test_counts_an_article_once_however_many_copies_it_shares_text_with(
        self, corpus: Corpus, times: Source, reuters: Source
    ) -> None:
        taken = _article(times)
        for _ in range(3):
            _from(taken, _article(reuters))

        flow = _flows(corpus)["The Times", "Reuters"]

        assert (flow.articles, flow.words) == (1, taken.word_count)
        assert flow.share == 1.0

    def test_leaves_out_own_reprints_what_was_rejected_and_events(
        self, corpus: Corpus, times: Source, reuters: Source
    ) -> None:
        make_link(_article(times), _article(times), "same_text")
        judge(_from(_article(times), _article(reuters)), verdict="rejected")
        make_link(_article(times), _article(reuters), "same_event")

        assert _flows(corpus) == {}

    def test_tells_an_agency_that_is_credited_though_none_of_its_text_is_here(
        self, corpus: Corpus, times: Source
    ) -> None:
        _article(times, agencies=("Havas",))
        _article(times, dateline_agency="Havas")

        flow = _flows(corpus)["The Times", "Havas"]

        assert (flow.giver, flow.credited, flow.articles, flow.known) == (None, 2, 0, True)

    def test_takes_a_link_without_evidence_for_an_article_and_no_words(
        self, corpus: Corpus, times: Source, reuters: Source
    ) -> None:
        link = _from(_article(times), _article(reuters))
        Link.objects.filter(pk=link.pk).update(evidence={})

        flow = _flows(corpus)["The Times", "Reuters"]

        assert (flow.articles, flow.words, flow.kept, flow.lack.pairs) == (1, 0, None, 0)

    def test_keeps_to_what_a_query_finds(
        self,
        times: Source,
        reuters: Source,
        reader: User,
        index: Callable[[], int],
    ) -> None:
        _from(_article(times, headline="Wanted"), _article(reuters))
        _from(_article(times, headline="Another"), _article(reuters))
        index()

        [taker] = flows.flows(flows.of_answer(ask("headline:wanted", reader, readable=True)))

        assert (taker.articles, taker.flows[0].articles) == (1, 1)

    def test_has_the_pairs_behind_a_flow_for_who_may_read_them(
        self, corpus: Corpus, times: Source, reuters: Source, reader: User
    ) -> None:
        known = _from(_article(times), _article(reuters))
        unknown = make_link(_article(reuters), _article(times))
        scope, pair = flows.of_corpus(corpus), {"taker": times.pk, "giver": reuters.pk}

        assert list(flows.pairs(scope, reader, known=True, **pair)) == [known]
        assert list(flows.pairs(scope, reader, known=False, **pair)) == [unknown]
        turned = {"taker": reuters.pk, "giver": times.pk}
        assert list(flows.pairs(scope, reader, known=True, **turned)) == []
        Corpus.objects.update(access=Access.LICENSED)
        assert not flows.pairs(scope, AnonymousUser(), known=True, **pair).exists()

    def test_of_an_empty_corpus_is_empty(self) -> None:
        assert flows.flows(flows.of_corpus(make_corpus())) == []


class TestLack:
    """What of a text another one lacks."""

    def test_says_which_part_and_which_quotations_and_names(
        self, corpus: Corpus, times: Source, reuters: Source
    ) -> None:
        _from(_article(times, WIRE[:1]), _article(reuters))

        there = _flows(corpus)["The Times", "Reuters"].lack

        beginning, middle, end = (share for _, share in there.parts)
        assert beginning < 0.1
        assert middle > 0.8
        assert end > 0.9
        assert there.quotations == (1, 1)
        assert there.names[0] >= 1
        assert there.pairs == 1

    @pytest.mark.parametrize("of", ["taker", "giver"])
    def test_is_not_told_of_a_text_that_breaks_off(
        self, corpus: Corpus, times: Source, reuters: Source, of: str
    ) -> None:
        _from(_article(times, WIRE[:2]), _article(reuters))
        sides = {"taker": _article(times, WIRE[:1]), "giver": _article(reuters)}
        _from(sides["taker"], sides["giver"])
        _cut_short(sides[of])

        there = _flows(corpus)["The Times", "Reuters"].lack

        assert (there.pairs, there.cut_short, there.quotations) == (1, 1, (0, 1))

    def test_is_told_of_whole_texts_though_newer_ones_break_off(
        self, corpus: Corpus, times: Source, reuters: Source
    ) -> None:
        wire = _article(reuters)
        for number in range(READ_EACH + 2):
            taken = _article(times, WIRE[:2])
            _from(taken, wire)
            if number > 2:
                _cut_short(taken)

        there = _flows(corpus)["The Times", "Reuters"].lack

        assert (there.pairs, there.cut_short) == (3, READ_EACH - 1)

    def test_of_a_text_that_has_all_of_it_is_nothing(self) -> None:
        composed = compose([Block(BlockKind.PARAGRAPH, words) for words in WIRE])
        blocks: list[list[str | int]] = [
            [span.kind, span.start, span.end] for span in composed.spans
        ]
        whole = [(0, len(composed.text))]

        there = lack(composed.text, blocks, "en", whole, composed.text)

        assert [share for _, share in there.parts] == [0, 0, 0]
        assert (there.quotations, there.names[0]) == ((0, 1), 0)

    def test_of_a_text_without_a_body_is_nothing(self) -> None:
        there = lack("", [], None, [(0, 9)], "")

        assert [share for _, share in (there + there).parts] == [0, 0, 0]
