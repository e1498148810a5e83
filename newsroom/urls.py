"""Every address: pages at the root, the REST API under /api/v1/, annotations at /annotations/."""

from django.urls import include, path

urlpatterns = [
    path("", include("articles.views.urls")),
    path("api/v1/", include("articles.api.urls")),
    path("annotations/", include("articles.api.tagging.annotation_urls")),
]

handler500 = "newsroom.middleware.server_error"
