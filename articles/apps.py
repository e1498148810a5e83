"""The one Django app."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Articles and everything around them."""

    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"
