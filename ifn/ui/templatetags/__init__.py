"""Template tags of the design system; built in, so no template loads them."""
