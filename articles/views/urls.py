"""The addresses of pages."""

from django.urls import URLPattern, URLResolver, path

from articles.views import (
    account,
    articles,
    captures,
    citations,
    health,
    history,
    imports,
    people,
    sources,
    theme,
    versions,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", articles.article_list, name="home"),
    path("articles/", articles.article_list, name="article-list"),
    path("articles/<int:pk>/", articles.article_detail, name="article-detail"),
    path("articles/<int:pk>/pane/", articles.article_pane, name="article-pane"),
    path(
        "articles/<int:pk>/versions/<int:number>/", articles.version_detail, name="version-detail"
    ),
    path(
        "articles/<int:pk>/changes/<int:number>/", versions.version_changes, name="version-changes"
    ),
    path("articles/<int:pk>/changes/", versions.article_changes, name="article-changes"),
    path("most-edited/", versions.most_edited, name="most-edited"),
    path("articles/<int:pk>/cite.<str:ending>", citations.cite, name="article-cite"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/options/", sources.source_options, name="source-options"),
    path("sources/<int:pk>/", sources.source_detail, name="source-detail"),
    path("authors/", people.person_list, name="person-list"),
    path("authors/options/", people.person_options, name="person-options"),
    path("authors/<int:pk>/", people.person_detail, name="person-detail"),
    path("theme/", theme.theme, name="theme"),
    path("imports/", imports.import_list, name="import-list"),
    path("imports/new/", imports.import_new, name="import-new"),
    path("imports/preview/", imports.import_preview, name="import-preview"),
    path("imports/<int:pk>/", imports.import_detail, name="import-detail"),
    path("imports/<int:pk>/progress/", imports.import_progress, name="import-progress"),
    path("imports/<int:pk>/retry/", imports.import_retry, name="import-retry"),
    path("imports/<int:pk>/cancel/", imports.import_cancel, name="import-cancel"),
    path("imports/<int:pk>/report.<str:ending>", imports.import_report_file, name="import-report"),
    path("captures/<int:pk>/", captures.capture_detail, name="capture-detail"),
    path("captures/<int:pk>/raw/", captures.capture_raw, name="capture-raw"),
    path("history/", history.operation_list, name="operation-list"),
    path("history/<int:pk>/", history.operation_detail, name="operation-detail"),
    path("history/<int:pk>/undo/", history.operation_undo, name="operation-undo"),
    path("articles/<int:pk>/history/", history.article_history, name="article-history"),
    path("sources/<int:pk>/history/", history.source_history, name="source-history"),
    path("authors/<int:pk>/history/", history.person_history, name="person-history"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password_change, name="password-change"),
    path("account/tokens/", account.token_new, name="token-new"),
    path("account/tokens/<int:pk>/revoke/", account.token_revoke, name="token-revoke"),
    path("health/", health.health, name="health"),
]
