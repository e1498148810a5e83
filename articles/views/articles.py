"""Stub."""
from django.shortcuts import render
def article_list(request): return render(request, "article/list.html", {"section": "articles"})
article_detail = article_pane = version_detail = version_changes = article_list
