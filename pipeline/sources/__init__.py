"""Where sources come from: folders and files, feeds, sitemaps and lists of addresses; and the manners of a visitor."""
