"""Pages of stories and of who takes from whom, without scripts, as far as one may see."""

import csv
import io
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from articles.models import Access, Article, Corpus, Coverage, Operation, Role, Story, Version
from tests.factories import (
    judge,
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
    make_story,
)

SCRIPT = "<script>alert(1)</script>"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def annotator(corpus: Corpus, client: Client) -> User:
    user = make_member(corpus, Role.ANNOTATOR)
    client.force_login(user)
    return user


@pytest.fixture
def articles(corpus: Corpus) -> list[Article]:
    return [
        make_article(
            corpus,
            headline=f"Headline {day}",
            source=make_source(corpus, name),
            published=date(1932, 3, day),
        )
        for day, name in ((1, "Reuters"), (2, "The Times"), (30, "The Age"))
    ]


@pytest.fixture
def story(corpus: Corpus, articles: list[Article]) -> Story:
    return make_story(corpus, articles)


def _ids(articles: list[Article]) -> str:
    return ",".join(str(article.pk) for article in articles)


class TestList:
    """/stories/."""

    @pytest.mark.usefixtures("annotator", "story")
    def test_shows_each_in_a_line(self, client: Client) -> None:
        page = client.get("/stories/").content.decode()

        assert "Headline 1" in page
        assert "<b>3</b> articles" in page
        assert "1–30 March 1932" in page
        assert "Reuters, The Age, The Times" in page

    @pytest.mark.usefixtures("annotator")
    def test_says_how_stories_come_about_where_there_are_none(self, client: Client) -> None:
        page = client.get("/stories/").content.decode()

        assert "A story comes about by itself" in page
        assert "No story like that" in client.get("/stories/?from=1900-01-01").content.decode()

    @pytest.mark.usefixtures("annotator")
    @pytest.mark.parametrize(
        "query",
        ["q=%00", "from=tomorrow", "to=19320319", "from=%00", "order=best", "cursor=x", "what=1",
         "to=9999-12-31", "corpus=%00"],
    )  # fmt: skip
    def test_refuses_what_it_can_not_read(self, client: Client, query: str) -> None:
        assert client.get(f"/stories/?{query}").status_code == 400

    @pytest.mark.usefixtures("annotator", "story")
    def test_shows_the_largest_when_asked(self, client: Client) -> None:
        page = client.get("/stories/?order=largest&from=1932-03-01&to=1932-03-02").content.decode()

        assert "The 1 with the most articles" in page or "Stories with an article" in page
        assert "Headline 1" in page


class TestDetail:
    """/stories/<pk>/."""

    @pytest.mark.usefixtures("annotator")
    @pytest.mark.parametrize(
        ("names", "told"),
        [
            (("Reuters", "The Age", None), "3 articles in 2 outlets (1 article of unknown source)"),
            ((None, None), "2 articles of unknown source"),
            (("Reuters", "Reuters"), "2 articles in 1 outlet,"),
        ],
    )
    def test_counts_the_outlets_that_are_known(
        self, client: Client, corpus: Corpus, names: tuple[str | None, ...], told: str
    ) -> None:
        sources = {name: make_source(corpus, name) for name in dict.fromkeys(names) if name}
        rows = [make_article(corpus, source=sources.get(name or "")) for name in names]

        page = client.get(make_story(corpus, rows).get_absolute_url()).content.decode()
        listed = client.get("/stories/").content.decode()

        assert told in page
        assert (f"{len(sources)} outlet" in listed) == bool(sources)

    @pytest.mark.usefixtures("annotator")
    def test_counts_texts_by_name_only_where_that_says_something(
        self, client: Client, corpus: Corpus
    ) -> None:
        twice = "It was in Sydney, near London."
        rows = [make_article(corpus, paragraphs=(words,)) for words in (twice, twice, "In Paris.")]

        counted = client.get(make_story(corpus, rows).get_absolute_url()).content.decode()
        once = client.get(make_story(corpus, rows[2:]).get_absolute_url()).content.decode()

        assert '<bdi>Sydney</bdi> <span class="soft small">2</span>' in counted
        assert "<bdi>Paris</bdi></span>" in once

    @pytest.mark.usefixtures("annotator")
    def test_says_of_every_edition_which_agency_it_credits(
        self, client: Client, corpus: Corpus
    ) -> None:
        own, *copies = (
            make_article(corpus, source=make_source(corpus, name), agencies=("Reuters",))
            for name in ("Reuters", "The Age", "The Times")
        )
        story = make_story(corpus, [own, *copies])
        Coverage.objects.update(editions=own.pk)
        for copy in copies:
            make_link(copy, own, found_direction="second")

        page = client.get(story.get_absolute_url()).content.decode()

        assert page.count("from <bdi>Reuters</bdi>") == 2
        assert page.count("credits <bdi>Reuters</bdi>") == 2

    @pytest.mark.usefixtures("annotator")
    @pytest.mark.parametrize(("chosen", "told"), [(1, "It stays out"), (2, "They stay out")])
    def test_speaks_of_one_that_is_moved_or_of_several(
        self, client: Client, articles: list[Article], chosen: int, told: str
    ) -> None:
        page = client.get(f"/stories/move/?articles={_ids(articles[:chosen])}").content.decode()

        assert told in page

    @pytest.mark.usefixtures("annotator")
    def test_calls_no_copy_without_a_date_the_earliest(
        self, client: Client, corpus: Corpus
    ) -> None:
        undated = make_article(corpus, headline="Undated", published=None)
        taken = make_article(corpus, headline="Taken")
        link = make_link(undated, taken, found_direction="second")
        judge(link)
        judge(link, verdict="rejected")

        page = client.get(make_story(corpus, [undated, taken]).get_absolute_url()).content.decode()

        assert "Earliest known copy" not in page
        assert "What it is from is not known" in page
        assert '<span class="badge badge-warn">confirmed and rejected</span>' in page

    @pytest.mark.usefixtures("annotator")
    def test_draws_it_and_says_the_same_in_a_table(
        self, client: Client, story: Story, articles: list[Article]
    ) -> None:
        link = make_link(articles[0], articles[1])
        type(link).objects.filter(pk=link.pk).update(direction="second")

        page = client.get(story.get_absolute_url()).content.decode()

        assert page.count('class="mark"') == 4  # and one of the legend
        assert 'class="descends"' in page
        assert "27 days" in page
        assert "Articles by day" in page
        assert "Reuters, on 1 March 1932" in page
        assert "Who took it from whom" in page

    @pytest.mark.usefixtures("annotator")
    def test_escapes_what_stands_in_it(self, client: Client, corpus: Corpus) -> None:
        source = make_source(corpus, SCRIPT)
        rows = [make_article(corpus, headline=SCRIPT, source=source) for _ in range(2)]
        make_link(rows[0], rows[1], "same_text")
        story = make_story(corpus, rows, note=SCRIPT)

        of_story = [f"/stories/{story.pk}/{page}" for page in ("", "merge/", "edit/")]
        for address in (*of_story, "/stories/", f"/stories/move/?articles={rows[0].pk}"):
            assert SCRIPT not in client.get(address).content.decode()

    @pytest.mark.usefixtures("annotator")
    def test_leads_from_a_merged_one_to_what_stands(
        self, client: Client, corpus: Corpus, story: Story
    ) -> None:
        merged = make_story(corpus, merged_into=story)

        assert client.get(merged.get_absolute_url()).headers["Location"] == story.get_absolute_url()

    @pytest.mark.usefixtures("annotator")
    def test_says_so_where_nothing_is_left(self, client: Client, corpus: Corpus) -> None:
        page = client.get(make_story(corpus).get_absolute_url()).content.decode()

        assert "No article is in this story any more" in page

    def test_hides_the_note_and_names_from_who_may_not_read(self, visitor: Client) -> None:
        licensed = make_corpus(access=Access.LICENSED)
        words = ("Mr John Quillwort went home to Paris.",)
        rows = [make_article(licensed, paragraphs=words, snippet="s") for _ in range(2)]
        story = make_story(licensed, rows, note="Quillwort is the one")

        page = visitor.get(story.get_absolute_url()).content.decode()

        assert "Quillwort" not in page
        assert "Name and note" not in page
        assert "2 articles" in page

    @pytest.mark.usefixtures("annotator", "corpus")
    def test_of_a_large_story_takes_a_steady_number_of_queries(
        self, client: Client, corpus: Corpus, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        story = make_story(corpus, [make_article(corpus) for _ in range(60)])

        with django_assert_max_num_queries(30):
            client.get(story.get_absolute_url())


class TestActs:
    """What is put right from the pages."""

    @pytest.mark.usefixtures("annotator")
    def test_a_name_and_a_note_are_one_operation(self, client: Client, story: Story) -> None:
        sent = {"name": "The bridge", "note": "See the minutes"}

        answer = client.post(f"/stories/{story.pk}/edit/", sent, follow=True)

        story.refresh_from_db()
        assert (story.name, story.note) == ("The bridge", "See the minutes")
        assert Operation.objects.count() == 1
        assert "Undo" in answer.content.decode()

    @pytest.mark.usefixtures("annotator")
    def test_a_name_that_another_changed_meanwhile_is_not_overwritten(
        self, client: Client, story: Story
    ) -> None:
        page = client.get(f"/stories/{story.pk}/edit/")
        Story.objects.update(name="Another")

        sent = {"name": "Mine", "note": "", "state": page.context["state"]}
        answer = client.post(f"/stories/{story.pk}/edit/", sent)

        assert answer.status_code == 409
        assert 'value="Mine"' in answer.content.decode()
        story.refresh_from_db()
        assert story.name == "Another"

    @pytest.mark.usefixtures("annotator")
    def test_stories_near_in_time_are_merged_under_the_name_that_stands(
        self, client: Client, corpus: Corpus, story: Story
    ) -> None:
        near = make_article(corpus, headline="Near", published=date(1932, 4, 2))
        other = make_story(corpus, [near])
        address = f"/stories/{story.pk}/merge/"

        page = client.get(address).content.decode()
        answer = client.post(address, {"others": other.pk, "stands": other.pk})

        assert "Near" in page
        assert answer.headers["Location"] == other.get_absolute_url()
        story.refresh_from_db()
        assert story.merged_into == other
        assert client.post(address, {}).status_code == 409

    @pytest.mark.usefixtures("annotator")
    def test_articles_are_put_where_they_belong(
        self, client: Client, corpus: Corpus, story: Story, articles: list[Article]
    ) -> None:
        other = make_story(corpus, [make_article(corpus)], name="Other")
        address = f"/stories/move/?articles={_ids(articles[:1])}&of={story.pk}"

        def where() -> int | None:
            return Coverage.objects.get(pk=articles[0].pk).story_id

        client.post(address, {"to": "story", "story": other.pk})
        assert where() == other.pk
        client.post(address, {"to": "none"})
        assert where() is None
        answer = client.post(
            f"/stories/move/?articles={_ids(articles[:1])}", {"to": "new", "name": "Own"}
        )
        made = Story.objects.get(name="Own")
        assert where() == made.pk
        assert answer.headers["Location"] == made.get_absolute_url()
        client.post(address, {"to": "machine"})
        assert not Coverage.objects.get(pk=articles[0].pk).pinned

    @pytest.mark.usefixtures("annotator")
    def test_all_of_a_story_is_not_split_off_it(
        self, client: Client, story: Story, articles: list[Article]
    ) -> None:
        address = f"/stories/move/?articles={_ids(articles)}&of={story.pk}"

        answer = client.post(address, {"to": "new", "name": "All"})

        assert answer.status_code == 409
        assert "nothing would be left" in answer.content.decode()
        assert Story.objects.count() == 1

    @pytest.mark.usefixtures("annotator")
    @pytest.mark.parametrize(
        ("query", "sent", "status"),
        [
            ("", {"to": "new"}, 400),
            ("articles=x", {"to": "new"}, 400),
            ("articles=%00", {"to": "new"}, 400),
            ("articles=999999", {"to": "new"}, 404),
            ("articles={one}&of=999999", {"to": "new"}, 404),
            ("articles={one}", {"to": "elsewhere"}, 409),
            ("articles={one}", {"to": "story", "story": "x"}, 409),
            ("articles={one}", {"to": "story", "story": "9" * 30}, 409),
            ("articles={one}", {"to": "new", "name": "x" * 301}, 409),
            ("articles={one}", {"to": "new", "name": "a\0b"}, 400),
        ],
    )
    def test_what_makes_no_sense_is_refused_whole(
        self,
        client: Client,
        articles: list[Article],
        query: str,
        sent: dict[str, str],
        status: int,
    ) -> None:
        answer = client.post(f"/stories/move/?{query.format(one=articles[0].pk)}", sent)

        assert answer.status_code == status
        assert not Story.objects.exists()
        assert not Operation.objects.exists()

    def test_a_viewer_may_look_and_not_act(
        self, client: Client, corpus: Corpus, story: Story
    ) -> None:
        client.force_login(make_member(corpus))

        assert "Merge with others" not in client.get(story.get_absolute_url()).content.decode()
        assert client.post(f"/stories/{story.pk}/edit/", {"name": "Mine"}).status_code == 403

    @pytest.mark.usefixtures("annotator")
    def test_the_history_tells_what_was_done(self, client: Client, story: Story) -> None:
        client.post(f"/stories/{story.pk}/edit/", {"name": "The bridge", "note": ""})

        page = client.get(f"/stories/{story.pk}/history/").content.decode()

        assert "called “The bridge”" in page


class TestFeed:
    """/stories/<pk>/feed/."""

    @pytest.mark.usefixtures("annotator")
    def test_has_the_articles_of_it_and_of_what_was_merged(
        self, client: Client, corpus: Corpus, story: Story
    ) -> None:
        make_story(corpus, [make_article(corpus, headline="Merged \x0b")], merged_into=story)

        answer = client.get(f"/stories/{story.pk}/feed/")
        feed = ET.fromstring(answer.content)  # noqa: S314 -- our own

        titles = {entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")}
        assert titles == {"Headline 1", "Headline 2", "Headline 30", "Merged "}
        assert feed.findtext(f"{ATOM}title") == "Headline 1"
        again = client.get(f"/stories/{story.pk}/feed/", headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304

    def test_is_not_there_for_who_may_not_know_of_it(self, visitor: Client, story: Story) -> None:
        assert visitor.get(f"/stories/{story.pk}/feed/").status_code == 404


class TestFlows:
    """/outlets/."""

    @pytest.mark.usefixtures("annotator")
    @pytest.mark.parametrize("path", ["/outlets/", "/outlets/flow.csv"])
    def test_gives_up_what_takes_too_long(
        self, client: Client, articles: list[Article], settings: Settings, path: str
    ) -> None:
        make_link(articles[0], articles[1])
        settings.SEARCH_SECONDS = 0.0

        answer = client.get(path)

        assert answer.status_code == 503
        assert answer["Retry-After"]
        assert "was stopped" in answer.content.decode()

    @pytest.mark.usefixtures("annotator")
    def test_shows_who_takes_from_whom_with_the_pairs_behind_it(
        self, client: Client, articles: list[Article]
    ) -> None:
        link = make_link(articles[0], articles[1])
        type(link).objects.filter(pk=link.pk).update(direction="second")

        page = client.get("/outlets/")
        [(taker, [row])] = page.context["takers"]

        assert (taker.source.name, row.flow.name) == ("The Times", "Reuters")
        pairs = client.get(row.pairs).content.decode()
        assert "Headline 1" in pairs
        assert "Headline 2" in pairs

    @pytest.mark.usefixtures("annotator")
    def test_compares_a_pair_with_what_was_taken_first(
        self, client: Client, articles: list[Article]
    ) -> None:
        link = make_link(articles[0], articles[1])
        type(link).objects.filter(pk=link.pk).update(direction="first")

        [(_, [row])] = client.get("/outlets/").context["takers"]

        assert f"/compare/{link.second_id}/{link.first_id}/" in client.get(row.pairs).text

    @pytest.mark.usefixtures("annotator")
    def test_says_how_many_pairs_with_a_text_cut_short_were_left_out(
        self, client: Client, articles: list[Article]
    ) -> None:
        link = make_link(articles[0], articles[1])
        type(link).objects.filter(pk=link.pk).update(direction="second")
        Version.objects.filter(article=articles[1]).update(read={"flags": ["truncated"]})

        page = client.get("/outlets/").content.decode()
        [row] = csv.DictReader(io.StringIO(client.get("/outlets/flow.csv").content.decode()))

        assert "1 pair with a text cut short left out" in page
        assert "flow-lacks" not in page
        assert (row["pairs_read"], row["pairs_cut_short"], row["lacks_end"]) == ("0", "1", "")

    @pytest.mark.usefixtures("annotator")
    def test_says_of_a_link_that_people_are_at_odds_about_what_they_said(
        self, client: Client, articles: list[Article]
    ) -> None:
        link = make_link(articles[0], articles[1])
        judge(link, direction="second")
        judge(link, verdict="rejected")

        [(_, [row])] = client.get("/outlets/").context["takers"]

        for page in (row.pairs, articles[0].get_absolute_url()):
            html = client.get(page).content.decode()
            assert "confirmed and rejected</span>" in html
            assert "disputed</span>" not in html

    @pytest.mark.usefixtures("annotator")
    def test_comes_as_csv_that_no_spreadsheet_runs(self, client: Client, corpus: Corpus) -> None:
        make_article(corpus, source=make_source(corpus, "=SUM(A1)"), agencies=("Havas",))

        answer = client.get("/outlets/flow.csv")
        [row] = csv.DictReader(io.StringIO(answer.content.decode()))

        assert (row["outlet"], row["other"], row["credited"]) == ("'=SUM(A1)", "Havas", "1")

    @pytest.mark.usefixtures("annotator")
    def test_says_what_to_do_where_nothing_is_taken(
        self, client: Client, index: Callable[[], int]
    ) -> None:
        index()

        assert "Nothing is known to be taken here" in client.get("/outlets/").content.decode()
        assert "Nothing of this was taken" in client.get("/outlets/?q=bridge").content.decode()

    @pytest.mark.usefixtures("corpus")
    def test_says_so_where_nothing_may_be_read(self, visitor: Client) -> None:
        assert "No corpus to read" in visitor.get("/outlets/").content.decode()

    @pytest.mark.usefixtures("annotator")
    @pytest.mark.parametrize(
        "address",
        ["/outlets/?q=%00", "/outlets/?q=(", "/outlets/?what=1", "/outlets/flow.csv?q=(",
         "/outlets/pairs/", "/outlets/pairs/?taker=x&giver=1", "/outlets/?corpus=%00",
         "/outlets/pairs/?taker={source}&giver={source}&known=2",
         "/outlets/pairs/?taker={source}&giver={source}&cursor=x"],
    )  # fmt: skip
    def test_refuses_what_it_can_not_read(
        self, client: Client, corpus: Corpus, index: Callable[[], int], address: str
    ) -> None:
        source = make_source(corpus)
        index()

        assert client.get(address.format(source=source.pk)).status_code == 400


def test_every_page_of_stories_is_found_by_its_name() -> None:
    names = ("story-list", "story-move", "coverage-flow", "coverage-flow-file")
    assert [reverse(name) for name in names] == [
        "/stories/", "/stories/move/", "/outlets/", "/outlets/flow.csv",
    ]  # fmt: skip
