"""The businesses and organisations of the footwear chain and what they can do."""
