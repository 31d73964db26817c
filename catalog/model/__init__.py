"""What a list is: records, names, identifiers, citation keys, findings and the Catalog."""
