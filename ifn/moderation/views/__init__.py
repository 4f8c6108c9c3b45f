"""Pages of claims, reports and waiting work, by who reads them."""
