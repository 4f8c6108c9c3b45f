"""From a product brief to chains of firms: the links it needs, who fits, the best choice."""
