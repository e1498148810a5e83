"""The addresses of the Web Annotation Protocol."""

from django.urls import URLPattern, URLResolver, path

from articles.api.tagging import annotations

app_name = "annotations"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", annotations.Container.as_view(), name="container"),
    path("<str:name>", annotations.Annotation.as_view(), name="annotation"),
]
