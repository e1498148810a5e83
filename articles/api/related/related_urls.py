"""The addresses of related coverage: links, stories, outlets, and texts side by side."""

from django.urls import URLPattern, path

from articles.api.related import comparing, link_exports, links, outlets, related, stories

urlpatterns: list[URLPattern] = [
    path("articles/<int:pk>/related/", related.ArticleRelated.as_view(), name="article-related"),
    path(
        "articles/<int:pk>/compare/<int:other>/",
        comparing.ArticleCompare.as_view(),
        name="article-compare",
    ),
    path("links/", links.LinkList.as_view(), name="link-list"),
    path("links/judge/", links.LinkJudgeMany.as_view(), name="link-judge-many"),
    path("links/export.<str:form>", link_exports.LinkExport.as_view(), name="link-export"),
    path("links/<int:pk>/", links.LinkDetail.as_view(), name="link-detail"),
    path("links/<int:pk>/evidence/", links.LinkEvidence.as_view(), name="link-evidence"),
    path("links/<int:pk>/judge/", links.LinkJudge.as_view(), name="link-judge"),
    path("links/<int:pk>/kind/", links.LinkChangeKind.as_view(), name="link-kind"),
    path("outlets/", outlets.OutletList.as_view(), name="outlet-list"),
    path("stories/", stories.StoryList.as_view(), name="story-list"),
    path("stories/move/", stories.StoryMove.as_view(), name="story-move"),
    path("stories/let-go/", stories.StoryLetGo.as_view(), name="story-let-go"),
    path("stories/<int:pk>/", stories.StoryDetail.as_view(), name="story-detail"),
    path("stories/<int:pk>/articles/", stories.StoryArticles.as_view(), name="story-articles"),
    path("stories/<int:pk>/merge/", stories.StoryMerge.as_view(), name="story-merge"),
    path("stories/<int:pk>/split/", stories.StorySplit.as_view(), name="story-split"),
]
