"""Search in the directory: the address is the filter, the words are understood."""

from ifn.directory.search.filters import Filters, read_filters
from ifn.directory.search.finding import Found, find

__all__ = ["Filters", "Found", "find", "read_filters"]
