"""From episode records to the feed, its pages and its cover."""
