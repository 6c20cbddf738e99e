"""A built station as an outsider sees it: only what lies in its files, by other readers than wrote them."""
