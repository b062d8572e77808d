"""The ways to break the product, by what they break."""
