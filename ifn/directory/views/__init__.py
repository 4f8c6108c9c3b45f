"""Pages of the directory, by who reads them."""
