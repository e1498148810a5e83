"""Light or dark, as a reader chose."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = frozenset({"light", "dark"})
A_YEAR = 365 * 24 * 60 * 60


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme in a cookie, so that the server writes it into the page; go back there."""
    onwards = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(onwards, allowed_hosts=None):
        onwards = reverse("article-list")
    response = HttpResponseRedirect(onwards)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        # A script may change it too, without loading the page again.
        response.set_cookie(
            "theme", chosen, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
