"""The chain from upstream to downstream: how many are where, and what is missing near whom."""
