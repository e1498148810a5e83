"""Whole addresses of the API's objects."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from rest_framework.request import Request


@dataclass(frozen=True, slots=True)
class Addresses:
    """Builds addresses as the client of this request sees them."""

    request: Request | HttpRequest

    def of(self, name: str, *ids: object) -> str:
        """Return the address of an endpoint."""
        return str(self.request.build_absolute_uri(reverse(f"api:{name}", args=ids)))
