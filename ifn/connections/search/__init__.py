"""Search among opportunities: the address is the filter, as in the directory."""
