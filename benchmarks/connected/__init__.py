"""How fast what connects people and businesses is, at the size of a whole country's directory."""
