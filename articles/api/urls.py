"""The addresses of the REST API."""

from django.urls import URLPattern, URLResolver, path, re_path

from articles.api import articles, captures, corpora, problems

app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = [
    path("corpora/", corpora.CorpusList.as_view(), name="corpus-list"),
    path("corpora/<int:pk>/", corpora.CorpusDetail.as_view(), name="corpus-detail"),
    path("sources/", corpora.SourceList.as_view(), name="source-list"),
    path("sources/<int:pk>/", corpora.SourceDetail.as_view(), name="source-detail"),
    path("authors/", corpora.AuthorList.as_view(), name="author-list"),
    path("authors/<int:pk>/", corpora.AuthorDetail.as_view(), name="author-detail"),
    path("articles/", articles.ArticleList.as_view(), name="article-list"),
    path("articles/<int:pk>/", articles.ArticleDetail.as_view(), name="article-detail"),
    path("articles/<int:pk>/versions/", articles.VersionList.as_view(), name="version-list"),
    path(
        "articles/<int:pk>/versions/<int:number>/",
        articles.VersionDetail.as_view(),
        name="version-detail",
    ),
    path("captures/", captures.CaptureList.as_view(), name="capture-list"),
    path("captures/<int:pk>/", captures.CaptureDetail.as_view(), name="capture-detail"),
    path("captures/<int:pk>/bytes/", captures.CaptureBytes.as_view(), name="capture-bytes"),
    # Last: every other address below here answers as the API does.
    re_path("", problems.not_found),
]
