"""What articles are about, from their texts and from who is tagged in them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from articles.models import MentionStatus
from articles.models.lookups import id_array
from articles.models.planned import ask
from articles.related.events.about import About
from articles.related.events.happenings import Manner
from articles.related.events.matter import Matter
from articles.related.events.profiling import Profile, profile
from articles.related.finding.beside import Beside
from articles.related.finding.preparing import Given, Prepared, prepared
from articles.related.finding.texts import Text
from articles.related.matching.sharing import number_of
from articles.related.matching.wording import BODY
from articles.related.store.prints import Entry

# What whoever may read the corpus may see, as :meth:`MentionQuerySet.public` has it.
_TAGGED = """
    SELECT mention.article_id, coalesce(whole.name, entity.name)
    FROM articles_mention AS mention
    JOIN articles_entity AS entity ON entity.id = mention.entity_id
    LEFT JOIN articles_entity AS whole ON whole.id = entity.merged_into_id
    LEFT JOIN articles_task AS task ON task.id = mention.task_id
    WHERE mention.article_id = ANY(%s::bigint[]) AND mention.status = %s
        AND (mention.task_id IS NULL OR mention.layer_of_id IS NULL OR NOT task.blind)
    ORDER BY mention.id
"""

type Tagged = Mapping[int, Sequence[str]]


def entries(
    texts: Collection[Text], tagged: Tagged | None = None, *, beside: Beside | None = None
) -> Iterator[Entry]:
    """Yield articles as the store keeps them: their prints, and what they are about.

    Of who is ``tagged`` in them, which one query tells. Those for which that fails are left out.
    """
    some = _Some(texts, tagged)
    yield from some.entries((beside or Beside()).each(prepared, some.given))


def entries_of_each(
    parts: Iterable[Collection[Text]], beside: Beside
) -> Iterator[tuple[Collection[Text], Iterable[Entry]]]:
    """Yield many articles as the store keeps them, part by part: see :func:`entries`.

    While one looks at a part, the next is read and prepared.
    """
    before: _Some | None = None
    with beside.asked(prepared) as asked:
        done = asked.rest()
        for texts in parts:
            some = _Some(texts)
            if before is None and not beside.is_worth(len(texts)):
                yield texts, some.entries(beside.each(prepared, some.given))
                continue
            asked.ask(some.given)
            if before is not None:
                yield before.texts, before.entries(islice(done, len(before.texts)))
            before = some
        if before is not None:
            yield before.texts, before.entries(done)


class _Some:
    """Some texts, and who is tagged in them."""

    def __init__(self, texts: Collection[Text], tagged: Tagged | None = None) -> None:
        self.texts = texts
        self._by_id = {text.article_id: text for text in texts}
        self._tagged = tagged_in(self._by_id) if tagged is None else tagged

    @property
    def given(self) -> dict[int, Given]:
        """What each is prepared from."""
        return {
            id_: Given(
                text.corpus_id, text.text, text.blocks, text.language, self._tagged.get(id_, ())
            )
            for id_, text in self._by_id.items()
        }

    def entries(self, done: Iterable[tuple[int, Prepared | None]]) -> Iterator[Entry]:
        """Yield what the store keeps of those that could be prepared."""
        for id_, found in done:
            if found is not None:
                text = self._by_id[id_]
                text.body.take(found.prints, found.number)
                about = _about(text, found.manner, found.matter)
                yield text.entry(about, seal(text, self._tagged.get(id_, ())))


def seal(text: Text, tagged: Sequence[str]) -> int:
    """Return a number that follows from all that the store keeps of an article."""
    return number_of(
        text.corpus_id,
        text.version_id,
        text.source_id,
        text.source,
        text.day,
        text.language,
        *tagged,
    )


def said_below(text: Text) -> Profile:
    """Return what the body of an article says, without what stands above and beside it."""
    return profile(text.text, [block for block in text.blocks if block[0] in BODY], text.language)


def _about(text: Text, manner: Manner, matter: Matter) -> About:
    return About(
        text.article_id,
        text.corpus_id,
        text.source_id,
        text.language,
        text.day,
        manner,
        matter,
    )


def tagged_in(article_ids: Collection[int]) -> Mapping[int, list[str]]:
    """Return the names of who is tagged in articles, once for each accepted mention."""
    found: dict[int, list[str]] = {}
    if not article_ids:
        return found
    for article, name in ask(_TAGGED, [id_array(article_ids), MentionStatus.ACCEPTED.value]):
        found.setdefault(article, []).append(name)
    return found
