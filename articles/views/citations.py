from articles.views.articles import article_list as cite
