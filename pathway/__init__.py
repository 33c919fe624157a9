"""The service: who may see what, what can be done, and the pages, interface and jobs that do it."""
