"""Sources: edit, merge, split, names, and undo of each."""

from collections.abc import Callable

import pytest

from articles.curation import fields, sources
from articles.curation.fields import StaleError
from articles.curation.sources import NameTakenError, SourceRefusedError
from articles.history.undo import UndoRefusedError, undo
from articles.ingest import effective
from articles.ingest.sources import Names
from articles.models import (
    Act,
    Article,
    Corpus,
    CorrectedField,
    Door,
    Operation,
    Source,
    SourceAlias,
)
from articles.models.folding import fold
from tests.factories import make_article, make_corpus, make_source

PAGE = Door.PAGE


@pytest.fixture
def guardian(corpus: Corpus) -> Source:
    return make_source(
        corpus, "The Guardian", domains=["theguardian.com"], languages=["en"], country="GB"
    )


@pytest.fixture
def london(corpus: Corpus) -> Source:
    return make_source(corpus, "Guardian (London)", domains=["guardian.co.uk"])


def name(source: Source, printed: str) -> SourceAlias:
    alias: SourceAlias = SourceAlias.objects.create(
        corpus=source.corpus, source=source, printed=printed, folded=fold(printed)
    )
    return alias


def names(source: Source) -> list[str]:
    return sorted(source.aliases.values_list("printed", flat=True))


def source_of(article: Article) -> Source | None:
    article.refresh_from_db()
    return article.source


def made(operation: Operation | None) -> Operation:
    assert operation is not None
    return operation


def test_a_merge_keeps_both_names_and_brings_the_articles(guardian: Source, london: Source) -> None:
    article = make_article(guardian.corpus, source=london)

    operation = made(sources.merge([london], guardian, by=None, door=PAGE))

    assert source_of(article) == guardian
    assert names(guardian) == ["Guardian (London)", "The Guardian"]
    assert guardian.domains == ["theguardian.com", "guardian.co.uk"]
    london.refresh_from_db()
    assert london.merged_into == guardian
    assert operation.act == Act.MERGE_SOURCES
    assert operation.summary == "“Guardian (London)” merged into The Guardian"


def test_a_merge_is_undone(guardian: Source, london: Source) -> None:
    article = make_article(guardian.corpus, source=london)
    operation = made(sources.merge([london], guardian, by=None, door=PAGE))

    undo(operation, by=None, door=PAGE)

    assert source_of(article) == london
    for source in (guardian, london):
        source.refresh_from_db()
    assert london.merged_into is None
    assert guardian.domains == ["theguardian.com"]
    assert names(london) == ["Guardian (London)"]


def test_a_merge_of_what_others_were_merged_into_leaves_no_chain(
    corpus: Corpus, guardian: Source, london: Source
) -> None:
    paper = make_source(corpus, "The Manchester Guardian")
    article = make_article(corpus, source=paper)
    sources.merge([paper], london, by=None, door=PAGE)

    operation = made(sources.merge([london], guardian, by=None, door=PAGE))

    paper.refresh_from_db()
    assert paper.merged_into == guardian
    assert source_of(article) == guardian
    undo(operation, by=None, door=PAGE)
    paper.refresh_from_db()
    assert paper.merged_into == london
    assert source_of(article) == london


def test_articles_follow_a_name_that_a_person_gave_them(
    corpus: Corpus, guardian: Source, london: Source
) -> None:
    said = make_article(corpus, source=make_source(corpus, "Elsewhere"))
    fields.correct([said.pk], {CorrectedField.SOURCE: london.name}, by=None, door=PAGE)

    operation = made(sources.merge([london], guardian, by=None, door=PAGE))

    assert source_of(said) == guardian
    undo(operation, by=None, door=PAGE)
    assert source_of(said) == london


def test_articles_whose_source_a_person_corrected_stay_where_they_were_put(
    corpus: Corpus, guardian: Source, london: Source
) -> None:
    article = make_article(corpus, source=london)
    fields.correct([article.pk], {CorrectedField.SOURCE: "The Herald"}, by=None, door=PAGE)
    put = source_of(article)

    sources.merge([london], guardian, by=None, door=PAGE)

    assert source_of(article) == put
    fields.correct([article.pk], {CorrectedField.SOURCE: fields.AS_READ}, by=None, door=PAGE)
    assert source_of(article) == guardian


def test_what_follows_a_merge_is_what_would_be_derived(
    corpus: Corpus, guardian: Source, london: Source
) -> None:
    articles = [make_article(corpus, source=london) for _ in range(3)]
    said = make_article(corpus, source=guardian)
    fields.correct([said.pk], {CorrectedField.SOURCE: london.name}, by=None, door=PAGE)
    ids = [article.pk for article in (*articles, said)]
    effective.derive(ids)

    sources.merge([london], guardian, by=None, door=PAGE)

    assert effective.derive(ids) == 0
    assert Article.objects.filter(source=guardian).count() == 4


def test_an_undo_is_refused_when_the_names_were_moved_on(
    corpus: Corpus, guardian: Source, london: Source
) -> None:
    first = made(sources.merge([london], guardian, by=None, door=PAGE))
    second = made(
        sources.merge([guardian], make_source(corpus, "The Observer"), by=None, door=PAGE)
    )

    with pytest.raises(UndoRefusedError, match="The Guardian") as refused:
        undo(first, by=None, door=PAGE)

    assert refused.value.later == [second]
    undo(second, by=None, door=PAGE)
    undo(first, by=None, door=PAGE)
    london.refresh_from_db()
    assert london.merged_into is None


def test_an_undo_is_refused_when_its_name_was_taken_since(corpus: Corpus, guardian: Source) -> None:
    london = make_source(corpus, "Guardian (London)")
    operation = made(sources.merge([london], guardian, by=None, door=PAGE))
    sources.edit(guardian, name="Guardian (London)", by=None, door=PAGE)

    with pytest.raises(UndoRefusedError):
        undo(operation, by=None, door=PAGE)


@pytest.mark.parametrize(
    "case", ["itself", "other corpus", "merged already", "into merged", "none"]
)
def test_what_can_t_be_merged_is_refused(guardian: Source, london: Source, case: str) -> None:
    third = make_source(guardian.corpus, "Third")
    if case in {"merged already", "into merged"}:
        sources.merge([third], london, by=None, door=PAGE)
    given: dict[str, tuple[list[Source], Source]] = {
        "itself": ([guardian, london], guardian),
        "other corpus": ([make_source(make_corpus())], guardian),
        "merged already": ([third], guardian),
        "into merged": ([guardian], third),
        "none": ([], guardian),
    }
    before = Operation.objects.count()

    with pytest.raises(SourceRefusedError):
        sources.merge(*given[case], by=None, door=PAGE)

    assert Operation.objects.count() == before


def test_a_split_takes_names_and_their_articles_to_a_new_source(guardian: Source) -> None:
    weekly = name(guardian, "Guardian Weekly")
    own = guardian.aliases.get(printed="The Guardian")
    stays = make_article(guardian.corpus, source=guardian, source_alias=own)
    goes = make_article(guardian.corpus, source=guardian, source_alias=weekly)

    operation, new = sources.move_names([weekly], "Guardian Weekly", by=None, door=PAGE)

    assert source_of(goes) == new
    assert source_of(stays) == guardian
    assert names(new) == ["Guardian Weekly"]
    undo(made(operation), by=None, door=PAGE)
    assert source_of(goes) == guardian
    assert not Source.objects.filter(name="Guardian Weekly").exists()


def test_a_split_can_go_to_a_new_source_of_a_better_name(guardian: Source) -> None:
    weekly = name(guardian, "GW")

    _, new = sources.move_names([weekly], "Guardian Weekly", by=None, door=PAGE)

    assert names(new) == ["GW", "Guardian Weekly"]


def test_a_source_that_is_split_out_again_keeps_its_address(
    guardian: Source, london: Source
) -> None:
    sources.merge([london], guardian, by=None, door=PAGE)
    alias = guardian.aliases.get(printed="Guardian (London)")

    _, again = sources.move_names([alias], "Guardian (London)", by=None, door=PAGE)

    assert again == london
    london.refresh_from_db()
    assert london.merged_into is None


def test_an_undo_of_a_split_is_refused_while_an_import_uses_the_new_source(
    guardian: Source,
) -> None:
    weekly = name(guardian, "Guardian Weekly")
    operation, new = sources.move_names([weekly], "Weekly", by=None, door=PAGE)
    make_article(guardian.corpus, source=new, source_alias=new.aliases.get(printed="Weekly"))

    with pytest.raises(UndoRefusedError, match="in use"):
        undo(made(operation), by=None, door=PAGE)


def test_the_own_name_of_a_source_stays(guardian: Source, london: Source) -> None:
    with pytest.raises(SourceRefusedError, match="own name"):
        sources.move_names([guardian.aliases.get()], london, by=None, door=PAGE)


def test_names_of_two_sources_do_not_move_at_once(guardian: Source, london: Source) -> None:
    pair = [name(guardian, "GW"), name(london, "GL")]

    with pytest.raises(SourceRefusedError, match="in the meantime"):
        sources.move_names(pair, "Third", by=None, door=PAGE)


def test_a_new_source_can_t_take_another_s_name(guardian: Source, london: Source) -> None:
    with pytest.raises(NameTakenError):
        sources.move_names([name(guardian, "GW")], london.name, by=None, door=PAGE)


def test_a_rename_keeps_the_old_name_known(guardian: Source) -> None:
    operation = made(sources.edit(guardian, name=" Guardian  News ", by=None, door=PAGE))

    assert guardian.name == "Guardian News"
    assert names(guardian) == ["Guardian News", "The Guardian"]
    assert operation.summary == "The Guardian: called “Guardian News”"
    undo(operation, by=None, door=PAGE)
    guardian.refresh_from_db()
    assert guardian.name == "The Guardian"
    assert names(guardian) == ["The Guardian"]


def test_a_source_can_take_the_name_of_one_that_was_merged_into_it(
    guardian: Source, london: Source
) -> None:
    sources.merge([london], guardian, by=None, door=PAGE)

    operation = made(sources.edit(guardian, name=london.name, by=None, door=PAGE))

    guardian.refresh_from_db()
    assert guardian.name == "Guardian (London)"
    undo(operation, by=None, door=PAGE)
    guardian.refresh_from_db()
    assert guardian.name == "The Guardian"


def test_facts_are_put_right_and_put_back(guardian: Source) -> None:
    operation = made(
        sources.edit(
            guardian, domains=["A.example", "a.example"], country="", languages=["fr"], by=None,
            door=PAGE,
        )
    )  # fmt: skip

    assert (guardian.domains, guardian.country, guardian.languages) == (["a.example"], "", ["fr"])
    assert operation.summary == ("The Guardian: domains a.example; country none; languages fr")
    undo(operation, by=None, door=PAGE)
    guardian.refresh_from_db()
    assert (guardian.domains, guardian.country) == (["theguardian.com"], "GB")


def test_what_says_so_already_is_no_operation(guardian: Source) -> None:
    assert sources.edit(guardian, name="The Guardian", country="GB", by=None, door=PAGE) is None
    assert not Operation.objects.exists()


def test_who_was_slower_overwrites_nothing(guardian: Source) -> None:
    state = sources.state_of(guardian)
    sources.add_name(guardian, "Guardian", by=None, door=PAGE)

    with pytest.raises(StaleError):
        sources.edit(guardian, country="FR", by=None, door=PAGE, expected_state=state)

    guardian.refresh_from_db()
    assert guardian.country == "GB"


def test_a_name_is_added_and_taken_away(guardian: Source) -> None:
    added = made(sources.add_name(guardian, "Grauniad", by=None, door=PAGE))
    assert sources.add_name(guardian, "GRAUNIAD", by=None, door=PAGE) is None
    alias = guardian.aliases.get(folded="grauniad")

    removed = made(sources.remove_name(alias, by=None, door=PAGE))

    assert names(guardian) == ["The Guardian"]
    with pytest.raises(UndoRefusedError, match="no longer"):
        undo(added, by=None, door=PAGE)
    undo(removed, by=None, door=PAGE)
    assert names(guardian) == ["Grauniad", "The Guardian"]


def test_a_name_that_is_printed_is_not_taken_away(guardian: Source) -> None:
    alias = name(guardian, "Grauniad")
    make_article(guardian.corpus, source=guardian, source_alias=alias)

    with pytest.raises(SourceRefusedError, match="printed under"):
        sources.remove_name(alias, by=None, door=PAGE)


def test_a_name_that_a_correction_says_is_not_taken_away(guardian: Source) -> None:
    alias = name(guardian, "Grauniad")
    article = make_article(guardian.corpus)
    fields.correct([article.pk], {CorrectedField.SOURCE: "Grauniad"}, by=None, door=PAGE)

    with pytest.raises(SourceRefusedError, match="printed under"):
        sources.remove_name(alias, by=None, door=PAGE)


def test_names_of_merged_sources_stay(guardian: Source, london: Source) -> None:
    sources.merge([london], guardian, by=None, door=PAGE)

    for alias in guardian.aliases.all():
        with pytest.raises(SourceRefusedError, match="stays"):
            sources.remove_name(alias, by=None, door=PAGE)


@pytest.mark.parametrize("act", [
    lambda s: sources.edit(s, name="Other", by=None, door=PAGE),
    lambda s: sources.add_name(s, "Other", by=None, door=PAGE),
])  # fmt: skip
def test_a_merged_source_is_not_edited(
    guardian: Source, london: Source, act: Callable[[Source], object]
) -> None:
    sources.merge([london], guardian, by=None, door=PAGE)

    with pytest.raises(SourceRefusedError, match="The Guardian"):
        act(london)


@pytest.mark.parametrize("bad", ["", "  ", "x" * 301])
def test_a_name_must_hold_words_and_not_too_many(guardian: Source, bad: str) -> None:
    with pytest.raises(SourceRefusedError):
        sources.edit(guardian, name=bad, by=None, door=PAGE)
    with pytest.raises(SourceRefusedError):
        sources.add_name(guardian, bad, by=None, door=PAGE)


def test_a_batch_after_a_merge_lands_at_the_merged_source(guardian: Source, london: Source) -> None:
    running = Names(guardian.corpus)
    before = running.outlets(["Guardian (London)"])["Guardian (London)"]

    sources.merge([london], guardian, by=None, door=PAGE)

    after = running.outlets(["Guardian (London)"])["Guardian (London)"]
    assert before.source_id == london.pk
    assert after.source_id == guardian.pk
    assert after.alias_id == before.alias_id
