"""The design system: page, components, style, icons, charts and maps."""
