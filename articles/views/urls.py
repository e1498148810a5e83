"""The addresses of pages."""

from django.urls import URLPattern, URLResolver, path

from articles.views import articles, citations, people, sources, theme

urlpatterns: list[URLPattern | URLResolver] = [
    path("", articles.article_list, name="home"),
    path("articles/", articles.article_list, name="article-list"),
    path("articles/<int:pk>/", articles.article_detail, name="article-detail"),
    path("articles/<int:pk>/pane/", articles.article_pane, name="article-pane"),
    path(
        "articles/<int:pk>/versions/<int:number>/", articles.version_detail, name="version-detail"
    ),
    path(
        "articles/<int:pk>/changes/<int:number>/", articles.version_changes, name="version-changes"
    ),
    path("articles/<int:pk>/cite.<str:ending>", citations.cite, name="article-cite"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/options/", sources.source_options, name="source-options"),
    path("sources/<int:pk>/", sources.source_detail, name="source-detail"),
    path("authors/", people.person_list, name="person-list"),
    path("authors/options/", people.person_options, name="person-options"),
    path("authors/<int:pk>/", people.person_detail, name="person-detail"),
    path("theme/", theme.theme, name="theme"),
]
