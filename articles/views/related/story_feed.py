"""The Atom feed of a story: its articles, the last that came in first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Article, Corpus, Story
from articles.models.lookups import any_id
from articles.related.stories import story_reading
from articles.related.stories.story_names import title
from articles.views.atom import ENTRIES, Channel, atom
from articles.views.keeping.keeping import answering, known_only
from articles.views.search.lists import rows


@require_safe
@answering
def story_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the feed of a story that the reader may know of; of a merged one, what stands."""
    known_only(request)
    found = get_object_or_404(story_reading.visible(request.user), pk=pk)
    story = found.merged_into or found
    ids = Story.objects.with_merged([story.pk])
    within = Article.objects.visible_to(request.user).filter(any_id("coverage__story_id", ids))
    articles = list(within.select_related("source").order_by("-created_at", "-pk")[:ENTRIES])
    is_readable = Corpus.objects.readable_by(request.user).filter(pk=story.corpus_id).exists()
    channel = Channel(
        title=title(story),
        link=request.build_absolute_uri(story.get_absolute_url()),
        about=f"Articles of the story in {story.corpus.name}, the last that came in first",
        key=f"stories/{story.pk}",
        since=story.created_at,
        has_readable=frozenset({story.corpus_id} if is_readable else ()),
    )
    return atom(request, channel, rows(articles))
