// The API's description as a page: read it, and try it with a token.
const place = document.getElementById("swagger-ui");

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  presets: [window.SwaggerUIBundle.presets.apis],
  requestInterceptor(request) {
    const csrf = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (csrf && new URL(request.url, location.href).origin === location.origin) {
      request.headers["X-CSRFToken"] = csrf[1];
    }
    return request;
  },
});
