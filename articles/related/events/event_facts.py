"""What articles are about, from their texts and from who is tagged in them."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from articles.models import MentionStatus
from articles.models.lookups import id_array
from articles.models.planned import ask
from articles.related.events.about import About
from articles.related.events.happenings import Manner
from articles.related.events.matter import Matter
from articles.related.events.profiling import Profile, profile
from articles.related.finding.beside import Beside
from articles.related.finding.preparing import Given, prepared
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
    known = tagged_in([text.article_id for text in texts]) if tagged is None else tagged
    by_id = {text.article_id: text for text in texts}
    given = {
        id_: Given(text.corpus_id, text.text, text.blocks, text.language, known.get(id_, ()))
        for id_, text in by_id.items()
    }
    for id_, found in (beside or Beside()).each(prepared, given):
        if found is not None:
            text = by_id[id_]
            text.body.take(found.prints, found.number)
            about = _about(text, found.manner, found.matter)
            yield text.entry(about, seal(text, known.get(id_, ())))


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
