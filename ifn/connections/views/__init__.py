"""Pages about opportunities: for everybody, and for the people of a business."""
