"""The page of one dossier, and the parts that it is made of."""
