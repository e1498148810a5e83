"""The addresses of the REST API."""

from django.urls import URLPattern, URLResolver, path, re_path

from articles.api import (
    articles,
    captures,
    corpora,
    description,
    history,
    imports,
    members,
    problems,
)

app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = [
    path("corpora/", corpora.CorpusList.as_view(), name="corpus-list"),
    path("corpora/<int:pk>/", corpora.CorpusDetail.as_view(), name="corpus-detail"),
    path("corpora/<int:pk>/members/", members.MemberList.as_view(), name="member-list"),
    path(
        "corpora/<int:pk>/members/<int:member>/",
        members.MemberDetail.as_view(),
        name="member-detail",
    ),
    path("corpora/<int:pk>/invitations/", members.InvitationList.as_view(), name="invitation-list"),
    path(
        "corpora/<int:pk>/invitations/<int:invitation>/",
        members.InvitationDetail.as_view(),
        name="invitation-detail",
    ),
    path(
        "corpora/<int:pk>/invitations/<int:invitation>/revoke/",
        members.InvitationRevoke.as_view(),
        name="invitation-revoke",
    ),
    path("sources/", corpora.SourceList.as_view(), name="source-list"),
    path("sources/<int:pk>/", corpora.SourceDetail.as_view(), name="source-detail"),
    path("authors/", corpora.AuthorList.as_view(), name="author-list"),
    path("authors/<int:pk>/", corpora.AuthorDetail.as_view(), name="author-detail"),
    path("articles/", articles.ArticleList.as_view(), name="article-list"),
    path("articles/bulk/", articles.ArticleBulk.as_view(), name="article-bulk"),
    path("articles/<int:pk>/", articles.ArticleDetail.as_view(), name="article-detail"),
    path("articles/<int:pk>/versions/", articles.VersionList.as_view(), name="version-list"),
    path(
        "articles/<int:pk>/versions/<int:number>/",
        articles.VersionDetail.as_view(),
        name="version-detail",
    ),
    path("articles/<int:pk>/history/", history.ArticleHistory.as_view(), name="article-history"),
    path("operations/", history.OperationList.as_view(), name="operation-list"),
    path("operations/<int:pk>/", history.OperationDetail.as_view(), name="operation-detail"),
    path(
        "operations/<int:pk>/changes/",
        history.OperationChanges.as_view(),
        name="operation-changes",
    ),
    path("operations/<int:pk>/undo/", history.OperationUndo.as_view(), name="operation-undo"),
    path("captures/", captures.CaptureList.as_view(), name="capture-list"),
    path("captures/<int:pk>/", captures.CaptureDetail.as_view(), name="capture-detail"),
    path("captures/<int:pk>/bytes/", captures.CaptureBytes.as_view(), name="capture-bytes"),
    path("imports/", imports.ImportList.as_view(), name="import-list"),
    path("imports/<int:pk>/", imports.ImportDetail.as_view(), name="import-detail"),
    path("imports/<int:pk>/items/", imports.ImportItems.as_view(), name="import-items"),
    path("imports/<int:pk>/retry/", imports.ImportRetry.as_view(), name="import-retry"),
    path("imports/<int:pk>/cancel/", imports.ImportCancel.as_view(), name="import-cancel"),
    path("imports/<int:pk>/report/", imports.ImportReport.as_view(), name="import-report"),
    path("schema/", description.Schema.as_view(), name="schema"),
    path("docs/", description.Docs.as_view(), name="docs"),
    # Last: every other address below here answers as the API does.
    re_path("", problems.not_found),
]
