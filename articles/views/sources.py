from articles.views.articles import article_list as source_list, article_list as source_options, article_list as source_detail
