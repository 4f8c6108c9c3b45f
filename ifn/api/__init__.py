"""What machines and other sites get: the API with its keys, the open data, cards to embed."""
