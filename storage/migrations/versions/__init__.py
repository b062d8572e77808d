"""The steps by which the schema came to be. Written once, never changed afterwards."""
