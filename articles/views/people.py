from articles.views.articles import article_list as person_list, article_list as person_options, article_list as person_detail
