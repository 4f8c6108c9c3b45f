"""Questions over what this room keeps."""
