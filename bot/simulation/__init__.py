"""Nights from a seed, in which people do what people do and everything goes wrong that can; judged from outside."""
