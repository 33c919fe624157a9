"""What does the service do by itself? Jobs call acts, as pages do."""
