"""Pages of links and of stories, and who takes from whom."""
