"""Offers and requests, enquiries and introductions: how one business comes to another."""
