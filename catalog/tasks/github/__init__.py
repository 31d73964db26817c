"""Papers submitted through GitHub: the form that asks for them, the reading of its answers."""
