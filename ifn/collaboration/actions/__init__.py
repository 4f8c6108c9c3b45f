"""What happens in collaborations: the only place that writes."""
