"""Where somebody decides: what two people wrote differently, and who may be there twice."""
