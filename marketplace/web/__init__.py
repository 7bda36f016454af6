"""The doors, one package per audience, and the frame they share."""
