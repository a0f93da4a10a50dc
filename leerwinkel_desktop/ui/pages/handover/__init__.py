"""The page on which dossiers go from a laptop to the office and come back confirmed."""
