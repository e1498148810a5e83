"""Coming in, going out, and what is one's own: the password and the tokens."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast, override

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.forms import LoginForm, TokenForm
from articles.models import ApiToken, Membership, attempts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DEMO_USER, DEMO_PASSWORD = "demo", "newsroom-demo"


class Login(auth_views.LoginView):
    """Name and password, a bounded number of times; then on to where one was going, if local."""

    template_name = "registration/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    @override
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        username = request.POST.get("username", "")
        if attempts.blocked(request, username):
            return _wait(request, attempts.retry_after(request, username))
        return super().post(request, *args, **kwargs)

    @override
    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        attempts.succeeded(self.request, form.cleaned_data["username"])
        return super().form_valid(form)

    @override
    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        username = self.request.POST.get("username", "")
        if username and self.request.POST.get("password"):
            attempts.failed(self.request, username)
        return self.render_to_response(
            self.get_context_data(form=form), status=HTTPStatus.BAD_REQUEST
        )

    @override
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = {"demo_user": DEMO_USER, "demo_password": DEMO_PASSWORD} if settings.DEMO else {}
        return super().get_context_data(**kwargs, **demo)


def _wait(request: HttpRequest, seconds: int) -> HttpResponse:
    context = {"minutes": max(1, -(-seconds // 60))}
    response = render(
        request, "registration/wait.html", context, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    response["Retry-After"] = str(seconds)
    return response


login = Login.as_view()
logout = auth_views.LogoutView.as_view()


class PasswordChange(auth_views.PasswordChangeView):
    """The old password and the new one, twice; guessing the old one is counted as a login is."""

    template_name = "account/password.html"
    success_url = reverse_lazy("account")

    @override
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        username = cast("User", request.user).get_username()
        if attempts.blocked(request, username):
            return _wait(request, attempts.retry_after(request, username))
        return super().post(request, *args, **kwargs)

    @override
    def form_valid(self, form: Any) -> HttpResponse:
        attempts.succeeded(self.request, cast("User", self.request.user).get_username())
        messages.success(self.request, "Your password is changed. Other devices must log in again.")
        return super().form_valid(form)

    @override
    def form_invalid(self, form: Any) -> HttpResponse:
        if "old_password" in form.errors:
            attempts.failed(self.request, cast("User", self.request.user).get_username())
        return self.render_to_response(
            self.get_context_data(form=form), status=HTTPStatus.BAD_REQUEST
        )


password_change = PasswordChange.as_view()


@login_required
@require_GET
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, what one may do, and one's tokens."""
    return _account_page(request, TokenForm(user_id=_user_id(request)))


@sensitive_post_parameters()
@login_required
@require_http_methods(["POST"])
@never_cache
def token_new(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, this once: it is in this answer and nowhere else."""
    form = TokenForm(request.POST, user_id=_user_id(request))
    if not form.is_valid():
        return _account_page(request, form, status=HTTPStatus.BAD_REQUEST)
    row, token = ApiToken.issue(
        user_id=_user_id(request), name=form.cleaned_data["name"], expires_at=form.expires_at
    )
    fresh = TokenForm(user_id=_user_id(request))
    return _account_page(request, fresh, issued=row, token=token, status=HTTPStatus.CREATED)


@login_required
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens, at once and for good."""
    row = get_object_or_404(ApiToken, pk=pk, user_id=_user_id(request))
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
    messages.success(request, f"“{row.name}” is revoked: nothing can use it any more.")
    return HttpResponseRedirect(reverse("account"))


def _account_page(
    request: HttpRequest, form: TokenForm, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    mine = ApiToken.objects.filter(user_id=_user_id(request))
    valid = mine.valid()
    roles = Membership.objects.filter(user_id=_user_id(request)).select_related("corpus")
    context = {
        "section": "account",
        "form": form,
        "tokens": valid,
        "ended": mine.exclude(pk__in=valid.values("pk"))[:20],
        "roles": roles.order_by("corpus__name"),
        **more,
    }
    return render(request, "account/detail.html", context, status=status)


def _user_id(request: HttpRequest) -> int:
    return cast("User", request.user).pk
