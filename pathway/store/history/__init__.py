"""What has been written down for good? The chain of entries, its proof, what rebuilds from it, files, and backups."""
