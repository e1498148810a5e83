"""The addresses of the REST API."""

from django.urls import URLPattern, URLResolver, path, re_path

from articles.api import description, history, problems
from articles.api.articles import articles, captures, corrections
from articles.api.corpora import author_names, corpora, members, source_names, twins
from articles.api.imports import imports
from articles.api.keeping import collect_jobs, collections, exports, saved_searches
from articles.api.related import related_urls
from articles.api.search import lines, searching
from articles.api.tagging import codes, entities, mentions, orphans, tag_files, tag_import_jobs
from articles.api.tasks import agreement, codebooks, settling, tasks

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
    path("sources/twins/", twins.SourceTwins.as_view(), name="source-twins"),
    path("sources/<int:pk>/", corpora.SourceDetail.as_view(), name="source-detail"),
    path("sources/<int:pk>/names/", source_names.SourceNames.as_view(), name="source-names"),
    path(
        "sources/<int:pk>/names/<int:number>/",
        source_names.SourceName.as_view(),
        name="source-name",
    ),
    path("sources/<int:pk>/merge/", source_names.SourceMerge.as_view(), name="source-merge"),
    path("sources/<int:pk>/split/", source_names.SourceSplit.as_view(), name="source-split"),
    path(
        "sources/<int:pk>/different/",
        source_names.SourceDifferent.as_view(),
        name="source-different",
    ),
    path("authors/", corpora.AuthorList.as_view(), name="author-list"),
    path("authors/twins/", twins.AuthorTwins.as_view(), name="author-twins"),
    path("authors/<int:pk>/", corpora.AuthorDetail.as_view(), name="author-detail"),
    path("authors/<int:pk>/names/", author_names.AuthorNames.as_view(), name="author-names"),
    path(
        "authors/<int:pk>/names/<int:number>/",
        author_names.AuthorName.as_view(),
        name="author-name",
    ),
    path("authors/<int:pk>/merge/", author_names.AuthorMerge.as_view(), name="author-merge"),
    path("authors/<int:pk>/split/", author_names.AuthorSplit.as_view(), name="author-split"),
    path(
        "authors/<int:pk>/different/",
        author_names.AuthorDifferent.as_view(),
        name="author-different",
    ),
    path("articles/", articles.ArticleList.as_view(), name="article-list"),
    path("articles/bulk/", articles.ArticleBulk.as_view(), name="article-bulk"),
    path("articles/<int:pk>/", articles.ArticleDetail.as_view(), name="article-detail"),
    path("articles/<int:pk>/versions/", articles.VersionList.as_view(), name="version-list"),
    path(
        "articles/<int:pk>/versions/<int:number>/",
        articles.VersionDetail.as_view(),
        name="version-detail",
    ),
    path("articles/correct/", corrections.ArticleCorrect.as_view(), name="article-correct"),
    path("articles/<int:pk>/text/", corrections.ArticleText.as_view(), name="article-text"),
    path("articles/<int:pk>/split/", corrections.ArticleSplit.as_view(), name="article-split"),
    path("articles/<int:pk>/join/", corrections.ArticleJoin.as_view(), name="article-join"),
    path("articles/<int:pk>/flags/", corrections.ArticleFlags.as_view(), name="article-flags"),
    path(
        "articles/<int:pk>/versions/<int:number>/stand/",
        corrections.VersionStand.as_view(),
        name="version-stand",
    ),
    path("articles/<int:pk>/history/", history.ArticleHistory.as_view(), name="article-history"),
    path(
        "articles/<int:pk>/mentions/", mentions.ArticleMentions.as_view(), name="article-mentions"
    ),
    path("mentions/", mentions.MentionList.as_view(), name="mention-list"),
    path("mentions/bulk/", mentions.MentionBulk.as_view(), name="mention-bulk"),
    path("mentions/decide/", mentions.MentionDecide.as_view(), name="mention-decide"),
    path("mentions/<int:pk>/", mentions.MentionDetail.as_view(), name="mention-detail"),
    path("mentions/<int:pk>/relate/", mentions.MentionRelate.as_view(), name="mention-relate"),
    path(
        "mentions/<int:pk>/unrelate/", mentions.MentionUnrelate.as_view(), name="mention-unrelate"
    ),
    path("orphans/", orphans.OrphanList.as_view(), name="orphan-list"),
    path("orphans/<int:pk>/place/", orphans.OrphanPlace.as_view(), name="orphan-place"),
    path("orphans/<int:pk>/drop/", orphans.OrphanDrop.as_view(), name="orphan-drop"),
    path("tags/export/", tag_files.TagExport.as_view(), name="tag-export"),
    path("tags/export/<str:tags>/", tag_files.TagExportFile.as_view(), name="tag-export-file"),
    path("tags/import/", tag_files.TagImport.as_view(), name="tag-import"),
    path(
        "tags/import/<int:pk>/", tag_import_jobs.TagImportDetail.as_view(), name="tag-import-detail"
    ),
    path(
        "tags/import/<int:pk>/cancel/",
        tag_import_jobs.TagImportCancel.as_view(),
        name="tag-import-cancel",
    ),
    path("codes/", codes.CodeList.as_view(), name="code-list"),
    path("entities/", entities.EntityList.as_view(), name="entity-list"),
    path("entities/<int:pk>/", entities.EntityDetail.as_view(), name="entity-detail"),
    path("entities/<int:pk>/names/", entities.EntityNames.as_view(), name="entity-names"),
    path(
        "entities/<int:pk>/names/<int:number>/",
        entities.EntityNameDetail.as_view(),
        name="entity-name",
    ),
    path("entities/<int:pk>/ids/", entities.EntityIds.as_view(), name="entity-ids"),
    path(
        "entities/<int:pk>/ids/<int:number>/", entities.EntityIdDetail.as_view(), name="entity-id"
    ),
    path("entities/<int:pk>/merge/", entities.EntityMerge.as_view(), name="entity-merge"),
    path("entities/<int:pk>/split/", entities.EntitySplit.as_view(), name="entity-split"),
    path(
        "entities/<int:pk>/different/", entities.EntityDifferent.as_view(), name="entity-different"
    ),
    path("codebooks/", codebooks.CodebookList.as_view(), name="codebook-list"),
    path("codebooks/<int:pk>/", codebooks.CodebookDetail.as_view(), name="codebook-detail"),
    path("codebooks/<int:pk>/draft/", codebooks.CodebookDraft.as_view(), name="codebook-draft"),
    path(
        "codebooks/<int:pk>/publish/", codebooks.CodebookPublish.as_view(), name="codebook-publish"
    ),
    path(
        "codebooks/<int:pk>/versions/<int:number>/",
        codebooks.CodebookVersionDetail.as_view(),
        name="codebook-version",
    ),
    path("tasks/", tasks.TaskList.as_view(), name="task-list"),
    path("tasks/<int:pk>/", tasks.TaskDetail.as_view(), name="task-detail"),
    path("tasks/<int:pk>/progress/", tasks.TaskProgress.as_view(), name="task-progress"),
    path("tasks/<int:pk>/agreement/", agreement.TaskAgreement.as_view(), name="task-agreement"),
    path("tasks/<int:pk>/settling/", settling.TaskSettling.as_view(), name="task-settling"),
    path(
        "tasks/<int:pk>/settling/<int:position>/",
        settling.TaskSettlingItem.as_view(),
        name="task-settling-item",
    ),
    path("tasks/<int:pk>/people/", tasks.TaskPeople.as_view(), name="task-people"),
    path("tasks/<int:pk>/people/take-out/", tasks.TaskTakeOut.as_view(), name="task-take-out"),
    path("tasks/<int:pk>/assignments/", tasks.TaskAssignments.as_view(), name="task-assignments"),
    path(
        "tasks/<int:pk>/assignments/<int:number>/",
        tasks.TaskAssignment.as_view(),
        name="task-assignment",
    ),
    path("operations/", history.OperationList.as_view(), name="operation-list"),
    path("operations/<int:pk>/", history.OperationDetail.as_view(), name="operation-detail"),
    path(
        "operations/<int:pk>/changes/",
        history.OperationChanges.as_view(),
        name="operation-changes",
    ),
    path("operations/<int:pk>/undo/", history.OperationUndo.as_view(), name="operation-undo"),
    path("search/", searching.Search.as_view(), name="search"),
    path("search/concordance/", lines.Concordance.as_view(), name="search-concordance"),
    path("search/compare/", lines.Compare.as_view(), name="search-compare"),
    path("search/validate/", searching.Validate.as_view(), name="search-validate"),
    path("saved-searches/", saved_searches.SavedSearchList.as_view(), name="saved-search-list"),
    path(
        "saved-searches/<int:pk>/", saved_searches.SavedSearchDetail.as_view(), name="saved-search"
    ),
    path(
        "saved-searches/<int:pk>/look/",
        saved_searches.SavedSearchLook.as_view(),
        name="saved-search-look",
    ),
    path(
        "saved-searches/<int:pk>/feed/",
        saved_searches.SavedSearchFeed.as_view(),
        name="saved-search-feed",
    ),
    path(
        "saved-searches/<int:pk>/restore/",
        saved_searches.SavedSearchRestore.as_view(),
        name="saved-search-restore",
    ),
    path("collections/", collections.CollectionList.as_view(), name="collection-list"),
    path("collections/<int:pk>/", collections.CollectionDetail.as_view(), name="collection-detail"),
    path(
        "collections/<int:pk>/items/",
        collections.CollectionItems.as_view(),
        name="collection-items",
    ),
    path("collections/jobs/<int:pk>/", collect_jobs.CollectJobDetail.as_view(), name="collect-job"),
    path(
        "collections/jobs/<int:pk>/cancel/",
        collect_jobs.CollectJobCancel.as_view(),
        name="collect-job-cancel",
    ),
    path(
        "collections/<int:pk>/items/remove/",
        collections.CollectionRemove.as_view(),
        name="collection-remove",
    ),
    path(
        "collections/<int:pk>/items/<int:article>/",
        collections.CollectionItemDetail.as_view(),
        name="collection-item",
    ),
    path("search/export.<str:ending>", exports.SearchExport.as_view(), name="search-export"),
    path("exports/", exports.ExportList.as_view(), name="export-list"),
    path("exports/<int:pk>/", exports.ExportDetail.as_view(), name="export-detail"),
    path("exports/<int:pk>/file/", exports.ExportFile.as_view(), name="export-file"),
    path("captures/", captures.CaptureList.as_view(), name="capture-list"),
    path("captures/<int:pk>/", captures.CaptureDetail.as_view(), name="capture-detail"),
    path("captures/<int:pk>/bytes/", captures.CaptureBytes.as_view(), name="capture-bytes"),
    path("imports/", imports.ImportList.as_view(), name="import-list"),
    path("imports/<int:pk>/", imports.ImportDetail.as_view(), name="import-detail"),
    path("imports/<int:pk>/items/", imports.ImportItems.as_view(), name="import-items"),
    path("imports/<int:pk>/retry/", imports.ImportRetry.as_view(), name="import-retry"),
    path("imports/<int:pk>/cancel/", imports.ImportCancel.as_view(), name="import-cancel"),
    path("imports/<int:pk>/report/", imports.ImportReport.as_view(), name="import-report"),
    *related_urls.urlpatterns,
    path("schema/", description.Schema.as_view(), name="schema"),
    path("docs/", description.Docs.as_view(), name="docs"),
    # Last: every other address below here answers as the API does.
    re_path("", problems.not_found),
]
