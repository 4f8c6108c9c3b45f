"""The trade's words in two languages: roles, products, materials, processes, certificates."""
